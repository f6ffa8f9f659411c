import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `import { List } from "immutable";
import _ from "lodash";

const parts: number[][] = _.chunk([1, 2, 3], 2);
console.log(parts, List([1, 2]).push(3).size);
`,
      prints: "[ [ 1, 2 ], [ 3 ] ] 3\n",
    },
    "a module of several files, with await at the top": {
      code: `import { readFile } from "node:fs/promises";
import { half } from "./half";
import { sum } from "./lib/sum.ts";
import type { Numbers } from "./types";
import numbers from "./numbers.json";

const again: Numbers = JSON.parse(await readFile(new URL("./numbers.json", import.meta.url), "utf8"));
console.log(half(sum(numbers)), half(sum(again)), import.meta.url);
export const done: boolean = true;
`,
      files: [
        {
          path: "lib/sum.ts",
          content: "export const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b);\n",
        },
        { path: "half.ts", content: "export const half = (number: number): number => number / 2;\n" },
        { path: "types.ts", content: "export type Numbers = number[];\n" },
        { path: "numbers.json", content: "[1, 2, 3]\n" },
      ],
      prints: "3 3 file:///tmp/work/main.ts\n",
    },
    "require, __filename and __dirname, beside import and await": {
      code: `import { basename } from "node:path";
const { sum } = require("./sum.cjs");
const { half } = require("./half") as typeof import("./half");

await null;
console.log(half(sum([1, 2, 3])), basename(__filename), __dirname);
`,
      files: [
        { path: "sum.cjs", content: "exports.sum = (numbers) => numbers.reduce((a, b) => a + b);\n" },
        { path: "half.ts", content: "export const half = (number: number): number => number / 2;\n" },
      ],
      prints: "3 main.ts /tmp/work\n",
    },
    "a script as CommonJS has them": {
      code: `const { readFileSync } = require("node:fs") as typeof import("node:fs");

console.log(readFileSync(__filename, "utf8").split("\\n").length, require.main === module);
exports.done = true;
`,
      prints: "5 true\n",
    },
    "each file knows where it is, and main.ts that it is the program": {
      code: `import { pathToFileURL } from "node:url";
import { here } from "./lib/where";

console.log(__filename, here.join(" "));
console.log(process.argv[1] === __filename, import.meta.url === pathToFileURL(process.argv[1]).href);
console.log(require.main === module);
`,
      files: [
        { path: "lib/where.ts", content: "export const here = [__filename, __dirname, import.meta.url];\n" },
      ],
      prints:
        "/tmp/work/main.ts /tmp/work/lib/where.ts /tmp/work/lib file:///tmp/work/lib/where.ts\ntrue true\ntrue\n",
    },
    "workers and child processes from its own files": {
      code: `import { fork } from "node:child_process";
import { isMainThread, Worker } from "node:worker_threads";

const kind: string = process.send ? "child" : isMainThread ? "main" : "worker";
console.log(kind);
if (kind === "main") {
  new Worker(__filename).on("exit", () => {
    new Worker(new URL("./other.ts", import.meta.url)).on("exit", () => fork(__filename));
  });
}
`,
      files: [{ path: "other.ts", content: 'const other: string = "other";\nconsole.log(other);\n' }],
      prints: "main\nworker\nother\nchild\n",
    },
    "what is only a type": {
      code: 'import { Shape, side } from "./shapes";\n\nenum Colour {\n  Red = 1,\n}\n\nconst shape: Shape = { side };\nconsole.log(shape.side, Colour.Red, Colour[1]);\n',
      files: [
        {
          path: "shapes.ts",
          content: "export interface Shape {\n  side: number;\n}\nexport const side = 2;\n",
        },
      ],
      prints: "2 1 Red\n",
    },
    "text of any script": {
      code: 'const größe: string = "grüße, 世界";\nconsole.log(größe.toUpperCase(), größe.length);\n',
      prints: "GRÜSSE, 世界 9\n",
    },
  },
  failures: {
    "an exception": {
      code: 'interface Number {\n  value: number;\n}\n\nfunction half({ value }: Number): void {\n  if (!value) throw new RangeError("none");\n}\n\nhalf({ value: 0 });\n',
      status: "error",
      marked: { line: 6, column: 21, severity: "error", message: "RangeError: none" },
    },
    "an exception after await at the top": {
      code: 'type Name = string;\n\nconst name: Name = "none";\nawait null;\nthrow new RangeError(name);\n',
      status: "error",
      marked: { line: 5, column: 7, severity: "error", message: "RangeError: none" },
    },
    "an exception in another file, called from here": {
      code: 'import { half } from "./half";\n\ntype Count = number;\nconst count: Count = 0;\nconsole.log(half(count));\n',
      files: [
        {
          path: "half.ts",
          content:
            'export function half(count: number): number {\n  if (!count) throw new RangeError("none");\n  return count / 2;\n}\n',
        },
      ],
      status: "error",
      marked: { line: 5, column: 13, severity: "error", message: "RangeError: none" },
    },
    "a syntax error": {
      code: 'console.log("fine");\nconst name: string = ;\n',
      status: "compile_error",
      marked: { line: 2, column: 22, severity: "error", message: 'Unexpected ";"' },
    },
  },
  halfLines: {
    "process.stdout": 'process.stdout.write("loading");\nfor (;;) {}\n',
    "process.stdout, then a timer": 'process.stdout.write("loading");\nsetInterval(() => {}, 1_000);\n',
  },
  memoryHog: "const kept: Uint8Array[] = [];\nfor (;;) kept.push(new Uint8Array(1 << 20).fill(1));\n",
  manyLines: 'console.log(new Array(65_536).fill("0123456789abcde").join("\\n"));\n',
};
