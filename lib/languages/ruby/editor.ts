import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** Errors while a program is read name its file twice: `main.rb: main.rb:2: syntax error, …`. */
const MESSAGE =
  /^(?:[^\s:]+: )?(?<file>[^\s:]+):(?<line>\d+):(?:in [`'](?<method>[^']*)':)? (?<severity>warning: )?(?<message>.+)$/;
const CALLER = /^\tfrom (?<file>[^\s:]+):(?<line>\d+):in /;
const SYNTAX_ERROR = / \(SyntaxError\)$/;

/** Where the innermost line is none of the program's, the first of its callers that is one has the message. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let unplaced: string | null = null;
  for (const text of splitLines(output)) {
    const caller = CALLER.exec(text)?.groups;
    const { file, line, severity, message = "" } = caller ?? MESSAGE.exec(text)?.groups ?? {};
    if (file === undefined || (caller && unplaced === null)) continue;
    const place = programFile(file, mainFile, sources);
    const said: string = caller ? (unplaced ?? "") : message.replace(SYNTAX_ERROR, "");
    unplaced = place ? null : said;
    if (!place) continue;
    found.push({
      ...place,
      line: Number(line),
      column: null,
      severity: severity ? "warning" : "error",
      message: said,
    });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/ruby/register"),
  findDiagnostics,
  endOfInput: /end of file reached \(EOFError\)$|undefined method [`'](?:chomp|strip|split)' for nil/m,
  vocabulary: VOCABULARY,
};
