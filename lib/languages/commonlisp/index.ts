import type { Language } from "../language";

const MB = 1_048_576;

export const commonlisp: Language = {
  id: "commonlisp",
  name: "Common Lisp",
  version: "SBCL 2.5",
  versionCommand: ["sbcl", "--version"],
  aliases: ["lisp", "sbcl", "cl", "common-lisp"],
  extension: "lisp",
  mainFile: "main.lisp",
  editor: "commonlisp",
  image: { folder: "commonlisp" },
  core: false,
  // SBCL would plan its heap for gigabytes, and collect garbage too late for the sandbox.
  run: ({ limits }) => [
    "sbcl",
    "--dynamic-space-size",
    heapSize(limits.memoryBytes),
    "--script",
    "main.lisp",
  ],
  repl: ({ limits }) => ["sbcl", "--noinform", "--dynamic-space-size", heapSize(limits.memoryBytes)],
};

/** Three quarters: the rest is for the runtime itself and the stacks. */
function heapSize(memoryBytes: number): string {
  return `${Math.floor((0.75 * memoryBytes) / MB)}MB`;
}
