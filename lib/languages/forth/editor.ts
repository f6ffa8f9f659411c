import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE = /^(?<file>[^\s:]+):(?<line>\d+): (?<message>.+)$/;
/** Below a message its line, with the word that was not understood or that failed in it. */
const WORD = />>>(?<word>[^<\s]+)<<</;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const lines = splitLines(output);
  lines.forEach((text, at) => {
    const { file, line, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) return;
    const word = WORD.exec((lines[at + 1] ?? "").slice(0, 1_000))?.groups?.word;
    found.push({
      ...place,
      line: Number(line),
      column: null,
      severity: "error",
      message: word === undefined ? message : `${message}: ${word}`,
    });
  });
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
