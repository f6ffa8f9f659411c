import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const FRAME = /^ {2}File "(?<file>[^"]+)", line (?<line>\d+)/;
/** Python shows the line without its indent, and below it the part that failed; with `^` alone, or with `~` around it. */
const CARETS = /^ {4}(?<before> *)(?<marks>[~^]+)\s*$/;
const ERROR = /^(?<message>[A-Za-z_][\w.]*(?:: .*)?)$/;

type Place = Omit<Diagnostic, "severity" | "message">;

/**
 * The innermost line of the main file in a traceback, with the words of the exception; and the innermost of the other files, where that is
 * further inside.
 */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources: readonly EditorFile[] = [],
): readonly Diagnostic[] {
  let main: Place | null = null;
  let other: Place | null = null;
  let last: Place | null = null;
  let message = "";
  for (const text of splitLines(output)) {
    const frame = FRAME.exec(text)?.groups;
    if (frame) {
      const place = programFile(frame.file, mainFile, sources);
      last = place && { ...place, line: Number(frame.line), column: null };
      if (last?.file === undefined && last) [main, other] = [last, null];
      else if (last) other = last;
      continue;
    }
    const carets = CARETS.exec(text)?.groups;
    if (carets && last) Object.assign(last, columnsOf(last, carets, mainFile, sources));
    else if (main || other) message = ERROR.exec(text)?.groups?.message ?? message;
  }
  if (message === "") return [];
  return [main, other].flatMap((place) => (place ? [{ ...place, severity: "error", message }] : []));
}

/** The columns that carets stand below. Known only with the text of the line, for its indent. */
function columnsOf(
  { file, line }: Place,
  { before = "", marks = "" }: Record<string, string>,
  mainFile: string,
  sources: readonly EditorFile[],
): Pick<Diagnostic, "column" | "endColumn"> {
  const source = sources.find(({ path }) => path === (file ?? mainFile))?.content.split("\n")[line - 1];
  if (source === undefined) return { column: null };
  const column = source.length - source.trimStart().length + before.length + 1;
  return { column, endColumn: column + marks.length };
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/python/register"),
  startServer: async (...context) => (await import("./editor-server")).startServer(...context),
  vocabulary: VOCABULARY,
  formats: true,
  findDiagnostics,
  endOfInput: /^EOFError: EOF when reading a line$/m,
};
