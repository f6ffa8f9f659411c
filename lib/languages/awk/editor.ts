import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE =
  /^g?awk: (?<file>[^\s:]+):(?<line>\d+): (?:\(FILENAME=.*? FNR=\d+\) )?(?:(?<kind>fatal|error|warning): )?(?<message>.+)$/;
/** Below a line of the program, which is repeated like a message, the place in it and what is wrong there. */
const CARET = /^(?<before>\s*)\^ (?<message>.+)$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const { file, line, kind, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    const caret = CARET.exec(message)?.groups;
    if (!place || (kind === undefined && !caret)) continue;
    found.push({
      ...place,
      line: Number(line),
      column: caret ? (caret.before ?? "").length + 1 : null,
      severity: kind === "warning" ? "warning" : "error",
      message: caret?.message ?? message,
    });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
