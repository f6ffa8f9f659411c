import type { LanguageEditor } from "../editor";
import { distinct } from "../editor-diagnostics";
import { MODULES } from "../javascript/editor-modules";
import { findNodeDiagnostics } from "../javascript/editor-node";
import { findEsbuildDiagnostics } from "./editor-esbuild";

export const editor: LanguageEditor = {
  loadSyntax: () => import("../javascript/editor-language-service"),
  alsoEdits: MODULES,
  findDiagnostics: (...context) =>
    distinct([...findEsbuildDiagnostics(...context), ...findNodeDiagnostics(...context)]),
};
