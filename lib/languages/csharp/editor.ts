import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE =
  /^(?<file>[^\s(]+)\((?<line>\d+),(?<column>\d+)(?:,\d+,\d+)?\): (?<severity>error|warning) CS\d+: (?<message>.+)$/;
const HEAD = /^Unhandled Exception:$/;
const FRAME = /^ +at .+ in (?<file>[^\s:]+):(?<line>\d+) *$/;

/** The compiler's errors, and of an uncaught exception, told after `Unhandled Exception:`, the innermost line of the program. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const lines = splitLines(output);
  for (const text of lines) {
    const { file, line, column, severity, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) continue;
    found.push({
      ...place,
      line: Number(line),
      column: Number(column),
      severity: severity === "warning" ? "warning" : "error",
      message,
    });
  }
  const head = lines.findIndex((text) => HEAD.test(text));
  const message = lines[head + 1] ?? "";
  for (const text of head < 0 ? [] : lines.slice(head + 1)) {
    const frame = FRAME.exec(text)?.groups;
    const place = frame && programFile(frame.file, mainFile, sources);
    if (!place) continue;
    found.push({ ...place, line: Number(frame.line), column: null, severity: "error", message });
    break;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/csharp/register"),
  vocabulary: VOCABULARY,
  formats: true,
  findDiagnostics,
};
