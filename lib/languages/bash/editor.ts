import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE = /^(?<file>[^\s:]+): line (?<line>\d+): (?<message>.+)$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const { file, line, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (place) found.push({ ...place, line: Number(line), column: null, severity: "error", message });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/shell/register"),
  findDiagnostics,
  vocabulary: VOCABULARY,
  formats: true,
};
