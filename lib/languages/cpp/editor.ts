import { findGccDiagnostics } from "../c/editor-gcc";
import type { LanguageEditor } from "../editor";

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/cpp/register"),
  findDiagnostics: findGccDiagnostics,
};
