import type { TestPrograms } from "../testing/test-programs";

/** A program with this in its `Main`. */
const main = (body: string) =>
  `using System;\n\nclass Program\n{\n    static void Main()\n    {\n        ${body}\n    }\n}\n`;

export const programs: TestPrograms = {
  works: {
    "classes beside it and below, and text of any language": {
      code: main('Console.WriteLine(Half.Of(6) + " " + Shapes.Square.Area(3) + " größer 世界");'),
      files: [
        {
          path: "Half.cs",
          content: "static class Half\n{\n    public static int Of(int number) => number / 2;\n}\n",
        },
        {
          path: "Shapes/Square.cs",
          content:
            "namespace Shapes\n{\n    static class Square\n    {\n        public static int Area(int side) => side * side;\n    }\n}\n",
        },
      ],
      prints: "3 9 größer 世界\n",
    },
    "large numbers, and tasks": {
      code: "using System;\nusing System.Numerics;\nusing System.Threading.Tasks;\n\nclass Program\n{\n    static async Task<BigInteger> Power()\n    {\n        await Task.Delay(1);\n        return BigInteger.Pow(2, 100);\n    }\n\n    static void Main() => Console.WriteLine(Power().Result);\n}\n",
      prints: "1267650600228229401496703205376\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: main("int half = missing / 2;\n        Console.WriteLine(half);"),
      status: "compile_error",
      marked: {
        line: 7,
        column: 20,
        severity: "error",
        message: "The name `missing' does not exist in the current context",
      },
    },
    "an exception": {
      code: main('Console.WriteLine("fine");\n        throw new ArgumentException("none");'),
      status: "error",
      marked: { line: 8, column: null, severity: "error", message: "System.ArgumentException: none" },
    },
  },
  halfLines: {
    "Console.Write": main('Console.Write("loading");\n        while (true) { }'),
    "Console.Write, then sleep": main(
      'Console.Write("loading");\n        System.Threading.Thread.Sleep(600000);',
    ),
  },
  memoryHog: main(
    "var kept = new System.Collections.Generic.List<byte[]>();\n        while (true)\n        {\n            var block = new byte[1 << 20];\n            for (int i = 0; i < block.Length; i += 4096) block[i] = 1;\n            kept.Add(block);\n        }",
  ),
  manyLines: main(
    'Console.Write(new System.Text.StringBuilder().Insert(0, "0123456789abcde\\n", 65536).ToString());',
  ),
};
