import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** The compiler's place comes first, then the line that is meant, and below it what is wrong. */
const PLACE = /^(?<file>[^\s:]+):(?<line>\d+):(?<column>\d+):$/;
const SAID = /^(?<severity>Fatal Error|Error|Warning): (?<message>.+)$/;
/** The runtime says a line and a file, then what happened. */
const AT = /^At line (?<line>\d+) of file (?<file>\S+)/;
const RUNTIME = /^(?<message>Fortran runtime (?:error|warning): .+)$/;
/** A program that stops itself names no place but in the list of calls that led there. */
const STOP = /^(?<message>ERROR STOP\b.*|Program received signal .+)$/;
const FRAME = /^\s+at (?<file>\S+):(?<line>\d+)$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let place: Omit<Diagnostic, "severity" | "message"> | null = null;
  let stop: string | null = null;
  const placeOf = ({ file, line, column }: Record<string, string | undefined>) => {
    const known = programFile(file, mainFile, sources);
    return known && { ...known, line: Number(line), column: column ? Number(column) : null };
  };
  for (const text of splitLines(output)) {
    const named = (PLACE.exec(text) ?? AT.exec(text))?.groups;
    if (named) place = placeOf(named);
    const said = SAID.exec(text)?.groups ?? RUNTIME.exec(text)?.groups;
    if (said && place) {
      const severity = said.severity === "Warning" ? "warning" : "error";
      found.push({ ...place, severity, message: said.message ?? "" });
      place = null;
    }
    stop = STOP.exec(text)?.groups?.message ?? stop;
    const frame = FRAME.exec(text)?.groups;
    const called = stop !== null && frame ? placeOf(frame) : null;
    if (stop === null || !called) continue;
    found.push({ ...called, severity: "error", message: stop });
    stop = null;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  alsoEdits: { f: "fortran", for: "fortran", f95: "fortran", f03: "fortran", f08: "fortran" },
  endOfInput: /^Fortran runtime error: End of file$/m,
  vocabulary: VOCABULARY,
  findDiagnostics,
};
