import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `import { List } from "immutable";
import _ from "lodash";

console.log(_.chunk([1, 2, 3], 2), List([1, 2]).push(3).size);
`,
      prints: "[ [ 1, 2 ], [ 3 ] ] 3\n",
    },
    "a module of several files, TypeScript among them, and text of any script": {
      code: `import { readFile } from "node:fs/promises";
import { half } from "./half.ts";
import { sum } from "./lib/sum.js";

const numbers = JSON.parse(await readFile(new URL("./numbers.json", import.meta.url), "utf8"));
console.log(half(sum(numbers)), "grüße, 世界".toUpperCase());
`,
      files: [
        { path: "lib/sum.js", content: "export const sum = (numbers) => numbers.reduce((a, b) => a + b);\n" },
        { path: "half.ts", content: "export const half = (number: number): number => number / 2;\n" },
        { path: "numbers.json", content: "[1, 2, 3]\n" },
      ],
      prints: "3 GRÜSSE, 世界\n",
    },
    "a script with other files, as CommonJS has them": {
      code: 'const { half } = require("./half.cjs");\n\nconsole.log(half(6), require.main === module);\n',
      files: [{ path: "half.cjs", content: "exports.half = (number) => number / 2;\n" }],
      prints: "3 true\n",
    },
    "what an older Node.js does not have": {
      code: 'console.log([1, 2, 3].values().map((n) => n * 2).toArray(), RegExp.escape("a.b") !== "a.b");\n',
      prints: "[ 2, 4, 6 ] true\n",
    },
  },
  failures: {
    "an exception": {
      code: 'function half(number) {\n  if (!number) throw new RangeError("none");\n}\n\nhalf(0);\n',
      status: "error",
      marked: { line: 2, column: 22, severity: "error", message: "RangeError: none" },
    },
    "a syntax error": {
      code: 'console.log("fine");\nlet = ;\n',
      status: "error",
      marked: {
        line: 2,
        column: 7,
        endColumn: 8,
        severity: "error",
        message: "SyntaxError: Unexpected token ';'",
      },
    },
  },
  halfLines: {
    "process.stdout": 'process.stdout.write("loading");\nfor (;;) {}\n',
    "process.stdout, then a timer": 'process.stdout.write("loading");\nsetInterval(() => {}, 1_000);\n',
  },
  memoryHog: "const kept = [];\nfor (;;) kept.push(new Uint8Array(1 << 20).fill(1));\n",
  manyLines: 'console.log(new Array(65_536).fill("0123456789abcde").join("\\n"));\n',
};
