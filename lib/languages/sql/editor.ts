import type { Diagnostic, LanguageEditor } from "../editor";
import { distinct, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** The line is the one where the statement begins. No file is named: it is nearly always the main one. */
const MESSAGE = /^(?:Parse error|Runtime error|Error):? near line (?<line>\d+): (?<message>.+)$/;

function findDiagnostics(output: string): readonly Diagnostic[] {
  return distinct(
    splitLines(output).flatMap((text): Diagnostic[] => {
      const { line, message = "" } = MESSAGE.exec(text)?.groups ?? {};
      return line === undefined ? [] : [{ line: Number(line), column: null, severity: "error", message }];
    }),
  );
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/sql/register"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
