import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `const { List } = require("immutable");

const _ = await import("lodash");
console.log(_.default.chunk([1, 2, 3], 2), List([1, 2]).push(3).size, require("lodash/sum")([1, 2]));
`,
      prints: "[ [ 1, 2 ], [ 3 ] ] 3 3\n",
    },
    "a script with other files, as CommonJS has them": {
      code: `const { sum } = require("./lib/sum.js");
const { half } = require("./half.cjs");
const numbers = require("./numbers.json");
const path = require("node:path");

console.log(half(sum(numbers)), path.basename(__filename), __dirname, require.main === module);
exports.done = true;
`,
      files: [
        { path: "lib/sum.js", content: "exports.sum = (numbers) => numbers.reduce((a, b) => a + b);\n" },
        { path: "half.cjs", content: "exports.half = (number) => number / 2;\n" },
        { path: "numbers.json", content: "[1, 2, 3]\n" },
      ],
      prints: "3 main.js /tmp/work true\n",
    },
    "a module: import, export, await at the top, import.meta": {
      code: `import { readFile } from "node:fs/promises";
import path, { basename } from "node:path";
import { half } from "./half.mjs";
import { sum } from "./lib/sum.js";

const numbers = JSON.parse(await readFile(new URL("./numbers.json", import.meta.url), "utf8"));
console.log(half(sum(numbers)), basename(import.meta.filename), path.sep, this);
export const done = true;
`,
      files: [
        { path: "lib/sum.js", content: "export const sum = (numbers) => numbers.reduce((a, b) => a + b);\n" },
        { path: "half.mjs", content: "export const half = (number) => number / 2;\n" },
        { path: "numbers.json", content: "[1, 2, 3]\n" },
      ],
      prints: "3 main.js / undefined\n",
    },
    "import and require side by side, with __filename and __dirname": {
      code: `import { basename } from "node:path";
const { sum } = require("./sum.cjs");
const half = require("./half.js");

await null;
console.log(half(sum([1, 2, 3])), basename(__filename), __dirname);
`,
      files: [
        { path: "sum.cjs", content: "exports.sum = (numbers) => numbers.reduce((a, b) => a + b);\n" },
        { path: "half.js", content: "module.exports = (number) => number / 2;\n" },
      ],
      prints: "3 main.js /tmp/work\n",
    },
    "TypeScript beside a script": {
      code: 'const { half } = require("./half");\nconsole.log(half(3), require.main === module, __filename);\n',
      files: [{ path: "half.ts", content: "export const half = (number: number): number => number / 2;\n" }],
      prints: "1.5 true /tmp/work/main.js\n",
    },
    "TypeScript beside a module": {
      code: 'import { half } from "./lib/half.ts";\nconsole.log(half(await 3), import.meta.url);\n',
      files: [
        { path: "lib/half.ts", content: "export const half = (number: number): number => number / 2;\n" },
      ],
      prints: "1.5 file:///tmp/work/main.js\n",
    },
    "await at the top beside require": {
      code: 'const { setTimeout } = require("node:timers/promises");\nconsole.log(await setTimeout(5, "later"));\n',
      prints: "later\n",
    },
    "text of any script": {
      code: 'const größe = "grüße, 世界";\nconsole.log(größe.toUpperCase(), größe.length);\n',
      prints: "GRÜSSE, 世界 9\n",
    },
  },
  failures: {
    "an exception": {
      code: 'function half(number) {\n  if (!number) throw new RangeError("none");\n}\n\nhalf(0);\n',
      status: "error",
      marked: { line: 2, column: 22, severity: "error", message: "RangeError: none" },
    },
    "an exception in a module": {
      code: 'import { basename } from "node:path";\n\nconst name = basename(__filename);\nawait null;\nthrow new RangeError(name);\n',
      status: "error",
      marked: { line: 5, column: 7, severity: "error", message: "RangeError: main.js" },
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
