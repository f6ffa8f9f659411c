import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** A place is `main.hs:3:8`, `main.hs:3:8-14`, or `main.hs:(3,8)-(4,9)`. */
const PLACE = String.raw`(?<file>[^\s:]+):\(?(?<line>\d+)[:,](?<column>\d+)\)?(?:-\(?[\d,]+\)?)?`;
/** The words are behind the codes in brackets, or in the line below. */
const MESSAGE = new RegExp(`^${PLACE}: (?<severity>error|warning):(?<words>.*)$`);
const CODES = /^(?: \[[^\]]*\])*/;
/** The program's own name begins what it says when it ends by an exception. */
const UNCAUGHT = /^main: (?<message>.+)$/;
const PATTERN = new RegExp(`^main: ${PLACE}: (?<message>.+)$`);
const CALL = /^ +\S+, called at (?<file>[^\s:]+):(?<line>\d+):(?<column>\d+) in \S+$/;

/** The compiler's errors; of an exception the innermost call in the program, where it is told. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const add = (at: Record<string, string>, severity: Diagnostic["severity"], message: string): boolean => {
    const file = programFile(at.file, mainFile, sources);
    if (file) found.push({ ...file, line: Number(at.line), column: Number(at.column), severity, message });
    return file !== null;
  };
  const lines = splitLines(output);
  let uncaught: string | null = null;
  for (const [index, text] of lines.entries()) {
    const said = MESSAGE.exec(text)?.groups;
    if (said) {
      const words = (said.words ?? "").replace(CODES, "").trim() || (lines[index + 1] ?? "").trim();
      add(said, said.severity === "warning" ? "warning" : "error", words.replace(/^• /, ""));
      continue;
    }
    const pattern = PATTERN.exec(text)?.groups;
    if (pattern) add(pattern, "error", pattern.message ?? "");
    else uncaught = UNCAUGHT.exec(text)?.groups?.message ?? uncaught;
    const call = uncaught === null ? undefined : CALL.exec(text)?.groups;
    if (call && uncaught !== null && add(call, "error", uncaught)) uncaught = null;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  vocabulary: VOCABULARY,
  findDiagnostics,
  endOfInput: /^main: Prelude\.\w+: end of file$|^main: <stdin>: hGet\w+: end of file$/m,
};
