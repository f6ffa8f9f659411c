import { findGccDiagnostics } from "../c/editor-gcc";
import type { LanguageEditor } from "../editor";
import { VOCABULARY } from "./editor-vocabulary";

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/objective-c/register"),
  alsoEdits: { h: "objective-c" },
  vocabulary: VOCABULARY,
  findDiagnostics: findGccDiagnostics,
};
