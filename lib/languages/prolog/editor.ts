import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const PLACE =
  /^(?<kind>ERROR|Warning): +(?<file>[^\s:]+):(?<line>\d+):(?:(?<column>\d+):)?(?: (?<message>.+))?$/;
/** Where a place stands alone, what is wrong there comes in the next line. */
const MORE = /^(?:ERROR|Warning): {2,}(?<message>.+)$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const lines = splitLines(output);
  lines.forEach((text, at) => {
    const { kind, file, line, column, message } = PLACE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) return;
    found.push({
      ...place,
      line: Number(line),
      // Prolog counts columns from 0.
      column: column === undefined ? null : Number(column) + 1,
      severity: kind === "Warning" ? "warning" : "error",
      message: message ?? MORE.exec(lines[at + 1] ?? "")?.groups?.message ?? "an error",
    });
  });
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
