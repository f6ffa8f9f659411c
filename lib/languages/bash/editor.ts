import type { Diagnostic, LanguageEditor } from "../editor";
import { distinct, isMain, splitLines } from "../editor-diagnostics";

const MESSAGE = /^(?<file>[^\s:]+): line (?<line>\d+): (?<message>.+)$/;

function findDiagnostics(output: string, mainFile: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const { file, line, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    if (isMain(file, mainFile)) found.push({ line: Number(line), column: null, severity: "error", message });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/shell/register"),
  findDiagnostics,
};
