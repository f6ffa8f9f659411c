import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE =
  /^(?<file>[^\s:]+):(?<line>\d+)\.(?<column>\d+)(?:-(?<lastLine>\d+)\.(?<last>\d+))?: (?<severity>error|warning): (?<message>.+)$/;
const ASSERTION = /^(?:[^\s:]*:)?ERROR:(?<file>[^\s:]+):(?<line>\d+):[^\s:]+: (?<message>.+)$/;

/** The compiler's errors and warnings, and assertions that failed. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const said = MESSAGE.exec(text)?.groups ?? ASSERTION.exec(text)?.groups;
    const place = said && programFile(said.file, mainFile, sources);
    if (!place) continue;
    found.push({
      ...place,
      line: Number(said.line),
      column: said.column === undefined ? null : Number(said.column),
      // The last column is part of the place.
      ...(said.last !== undefined && said.lastLine === said.line ? { endColumn: Number(said.last) + 1 } : {}),
      severity: said.severity === "warning" ? "warning" : "error",
      message: said.message ?? "",
    });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/csharp/register"),
  vocabulary: VOCABULARY,
  findDiagnostics,
};
