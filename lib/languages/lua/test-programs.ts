import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `local lpeg = require("lpeg")
local List = require("pl.List")
local json = require("cjson")
print(lpeg.match(lpeg.R("09") ^ 1, "123a"), List({ 3, 1, 2 }):sort(), json.encode({ 1, "a" }))
`,
      prints: '4\t{1,2,3}\t[1,"a"]\n',
    },
    "modules beside it and below": {
      code: 'local half = require("half")\nlocal shapes = require("lib.shapes")\n\nprint(half(6), shapes.square(3))\n',
      files: [
        { path: "half.lua", content: "return function(n) return n // 2 end\n" },
        {
          path: "lib/shapes.lua",
          content: "local shapes = {}\n\nfunction shapes.square(n) return n * n end\n\nreturn shapes\n",
        },
      ],
      prints: "3\t9\n",
    },
    "characters are not bytes": {
      code: 'local word = "Grüße, 世界"\nprint(utf8.len(word), #word)\nfor _, code in utf8.codes("ü世") do\n  print(code)\nend\n',
      prints: "9\t15\n252\n19990\n",
    },
  },
  failures: {
    "an error": {
      code: 'local function half(n)\n  if n == 0 then error("none") end\n  return n / 2\nend\n\nprint("fine")\nhalf(0)\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "none" },
    },
    "a syntax error": {
      code: 'print("fine")\nlocal x = )\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "unexpected symbol near ')'" },
    },
  },
  halfLines: {
    "io.write without a buffer": 'io.stdout:setvbuf("no")\nio.write("loading")\nwhile true do end\n',
    "io.write, flushed": 'io.write("loading"):flush()\nwhile true do end\n',
  },
  memoryHog: 'local kept = {}\nwhile true do\n  kept[#kept + 1] = string.rep("x", 1048576 + #kept)\nend\n',
  manyLines: 'io.write(string.rep("0123456789abcde\\n", 65536))\n',
};
