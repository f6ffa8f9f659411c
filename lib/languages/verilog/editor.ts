import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** Some say how bad they are, and some only what is wrong. `:     :` goes on with the message before. */
const MESSAGE =
  /^(?<file>[^\s:]+):(?<line>\d+): (?:(?<severity>error|warning|sorry): )?(?<message>[^\s:].*)$/;

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
  loadSyntax: () => import("monaco-editor/languages/definitions/systemverilog/register"),
  alsoEdits: { sv: "systemverilog", vh: "verilog", svh: "systemverilog" },
  vocabulary: VOCABULARY,
  findDiagnostics,
};
