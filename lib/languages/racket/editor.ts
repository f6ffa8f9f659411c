import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** Errors while a program is read or expanded: `main.rkt:3:1: foo: unbound identifier`. */
const MESSAGE = /^(?<file>[^\s:]+):(?<line>\d+):(?<column>\d+): (?<message>.+)$/;
const CONTEXT = /^ {2}context\.\.\.:$/;
/** Below `context...:` the functions that it happened in, the innermost first, each by the place where it is defined. */
const FRAME = /^ {3}(?<file>[^\s:]+):(?<line>\d+):(?<column>\d+)(?::|$)/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let message = "";
  let inContext = false;
  for (const text of splitLines(output)) {
    if (CONTEXT.test(text)) inContext = true;
    const frame = inContext ? FRAME.exec(text)?.groups : undefined;
    const named = MESSAGE.exec(text)?.groups;
    const { file, line, column } = frame ?? named ?? {};
    const place = programFile(file, mainFile, sources);
    if (named?.message !== undefined) message = named.message;
    else if (!text.startsWith(" ") && text !== "") message = text;
    if (!place || (frame && found.length > 0)) continue;
    // Racket counts columns from 0.
    found.push({ ...place, line: Number(line), column: Number(column) + 1, severity: "error", message });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
