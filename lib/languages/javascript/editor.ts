import type { LanguageEditor } from "../editor";
import { findNodeDiagnostics } from "./editor-node";

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-language-service"),
  findDiagnostics: findNodeDiagnostics,
};
