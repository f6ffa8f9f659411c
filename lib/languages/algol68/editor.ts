import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** A line of the program, by its number, from the seventh column on. */
const SOURCE = /^(?<line>\d{1,5}) +\S/;
/** Below it a figure at each place, and below that a message for each figure. */
const PLACES = /^ {6}[ \d]*\d[ \d]*$/;
const MESSAGE = /^a68g: (?:(?<file>\/[^:]+): )?(?:(?<kind>[a-z ]+): )?(?<place>\d): (?<message>.+)$/;
const MARGIN = 6;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources: readonly EditorFile[] = [],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const lines = splitLines(output);
  let at: { line: number; text: string; places: string } | null = null;
  lines.forEach((text, index) => {
    const { line } = SOURCE.exec(text)?.groups ?? {};
    const places = lines[index + 1] ?? "";
    if (line !== undefined && PLACES.test(places)) {
      at = { line: Number(line), text: text.slice(MARGIN), places: places.slice(MARGIN) };
      return;
    }
    const { file, kind, place = "", message = "" } = MESSAGE.exec(text)?.groups ?? {};
    const named = programFile(file ?? mainFile, mainFile, sources);
    if (at === null || message === "" || !named) return;
    const path = named.file ?? mainFile;
    const written = sources.find((source) => source.path === path)?.content.split(/\r?\n/)[at.line - 1];
    // Tabs and what is not ASCII are shown as several characters: which column that is can't be told.
    const isAsWritten = written === undefined || written.trimEnd() === at.text.trimEnd();
    found.push({
      ...named,
      line: at.line,
      column: isAsWritten ? at.places.indexOf(place) + 1 || null : null,
      severity: kind === "warning" ? "warning" : "error",
      message,
    });
  });
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  findDiagnostics,
  endOfInput: /^a68g: runtime error: \d: end of file reached/m,
  vocabulary: VOCABULARY,
};
