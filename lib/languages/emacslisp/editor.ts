import { definitionsOf } from "../commonlisp/editor-frames";
import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** What the debugger tells first: `(error "none")`, `(arith-error)`, `(invalid-read-syntax ")" 2 17)`. */
const ERROR = /^Debugger entered--Lisp error: \((?:error "(?<text>.*)"|(?<other>.+))\)$/;
const FRAME = /^ {2}(?<name>[^\s()]+)\(/;
const READING = /^invalid-read-syntax (?<what>".*") (?<line>\d+) \d+$/;

/** A backtrace names functions and no lines: marked is where the innermost of the program's is defined. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources: readonly EditorFile[] = [],
): readonly Diagnostic[] {
  const definitions = definitionsOf(sources);
  const found: Diagnostic[] = [];
  let message: string | null = null;
  for (const text of splitLines(output)) {
    const error = ERROR.exec(text)?.groups;
    if (error) message = error.text ?? error.other ?? "an error";
    const { line, what } = READING.exec(error?.other ?? "")?.groups ?? {};
    if (line !== undefined)
      return [
        { line: Number(line), column: null, severity: "error", message: `Invalid read syntax: ${what}` },
      ];
    if (message === null) continue;
    const definition = definitions.get(FRAME.exec(text)?.groups?.name?.toLowerCase() ?? "");
    const place = programFile(definition?.file, mainFile, sources);
    if (!definition || !place) continue;
    found.push({ ...place, line: definition.line, column: null, severity: "error", message });
    message = null;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  findDiagnostics,
  endOfInput: /\(end-of-file "Error reading from stdin"\)$/m,
  vocabulary: VOCABULARY,
};
