import { definitionsOf } from "../commonlisp/editor-frames";
import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const BACKTRACE = /^(?:Error|Debugger entered--Lisp error): \S+/;
const FRAME = /^ {2}(?<name>[^\s()]+)\(/;
const READING = /^(?<message>Invalid read syntax: .*), (?<line>\d+), \d+$/;

/** A backtrace names functions and no lines: marked is where the innermost of the program's is defined. The message comes last. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources: readonly EditorFile[] = [],
): readonly Diagnostic[] {
  const lines = splitLines(output);
  const definitions = definitionsOf(sources);
  const found: Diagnostic[] = [];
  let inBacktrace = false;
  for (const text of lines) {
    if (BACKTRACE.test(text)) inBacktrace = true;
    const { line, message = "" } = READING.exec(text)?.groups ?? {};
    if (line !== undefined) return [{ line: Number(line), column: null, severity: "error", message }];
    if (!inBacktrace || found.length > 0) continue;
    const definition = definitions.get(FRAME.exec(text)?.groups?.name?.toLowerCase() ?? "");
    const place = programFile(definition?.file, mainFile, sources);
    if (!definition || !place) continue;
    const said = lines.findLast((one) => one.trim() !== "") ?? "";
    found.push({ ...place, line: definition.line, column: null, severity: "error", message: said });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  findDiagnostics,
  endOfInput: /^(?:End of file during parsing: )?Error reading from stdin$/m,
  vocabulary: VOCABULARY,
};
