import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE =
  /^(?:;;; )?(?<file>[^\s:]+):(?<line>\d+):(?<column>\d+): (?<warning>warning: )?(?<message>.+)$/;
/** A backtrace has a line for each file, and below it the places in that file, the innermost last. */
const FILE = /^In (?<file>\S+):$/;
const FRAME = /^ +(?<line>\d+):(?<column>\d+) +\d+ \(/;
/** Where the message itself names only Guile's own files, what it says is in the next line. */
const RAISED = /^[^\s:]+:\d+:\d+: In procedure \S+:\s*(?<message>.*)$/;

type Place = Pick<Diagnostic, "file" | "line" | "column">;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let file: string | undefined;
  let innermost: Place | null = null;
  const lines = splitLines(output);
  lines.forEach((text, at) => {
    file = FILE.exec(text)?.groups?.file ?? file;
    const frame = FRAME.exec(text)?.groups;
    const framed = frame && programFile(file, mainFile, sources);
    if (frame && framed) innermost = { ...framed, ...placeOf(frame) };

    const raised = RAISED.exec(text)?.groups;
    const { message = "", warning, ...where } = MESSAGE.exec(text)?.groups ?? {};
    const named = programFile(where.file, mainFile, sources);
    const said = raised ? raised.message?.trim() || (lines[at + 1] ?? "").trim() : message;
    const place = named ? { ...named, ...placeOf(where) } : raised ? innermost : null;
    if (place) found.push({ ...place, severity: warning ? "warning" : "error", message: said });
  });
  return distinct(found);
}

/** Guile counts columns from 0. */
function placeOf({ line, column }: Record<string, string | undefined>): Pick<Place, "line" | "column"> {
  return { line: Number(line), column: Number(column) + 1 };
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/scheme/register"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
