import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const HEAD = /^(?<severity>error|warning)(?:\[\w+\])?: (?<message>.+)$/;
const PLACE = /^ *--> (?<file>[^\s:]+):(?<line>\d+):(?<column>\d+)$/;
/** The words of a panic are in the next line. */
const PANIC = /^thread '.*' (?:\(\d+\) )?panicked at (?<file>[^\s:]+):(?<line>\d+):(?<column>\d+):$/;

/** The compiler's words, then their place; a panic's place, then its words. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let head: Pick<Diagnostic, "severity" | "message"> | null = null;
  const lines = splitLines(output);
  for (const [index, text] of lines.entries()) {
    const start = HEAD.exec(text)?.groups;
    if (start) {
      head = { severity: start.severity === "warning" ? "warning" : "error", message: start.message ?? "" };
      continue;
    }
    const panic = PANIC.exec(text)?.groups;
    if (panic) head = { severity: "error", message: lines[index + 1] ?? "" };
    const place = panic ?? PLACE.exec(text)?.groups;
    const file = place && programFile(place.file, mainFile, sources);
    if (head && file)
      found.push({ ...file, line: Number(place.line), column: Number(place.column), ...head });
    // What else is pointed at belongs to the notes below.
    if (place) head = null;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/rust/register"),
  vocabulary: VOCABULARY,
  formats: true,
  findDiagnostics,
};
