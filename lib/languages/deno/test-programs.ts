import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "modules beside it and below, Node's own, and text of any script": {
      code: `import { basename } from "node:path";
import { half } from "./half.ts";
import { sum } from "./lib/sum.js";
import numbers from "./numbers.json" with { type: "json" };

console.log(half(sum(numbers)), basename(import.meta.filename ?? ""), Deno.args.length);
console.log("grüße, 世界".toUpperCase());
`,
      files: [
        { path: "lib/sum.js", content: "export const sum = (numbers) => numbers.reduce((a, b) => a + b);\n" },
        { path: "half.ts", content: "export const half = (number: number): number => number / 2;\n" },
        { path: "numbers.json", content: "[1, 2, 3]\n" },
      ],
      prints: "3 main.ts 0\nGRÜSSE, 世界\n",
    },
    "files that it writes and reads": {
      code: 'await Deno.writeTextFile("notes.txt", "written");\nconsole.log(await Deno.readTextFile("notes.txt"));\n',
      prints: "written\n",
    },
  },
  failures: {
    "an exception": {
      code: 'interface Number {\n  value: number;\n}\n\nfunction half({ value }: Number): void {\n  if (!value) throw new RangeError("none");\n}\n\nhalf({ value: 0 });\n',
      status: "error",
      marked: { line: 6, column: 21, severity: "error", message: "RangeError: none" },
    },
    "a syntax error": {
      code: 'console.log("fine");\nconst name: string = ;\n',
      status: "error",
      marked: { line: 2, column: 22, severity: "error", message: "SyntaxError: Expression expected" },
    },
  },
  halfLines: {
    "Deno.stdout": 'Deno.stdout.writeSync(new TextEncoder().encode("loading"));\nfor (;;) {}\n',
    "process.stdout, then a timer":
      'import process from "node:process";\nprocess.stdout.write("loading");\nsetInterval(() => {}, 1_000);\n',
  },
  memoryHog: "const kept: Uint8Array[] = [];\nfor (;;) kept.push(new Uint8Array(1 << 20).fill(1));\n",
  manyLines: 'console.log(new Array(65_536).fill("0123456789abcde").join("\\n"));\n',
};
