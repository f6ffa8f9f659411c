import { findGccDiagnostics } from "../c/editor-gcc";
import type { LanguageEditor } from "../editor";
import { VOCABULARY } from "./editor-vocabulary";

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/cpp/register"),
  vocabulary: VOCABULARY,
  formats: true,
  findDiagnostics: findGccDiagnostics,
};
