import type { Diagnostic, EditorFile } from "../editor";
import { programFile, splitLines } from "../editor-diagnostics";

const PLACE = /^(?<file>(?:file:\/\/)?\/?[^\s:]+):(?<line>\d+)$/;
const FRAME = /^\s+at (?:.* \()?(?<file>(?:file:\/\/)?[^():\s]+):(?<line>\d+):(?<column>\d+)\)?$/;
const ERROR = /^(?:Uncaught )?(?<message>[A-Z]\w*(?:Error|Exception)\b.*)$/;

/**
 * The innermost line of the main file in Node's words for an uncaught error; for a syntax error, which has none, the place above it. And
 * the innermost of the other files, where that is further inside.
 */
export function findNodeDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const lines = splitLines(output);
  const at = lines.findIndex((line) => ERROR.test(line));
  const message = ERROR.exec(lines[at] ?? "")?.groups?.message;
  if (message === undefined) return [];
  const found: Diagnostic[] = [];
  for (const text of lines.slice(at + 1)) {
    const frame = FRAME.exec(text)?.groups;
    const file = frame && programFile(frame.file, mainFile, sources);
    if (!file) continue;
    const place = { ...file, line: Number(frame.line), column: Number(frame.column) };
    if (file.file === undefined) return [{ ...place, severity: "error", message }, ...found];
    if (found.length === 0) found.push({ ...place, severity: "error", message });
  }
  if (found.length > 0) return found;
  for (const [index, text] of lines.slice(0, at).entries()) {
    const place = PLACE.exec(text)?.groups;
    const file = place && programFile(place.file, mainFile, sources);
    if (file)
      return [
        {
          ...file,
          line: Number(place.line),
          ...caretIn(lines.slice(index + 1, at)),
          severity: "error",
          message,
        },
      ];
  }
  return [];
}

/** Below the place Node shows the line as it is, and below that the part that failed. */
function caretIn([, marks = ""]: readonly string[]): Pick<Diagnostic, "column" | "endColumn"> {
  const found = /^(?<before> *)(?<marks>\^+)$/.exec(marks)?.groups;
  if (!found) return { column: null };
  const column = (found.before ?? "").length + 1;
  return { column, endColumn: column + (found.marks ?? "").length };
}
