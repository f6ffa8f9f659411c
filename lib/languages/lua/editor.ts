import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE = /^(?:lua[\d.]*: |\t)(?<file>[^\s:]+):(?<line>\d+): (?<message>.+)$/;
/** A line of a traceback: who called, which is no message. */
const CALLER = /^in (?:main chunk|function|local|upvalue|method|field|global|metamethod)\b/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const { file, line, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place || CALLER.test(message)) continue;
    found.push({ ...place, line: Number(line), column: null, severity: "error", message });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/lua/register"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
