import type { LanguageEditor } from "../editor";
import { editor as python } from "../python/editor";
import { VOCABULARY } from "./editor-vocabulary";

/** As Python's, but without its language server, which has no types of these libraries and would mark every import of them. */
export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/python/register"),
  findDiagnostics: python.findDiagnostics,
  endOfInput: /^EOFError: EOF when reading a line$/m,
  formats: true,
  vocabulary: VOCABULARY,
};
