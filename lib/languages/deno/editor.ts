import type { LanguageEditor } from "../editor";
import { MODULES } from "../javascript/editor-modules";
import { findRuntimeDiagnostics } from "./editor-messages";

export const editor: LanguageEditor = {
  async loadSyntax() {
    const [{ serviceFor }, { DENO_TYPES }] = await Promise.all([
      import("./editor-service"),
      import("./editor-globals"),
    ]);
    return serviceFor("deno", DENO_TYPES);
  },
  alsoEdits: MODULES,
  findDiagnostics: findRuntimeDiagnostics,
};
