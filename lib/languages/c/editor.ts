import type { LanguageEditor } from "../editor";
import { findGccDiagnostics } from "./editor-gcc";

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/cpp/register"),
  alsoEdits: { h: "c" },
  findDiagnostics: findGccDiagnostics,
};
