import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "files beside it and below, and text of any language": {
      code: 'print(half(6), area(3), "größer 世界", "世界".count)\n',
      files: [
        { path: "half.swift", content: "func half(_ number: Int) -> Int {\n    number / 2\n}\n" },
        { path: "shapes/square.swift", content: "func area(_ side: Int) -> Int {\n    side * side\n}\n" },
      ],
      prints: "3 9 größer 世界 2\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: "func half() -> Int {\n    return missing / 2\n}\nprint(half())\n",
      status: "compile_error",
      marked: { line: 2, column: 12, severity: "error", message: "cannot find 'missing' in scope" },
    },
    "a fatal error": {
      code: 'func half(_ number: Int) -> Int {\n    if number == 0 {\n        fatalError("none")\n    }\n    return number / 2\n}\n\nprint(half(0))\n',
      status: "error",
      marked: { line: 3, column: null, severity: "error", message: "none" },
    },
  },
  halfLines: {
    "print, then flush, then a loop":
      'import Glibc\n\nprint("loading", terminator: "")\nfflush(stdout)\nwhile true {}\n',
    "print, then flush":
      'import Glibc\n\nprint("loading", terminator: "")\nfflush(stdout)\nwhile true {\n    sleep(600)\n}\n',
  },
  memoryHog: "import Glibc\n\nwhile true {\n    memset(malloc(1 << 20), 1, 1 << 20)\n}\n",
  manyLines: 'print(String(repeating: "0123456789abcde\\n", count: 65_536), terminator: "")\n',
};
