import type { LanguageEditor } from "../editor";
import { findGccDiagnostics } from "./editor-gcc";
import { VOCABULARY } from "./editor-vocabulary";

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/cpp/register"),
  alsoEdits: { h: "c" },
  vocabulary: VOCABULARY,
  formats: true,
  findDiagnostics: findGccDiagnostics,
};
