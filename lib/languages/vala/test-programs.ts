import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "collections of Gee": {
      code: `int main() {
    var numbers = new Gee.ArrayList<int>();
    numbers.add(3);
    numbers.add(1);
    numbers.sort();
    print("%d of %d\\n", numbers[0], numbers.size);
    return 0;
}
`,
      prints: "1 of 2\n",
    },
    "files beside it and below, and text of any language": {
      code: 'void main() {\n    print("%d %d größer 世界 %d\\n", half(6), Shapes.area(3), "世界".char_count());\n}\n',
      files: [
        { path: "half.vala", content: "int half(int number) {\n    return number / 2;\n}\n" },
        {
          path: "shapes/square.vala",
          content:
            "namespace Shapes {\n    public int area(int side) {\n        return side * side;\n    }\n}\n",
        },
      ],
      prints: "3 9 größer 世界 2\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: 'void main() {\n    int half = missing / 2;\n    print("%d\\n", half);\n}\n',
      status: "compile_error",
      marked: {
        line: 2,
        column: 16,
        endColumn: 23,
        severity: "error",
        message: "The name `missing' does not exist in the context of `main'",
      },
    },
    "an assertion": {
      code: 'int half(int number) {\n    assert(number > 0);\n    return number / 2;\n}\n\nvoid main() {\n    print("%d\\n", half(0));\n}\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "assertion failed: (number > 0)" },
    },
  },
  halfLines: {
    print: 'void main() {\n    print("loading");\n    while (true) { }\n}\n',
    "stdout, then flush":
      'void main() {\n    stdout.printf("loading");\n    stdout.flush();\n    Posix.sleep(600);\n}\n',
  },
  memoryHog:
    "void main() {\n    var kept = new Gee.ArrayList<Bytes>();\n    while (true) {\n        kept.add(new Bytes(new uint8[1048576]));\n    }\n}\n",
  manyLines:
    'void main() {\n    for (int i = 0; i < 65536; i++) {\n        stdout.printf("0123456789abcde\\n");\n    }\n}\n',
};
