import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "modules beside it and below, and text of any script": {
      code: 'import std.stdio, std.uni;\nimport half;\nimport shapes.square;\n\nvoid main()\n{\n    writeln(halfOf(area(4)));\n    writeln("grüße, 世界".toUpper);\n}\n',
      files: [
        { path: "half.d", content: "module half;\n\nint halfOf(int number)\n{\n    return number / 2;\n}\n" },
        {
          path: "shapes/square.d",
          content: "module shapes.square;\n\nint area(int side)\n{\n    return side * side;\n}\n",
        },
      ],
      prints: "8\nGRÜSSE, 世界\n",
    },
  },
  failures: {
    "a name that is not declared": {
      code: "import std.stdio;\n\nvoid main()\n{\n    writeln(missing);\n}\n",
      status: "compile_error",
      marked: { line: 5, column: 13, severity: "error", message: "undefined identifier `missing`" },
    },
    "an exception": {
      code: 'import std.stdio;\n\nint half(int number)\n{\n    if (number == 0) throw new Exception("none");\n    return number / 2;\n}\n\nvoid main()\n{\n    writeln("so far");\n    writeln(half(0));\n}\n',
      status: "error",
      marked: { line: 5, column: null, severity: "error", message: "object.Exception: none" },
    },
    "an index that is too large": {
      code: "import std.stdio;\n\nvoid main(string[] args)\n{\n    auto numbers = [1, 2, 3];\n    writeln(numbers[args.length + 2]);\n}\n",
      status: "error",
      marked: {
        line: 6,
        column: null,
        severity: "error",
        message: "core.exception.ArrayIndexError: index [3] is out of bounds for array of length 3",
      },
    },
  },
  halfLines: {
    write: 'import std.stdio;\n\nvoid main()\n{\n    write("loading");\n    for (;;) {}\n}\n',
    "write, then sleep":
      'import core.thread, core.time, std.stdio;\n\nvoid main()\n{\n    write("loading");\n    Thread.sleep(600.seconds);\n}\n',
  },
  memoryHog:
    "void main()\n{\n    ubyte[][] kept;\n    for (;;)\n    {\n        auto block = new ubyte[](1 << 20);\n        block[] = 1;\n        kept ~= block;\n    }\n}\n",
  manyLines:
    'import std.stdio;\n\nvoid main()\n{\n    foreach (n; 0 .. 65_536) writeln("0123456789abcde");\n}\n',
};
