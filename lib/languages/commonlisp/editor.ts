import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { definitionsOf } from "./editor-frames";
import { VOCABULARY } from "./editor-vocabulary";

const UNHANDLED = /^Unhandled \S+ in thread #<|^Unhandled [^\s:]+(?:::?[^\s:]+)?:/;
/** The end of the thread's name, which may be in a second line. */
const THREAD_END = /\}>:/;
const STREAM = /^\s*(?:Stream: )?#<SB-(?:SYS|INT|IMPL):\S+ for "file (?<file>[^"]+)"/;
const POSITION = /^\s*Line: (?<line>\d+), Column: (?<column>\d+)/;
const FRAME = /^\d+: \(\(?(?:FLET |LABELS |LAMBDA )?(?<name>[^\s()]+)/;

/** An error while the program is read names a place; of any other the backtrace names the functions that it happened in. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources: readonly EditorFile[] = [],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const definitions = definitionsOf(sources);
  const lines = splitLines(output);
  let message: string | null = null;
  let position: { line: number; column: number } | null = null;
  lines.forEach((text, at) => {
    if (UNHANDLED.test(text)) message = messageOf(lines.slice(at, at + 6));
    if (message === null) return;
    const { line, column } = POSITION.exec(text)?.groups ?? {};
    // Columns count from 0, and the place is behind what was read last.
    if (line !== undefined) position = { line: Number(line), column: Math.max(1, Number(column)) };
    const stream = programFile(STREAM.exec(text)?.groups?.file, mainFile, sources);
    if (stream && position) found.push({ ...stream, ...position, severity: "error", message });
    const name = FRAME.exec(text)
      ?.groups?.name?.toLowerCase()
      .replace(/^.*::?/, "");
    const definition = name === undefined ? undefined : definitions.get(name);
    if (!definition || found.length > 0) return;
    const place = programFile(definition.file, mainFile, sources) ?? {};
    found.push({ ...place, line: definition.line, column: null, severity: "error", message });
  });
  return distinct(found);
}

/** The message is behind the thread's name or in the line below; of an error while reading, what is wrong comes after that. */
function messageOf(lines: readonly string[]): string {
  const end = Math.max(
    0,
    lines.findIndex((text) => THREAD_END.test(text)),
  );
  const beside = lines[end]?.replace(/^(?:.*\}>|Unhandled \S+):/, "") ?? "";
  const [first = "an error", second] = [beside, ...lines.slice(end + 1)]
    .map((text) => text.trim())
    .filter((text) => text !== "");
  return /^READ error during /.test(first) && second !== undefined ? second : first;
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  findDiagnostics,
  endOfInput: /^(?:Unhandled END-OF-FILE\b.*|\s*end of file on #<SB-SYS:FD-STREAM for "standard input".*)$/m,
  vocabulary: VOCABULARY,
};
