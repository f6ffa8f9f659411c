import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE =
  /^(?<file>[^\s()]+)\((?<line>\d+)(?:,(?<column>\d+))?\) (?<severity>Error|Fatal|Warning): (?<message>.+)$/;
/** What happened at the program's run, and below it a line for each call, the innermost first. */
const RUNTIME = /^(?<message>Runtime error \d+|E\w+: .+) at \$[0-9A-F]+$|^(?<exception>E\w+: .+)$/;
const FRAME = /^ +\$[0-9A-F]+ .*\bline (?<line>\d+) of (?<file>\S+)$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let runtime: string | null = null;
  for (const text of splitLines(output)) {
    const said = MESSAGE.exec(text)?.groups;
    const file = said && programFile(said.file, mainFile, sources);
    if (file) {
      const column = said.column ? Number(said.column) : null;
      const severity = said.severity === "Warning" ? "warning" : "error";
      found.push({ ...file, line: Number(said.line), column, severity, message: said.message ?? "" });
      continue;
    }
    const happened = RUNTIME.exec(text)?.groups;
    runtime = happened?.message ?? happened?.exception ?? runtime;
    const frame = FRAME.exec(text)?.groups;
    const called = frame && programFile(frame.file, mainFile, sources);
    if (runtime === null || !called) continue;
    found.push({ ...called, line: Number(frame.line), column: null, severity: "error", message: runtime });
    if (called.file === undefined) runtime = null;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/pascal/register"),
  alsoEdits: { pp: "pascal", inc: "pascal" },
  vocabulary: VOCABULARY,
  findDiagnostics,
};
