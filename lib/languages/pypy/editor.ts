import type { LanguageEditor } from "../editor";
import { editor as python } from "../python/editor";
import { VOCABULARY } from "../python/editor-vocabulary";

/** As Python's, but without its language server, which checks by a later version than PyPy is. */
export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/python/register"),
  findDiagnostics: python.findDiagnostics,
  endOfInput: /^EOFError(?:: EOF when reading a line)?$/m,
  vocabulary: VOCABULARY,
};
