import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** R cannot read the program: `  main.R:2:6: unexpected ')'`, behind `Error in source(…) :` where both fit in a line. */
const SYNTAX = /^(?:Error in .*? : | {2})(?<file>[^\s:]+):(?<line>\d+):(?<column>\d+): (?<message>.+)$/;
/** The program has failed: `Error in half(0) (from main.R#2) : none`. Where that is too long, the message is in the next line. */
const FAILURE = /^(?<kind>Error|Warning) in .* \(from (?<file>[^\s#()]+)#(?<line>\d+)\) :(?<message>.*)$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const lines = splitLines(output);
  lines.forEach((text, at) => {
    const {
      kind,
      file,
      line,
      column,
      message = "",
    } = (SYNTAX.exec(text) ?? FAILURE.exec(text))?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) return;
    found.push({
      ...place,
      line: Number(line),
      column: column === undefined ? null : Number(column),
      severity: kind === "Warning" ? "warning" : "error",
      message: message.trim() || (lines[at + 1] ?? "").trim(),
    });
  });
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/r/register"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
