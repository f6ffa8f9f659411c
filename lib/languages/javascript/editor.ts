import type { LanguageEditor } from "../editor";
import { MODULES } from "./editor-modules";
import { findNodeDiagnostics } from "./editor-node";

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-language-service"),
  alsoEdits: MODULES,
  findDiagnostics: findNodeDiagnostics,
};
