import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** What the compiler says begins with a word for how bad it is; the place follows, below the line that is shown. */
const HEAD = /^\s*(?<severity>error|warning): (?<message>.+)$/;
const PLACE = /^\s*└─ (?<file>[^\s:]+):(?<line>\d+)(?::(?<column>\d+))?/;
/** An exception, with a line for each call, the innermost first. */
const EXCEPTION = /^\*\* (?<message>\(\w[\w.]*\) .+)$/;
const FRAME = /^ {4}(?<file>[^\s:()]+):(?<line>\d+): /;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let head: Pick<Diagnostic, "severity" | "message"> | null = null;
  let exception: string | null = null;
  for (const text of splitLines(output)) {
    const start = HEAD.exec(text)?.groups;
    if (start) {
      head = { severity: start.severity === "warning" ? "warning" : "error", message: start.message ?? "" };
      continue;
    }
    const place = PLACE.exec(text)?.groups;
    const file = place && programFile(place.file, mainFile, sources);
    if (head && place && file) {
      const column = place.column ? Number(place.column) : null;
      found.push({ ...file, line: Number(place.line), column, ...head });
      head = null;
    }
    exception = EXCEPTION.exec(text)?.groups?.message ?? exception;
    const frame = FRAME.exec(text)?.groups;
    const called = frame && programFile(frame.file, mainFile, sources);
    if (exception === null || !frame || !called) continue;
    found.push({ ...called, line: Number(frame.line), column: null, severity: "error", message: exception });
    // The calls that led there are not mistakes, unless the innermost is in another file: then the main one's is shown, too.
    if (called.file === undefined) exception = null;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/elixir/register"),
  alsoEdits: { ex: "elixir" },
  formats: true,
  vocabulary: VOCABULARY,
  findDiagnostics,
};
