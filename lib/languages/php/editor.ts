import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE =
  /^(?:PHP )?(?<kind>(?:Parse|Compile|Fatal|Recoverable fatal) error|Warning|Notice|Deprecated): +(?<message>.+) in (?<file>\S+?)(?: on line |:)(?<line>\d+)$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const { kind, message = "", file, line } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) continue;
    const severity = kind?.endsWith("error") ? "error" : "warning";
    found.push({ ...place, line: Number(line), column: null, severity, message });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/php/register"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
