import { findRuntimeDiagnostics } from "../deno/editor-messages";
import type { LanguageEditor } from "../editor";
import { MODULES } from "../javascript/editor-modules";

export const editor: LanguageEditor = {
  async loadSyntax() {
    const [{ serviceFor }, { BUN_TYPES }] = await Promise.all([
      import("../deno/editor-service"),
      import("./editor-globals"),
    ]);
    return serviceFor("bun", BUN_TYPES);
  },
  alsoEdits: MODULES,
  findDiagnostics: findRuntimeDiagnostics,
};
