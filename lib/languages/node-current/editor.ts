import type { LanguageEditor } from "../editor";
import { MODULES } from "../javascript/editor-modules";
import { findNodeDiagnostics } from "../javascript/editor-node";

export const editor: LanguageEditor = {
  loadSyntax: () => import("../javascript/editor-language-service"),
  alsoEdits: MODULES,
  findDiagnostics: findNodeDiagnostics,
};
