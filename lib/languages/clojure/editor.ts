import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** The place; what happened is in the next line. */
const PLACE =
  /^(?:Syntax|Execution|Unexpected) error\b.*\((?<file>[^\s():]+):(?<line>\d+)(?::(?<column>\d+))?\)\.$/;
const KIND = /^\w+ error \((?<kind>[\w$]+)\)/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const lines = splitLines(output);
  const found = lines.flatMap((text, index): Diagnostic[] => {
    const { file, line, column } = PLACE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) return [];
    const kind = KIND.exec(text)?.groups?.kind;
    const words = lines[index + 1] ?? "";
    return [
      {
        ...place,
        line: Number(line),
        column: column === undefined ? null : Number(column),
        severity: "error",
        message: kind === undefined ? words : `${kind}: ${words}`,
      },
    ];
  });
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/clojure/register"),
  vocabulary: VOCABULARY,
  findDiagnostics,
};
