import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** Behind a message and the command that failed come those that it was called from, the innermost first. */
const BEGINNING = /^ {4}(?:while (?:executing|compiling)|invoked from within|while evaluating)$/;
const PLACE = /^ {4}\(file "(?<file>[^"]+)" line (?<line>\d+)\)$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let message = "";
  let before = "";
  for (const text of splitLines(output)) {
    const { file, line } = PLACE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (BEGINNING.test(text) && message === "") message = before;
    if (place && message !== "") {
      found.push({ ...place, line: Number(line), column: null, severity: "error", message });
    }
    before = text;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/tcl/register"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
