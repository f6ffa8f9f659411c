import { findGccDiagnostics } from "../c/editor-gcc";
import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** The program's name stands before the file's; the words are left out where the program gave none. */
const FATAL =
  /^(?<file>[^\s:]+\.swift):(?<line>\d+): (?<kind>Fatal error|Precondition failed|Assertion failed)(?:: (?<words>.+))?$/;

function findFatalErrors(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  return splitLines(output).flatMap((text): Diagnostic[] => {
    const { file, line, kind = "", words = kind } = FATAL.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    return place ? [{ ...place, line: Number(line), column: null, severity: "error", message: words }] : [];
  });
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/swift/register"),
  vocabulary: VOCABULARY,
  // The compiler writes its messages as gcc does.
  findDiagnostics: (...context) =>
    distinct([...findGccDiagnostics(...context), ...findFatalErrors(...context)]),
};
