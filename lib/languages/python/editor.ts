import type { Diagnostic, LanguageEditor } from "../editor";
import { isMain, splitLines } from "../editor-diagnostics";

const FRAME = /^ {2}File "(?<file>[^"]+)", line (?<line>\d+)/;
const ERROR = /^(?<message>[A-Za-z_][\w.]*(?:: .*)?)$/;

/** The innermost line of the main file in a traceback, with the words of the exception. */
function findDiagnostics(output: string, mainFile: string): readonly Diagnostic[] {
  let line: number | null = null;
  let message = "";
  for (const text of splitLines(output)) {
    const frame = FRAME.exec(text)?.groups;
    if (frame) {
      if (isMain(frame.file, mainFile)) line = Number(frame.line);
      continue;
    }
    if (line !== null) message = ERROR.exec(text)?.groups?.message ?? message;
  }
  return line === null || message === "" ? [] : [{ line, column: null, severity: "error", message }];
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/python/register"),
  findDiagnostics,
  endOfInput: /^EOFError: EOF when reading a line$/m,
};
