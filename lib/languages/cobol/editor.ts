import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** The compiler's, and with `libcob` the runtime's. */
const MESSAGE =
  /^(?:libcob: )?(?<file>[^\s:]+):(?<line>\d+): (?<severity>error|warning): (?<message>.+?)(?: \[-W[^\]]+\])?$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const { file, line, severity, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) continue;
    found.push({
      ...place,
      line: Number(line),
      column: null,
      severity: severity === "warning" ? "warning" : "error",
      message,
    });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  alsoEdits: { cbl: "cobol", cpy: "cobol" },
  vocabulary: VOCABULARY,
  findDiagnostics,
};
