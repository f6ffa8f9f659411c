import { heapLimit } from "../javascript/node";
import type { Language } from "../language";

export const deno: Language = {
  id: "deno",
  name: "Deno",
  version: "2.9",
  versionCommand: ["deno", "--version"],
  aliases: ["deno-ts"],
  extension: "ts",
  mainFile: "main.ts",
  editor: "typescript",
  image: { folder: "deno" },
  core: false,
  // It may do all that the sandbox allows; there is no network, so a module from afar is better refused than waited for.
  run: ({ limits }) => [
    ...["deno", "run", "--quiet", "--allow-all", "--no-lock", "--no-remote", "--no-npm"],
    ...[`--v8-flags=${heapLimit(limits)}`, "main.ts"],
  ],
  repl: ["deno", "repl", "--quiet", "--allow-all"],
  env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", DENO_NO_PROMPT: "1" },
};
