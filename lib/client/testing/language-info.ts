import type { LanguageInfo } from "../../schemas/language";

/** A language as the API shows it, of which only what is named matters to a test. */
export function languageInfo(
  id: string,
  name: string,
  extension: string,
  aliases: string[] = [],
): LanguageInfo {
  const run = { timeoutMs: 1, memoryBytes: 1, cpus: 1 };
  return {
    id,
    name,
    version: "1",
    aliases,
    mainFile: `main.${extension}`,
    extension,
    editor: id,
    compiled: false,
    options: [],
    commands: { compile: null, run: [id] },
    repl: false,
    sample: { code: "", stdin: "" },
    limits: { compile: null, run, attended: { totalMs: 600_000, idleMs: 180_000 } },
    ready: true,
  };
}
