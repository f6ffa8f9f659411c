import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** Columns are counted from 0, and the second one is behind the place. */
const PLACE =
  /^File "(?<file>[^"]+)", lines? (?<line>\d+)(?<more>-\d+)?(?:, characters (?<from>\d+)-(?<to>\d+))?:$/;
const WORDS = /^(?<severity>Error|Warning)\b[^:]*: (?<message>.+)$/;
const UNCAUGHT = /^Fatal error: exception (?<message>.+)$/;
const FRAME =
  /^(?:Raised|Re-raised|Called)\b.* in file "(?<file>[^"]+)"(?: \(inlined\))?, line (?<line>\d+), characters (?<from>\d+)-(?<to>\d+)$/;

/** The compiler's places, each with the words below it; of an exception the innermost line of the program. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let place: ReturnType<typeof placeOf> = null;
  let uncaught: string | null = null;
  for (const text of splitLines(output)) {
    const at = PLACE.exec(text)?.groups;
    if (at) {
      place = placeOf(at, mainFile, sources);
      continue;
    }
    const words = place && WORDS.exec(text)?.groups;
    if (place && words) {
      const severity = words.severity === "Warning" ? "warning" : "error";
      found.push({ ...place, severity, message: words.message ?? "" });
      place = null;
    }
    uncaught = UNCAUGHT.exec(text)?.groups?.message ?? uncaught;
    const frame = uncaught === null ? undefined : FRAME.exec(text)?.groups;
    const own = frame ? placeOf(frame, mainFile, sources) : null;
    if (!own || uncaught === null) continue;
    found.push({ ...own, severity: "error", message: uncaught });
    uncaught = null;
  }
  return distinct(found);
}

function placeOf(
  { file, line, more, from, to }: Record<string, string>,
  mainFile: string,
  sources?: readonly EditorFile[],
): Omit<Diagnostic, "severity" | "message"> | null {
  const found = programFile(file, mainFile, sources);
  if (!found) return null;
  const column = from === undefined ? null : Number(from) + 1;
  return {
    ...found,
    line: Number(line),
    column,
    ...(to !== undefined && more === undefined ? { endColumn: Number(to) + 1 } : {}),
  };
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  alsoEdits: { mli: "ocaml" },
  vocabulary: VOCABULARY,
  findDiagnostics,
  endOfInput: /^Fatal error: exception End_of_file$/m,
};
