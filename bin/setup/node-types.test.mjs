import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { COMPILER_OPTIONS } from "../../lib/languages/javascript/editor-compiler-options.ts";
import { nodeTypes } from "./language-servers.mjs";

/** The editor's own TypeScript, which its worker runs. */
const WORKER = "node_modules/monaco-editor/esm/vs/languages/features/typescript/tsWorker.js";
const MAIN = "file:///typescript/main.ts";

/** What the editor marks in a program of these files, the main one first. */
async function mistakesIn(code, files) {
  const { TypeScriptWorker } = await import(pathToFileURL(path.resolve(WORKER)).href);
  const libs = Object.entries(nodeTypes(process.cwd())).map(([name, content]) => [
    `node_modules/${name}`,
    content,
  ]);
  const beside = Object.entries(files).map(([name, content]) => [`typescript/${name}`, content]);
  const extraLibs = Object.fromEntries(
    [...libs, ...beside].map(([name, content]) => [`file:///${name}`, { content, version: 1 }]),
  );
  const uri = { path: "/typescript/main.ts", toString: () => MAIN };
  const worker = new TypeScriptWorker(
    { getMirrorModels: () => [{ uri, version: 1, getValue: () => code }] },
    { compilerOptions: COMPILER_OPTIONS, extraLibs, inlayHintsOptions: {} },
  );
  const found = [
    ...(await worker.getSyntacticDiagnostics(MAIN)),
    ...(await worker.getSemanticDiagnostics(MAIN)),
  ];
  return found.map(({ messageText }) =>
    typeof messageText === "string" ? messageText : messageText.messageText,
  );
}

test("the editor takes nothing of Node for a mistake, and finds those that are", async () => {
  const code = `import { createHash } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { readFile } from "fs/promises";
import path from "path";
import { double } from "./lib/double";

const address: URL = new URL("https://example.org");
const bytes: Buffer = Buffer.from("a");
const timer: NodeJS.Timeout = setTimeout(() => {}, 1);
for await (const line of createInterface({ input: process.stdin })) console.log(line.trim());
const answer = await fetch("data:text/plain,hello");
const text = (await answer.text()) + (await readFile(__filename, "utf8")) + import.meta.url;
console.log(createHash("sha256").update(text).digest("hex"), require("node:os"), path.sep, bytes, timer, address);
console.log(structuredClone(1), crypto.randomUUID(), new TextEncoder(), performance.now(), new AbortController());
const wrong: string = double(2);
`;
  const files = { "lib/double.ts": "export const double = (n: number): number => n * 2;\n" };
  assert.deepEqual(await mistakesIn(code, files), ["Type 'number' is not assignable to type 'string'."]);
});
