import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const PLACE = /^In (?<file>[^\s:]+):(?<line>\d+):(?<column>\d+)$/;
/** Below a place, the line and its mark. */
const WORDS = /^(?:Error|Warning): (?<message>.+)$/;
const UNCAUGHT = /^Unhandled exception: (?<message>.+)$/;
const FRAME = /^ +from (?<file>[^\s:]+):(?<line>\d+)(?::\d+)? in /;

/** The compiler's places, each with the words below it; of an exception the innermost line of the program. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let at: Record<string, string> | undefined;
  let uncaught: string | undefined;
  for (const text of splitLines(output)) {
    at = PLACE.exec(text)?.groups ?? at;
    const words = at && WORDS.exec(text)?.groups?.message;
    const place = words === undefined ? null : programFile(at?.file, mainFile, sources);
    // That a call is looked into is no mistake; it is told further below.
    if (words !== undefined && place && !words.startsWith("instantiating "))
      found.push({
        ...place,
        line: Number(at?.line),
        column: Number(at?.column),
        severity: text.startsWith("Warning") ? "warning" : "error",
        message: words,
      });
    if (words !== undefined) at = undefined;
    uncaught ??= UNCAUGHT.exec(text)?.groups?.message;
    const frame = uncaught === undefined ? undefined : FRAME.exec(text)?.groups;
    const own = frame && programFile(frame.file, mainFile, sources);
    if (!own || uncaught === undefined) continue;
    found.push({ ...own, line: Number(frame.line), column: null, severity: "error", message: uncaught });
    break;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  vocabulary: VOCABULARY,
  formats: true,
  findDiagnostics,
};
