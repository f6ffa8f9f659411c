import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { findJvmDiagnostics } from "./editor-jvm";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE = /^(?<file>[^\s:]+):(?<line>\d+): (?<severity>error|warning): (?<message>.+)$/;
/** Two lines below a message, under the line of the program as it is. */
const CARET = /^(?<before>\s*)\^$/;

function findJavacDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const lines = splitLines(output);
  return lines.flatMap((text, index): Diagnostic[] => {
    const { file, line, severity, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) return [];
    const before = CARET.exec(lines[index + 2] ?? "")?.groups?.before;
    const column = before === undefined ? null : before.length + 1;
    return [
      {
        ...place,
        line: Number(line),
        column,
        severity: severity === "warning" ? "warning" : "error",
        message,
      },
    ];
  });
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/java/register"),
  vocabulary: VOCABULARY,
  formats: true,
  findDiagnostics: (...context) =>
    distinct([...findJavacDiagnostics(...context), ...findJvmDiagnostics(...context)]),
  endOfInput: /^Exception in thread "main" java\.util\.NoSuchElementException(?:: No line found)?$/m,
};
