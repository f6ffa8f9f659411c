import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "and break do else elseif end false for function goto if in local nil not or repeat return then true until while".split(
      " ",
    ),
  library:
    "assert collectgarbage dofile error getmetatable ipairs load next pairs pcall print rawequal rawget rawlen rawset require select setmetatable tonumber tostring type xpcall coroutine create isyieldable resume running status wrap yield io lines open read write stdin stdout stderr math abs ceil cos exp floor fmod huge log max maxinteger min mininteger modf pi random randomseed sin sqrt tan tointeger ult os clock date difftime getenv time string byte char find format gmatch gsub len lower match pack rep reverse sub unpack upper table concat insert move remove sort utf8 codepoint codes offset charpattern debug traceback __index __newindex __call __tostring __add __sub __mul __div __idiv __mod __unm __eq __lt __le __len __concat __close __name".split(
      " ",
    ),
  snippets: [
    { label: "fn", detail: "a function", body: "local function ${1:name}(${2:arguments})\n\t$0\nend" },
    { label: "fori", detail: "count", body: "for ${1:i} = ${2:1}, ${3:10} do\n\t$0\nend" },
    {
      label: "ipairs",
      detail: "go through a list",
      body: "for ${1:i}, ${2:item} in ipairs(${3:items}) do\n\t$0\nend",
    },
    {
      label: "pairs",
      detail: "go through a table",
      body: "for ${1:key}, ${2:value} in pairs(${3:items}) do\n\t$0\nend",
    },
    { label: "lines", detail: "read the input line by line", body: "for line in io.lines() do\n\t$0\nend" },
    {
      label: "class",
      detail: "a class",
      body: "local ${1:Name} = {}\n${1:Name}.__index = ${1:Name}\n\nfunction ${1:Name}.new(${2:value})\n\treturn setmetatable({ ${2:value} = ${2:value} }, ${1:Name})\nend\n$0",
    },
  ],
};
