import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE =
  /^(?<file>[^\s()]+)\((?<line>\d+)(?:,(?<column>\d+))?\): (?<severity>Error|Warning|Deprecation): (?<message>.+)$/;
/** A name of an exception, the place where it was thrown, and its words. */
const THROWN = /^(?<name>[\w.]+)@(?<file>[^\s()]+)\((?<line>\d+)\)(?:: (?<words>.+))?$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const said = MESSAGE.exec(text)?.groups;
    const thrown = THROWN.exec(text)?.groups;
    const groups = said ?? thrown;
    const place = groups && programFile(groups.file, mainFile, sources);
    if (!place) continue;
    found.push({
      ...place,
      line: Number(groups.line),
      column: groups.column ? Number(groups.column) : null,
      severity: /^(?:Warning|Deprecation)$/.test(said?.severity ?? "") ? "warning" : "error",
      message: said?.message ?? [thrown?.name, thrown?.words].filter(Boolean).join(": "),
    });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  alsoEdits: { di: "d" },
  vocabulary: VOCABULARY,
  findDiagnostics,
};
