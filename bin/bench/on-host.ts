import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { argvOf, type Language, mainFileOf } from "../../lib/languages";
import { PLANS } from "../../lib/plans";
import { resolvedOptions } from "../../lib/schemas/language-options";
import { hostPython, runProcess } from "./targets";

/** The floor of a language: its program compiled and run by the host's own tools, with no sandbox at all. Rejects where the host lacks them. */
export async function runOnHost(language: Language, code: string): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "quicksand-bench-"));
  try {
    const files = [{ path: mainFileOf(language, code), content: code }];
    for (const { path: name, content } of files) writeFileSync(path.join(folder, name), content);
    const { limits } = PLANS.guest;
    const chosen = resolvedOptions(language.options ?? [], {});
    let output = "";
    for (const command of [language.compile, language.run]) {
      if (!command) continue;
      const context = { limits: limits.run, files, ownImage: false, options: chosen };
      const [program = "", ...args] = argvOf(command, context);
      output = await runProcess(program === "python3" ? hostPython() : program, args, { cwd: folder });
    }
    return output;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
