import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE = /^(?<file>[^\s:]+):(?<line>\d+):(?:(?<column>\d+):)? (?<warning>Warning: )?(?<message>.+)$/;
const EXCEPTION = /^escript: (?<message>exception \w+: .+)$/;
/** At the end of a line for each call, the innermost first. */
const PLACE = /\((?<file>[^\s(),]+), line (?<line>\d+)\)$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let exception: string | null = null;
  for (const text of splitLines(output)) {
    const said = MESSAGE.exec(text)?.groups;
    const file = said && programFile(said.file, mainFile, sources);
    if (file) {
      const column = said.column ? Number(said.column) : null;
      const severity = said.warning ? "warning" : "error";
      found.push({ ...file, line: Number(said.line), column, severity, message: said.message ?? "" });
      continue;
    }
    exception = EXCEPTION.exec(text)?.groups?.message ?? exception;
    const place = exception === null ? undefined : PLACE.exec(text)?.groups;
    const called = place && programFile(place.file, mainFile, sources);
    if (exception === null || !called) continue;
    const message = exception.replace(PLACE, "").trim();
    found.push({ ...called, line: Number(place.line), column: null, severity: "error", message });
    if (called.file === undefined) exception = null;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  alsoEdits: { hrl: "erlang" },
  vocabulary: VOCABULARY,
  findDiagnostics,
};
