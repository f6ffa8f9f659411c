import type { Diagnostic } from "../editor";
import { isMain, splitLines } from "../editor-diagnostics";

const PLACE = /^(?<file>(?:file:\/\/)?\/?[^\s:]+):(?<line>\d+)$/;
const FRAME = /^\s+at (?:.* \()?(?<file>(?:file:\/\/)?[^():\s]+):(?<line>\d+):(?<column>\d+)\)?$/;
const ERROR = /^(?:Uncaught )?(?<message>[A-Z]\w*(?:Error|Exception)\b.*)$/;

/** The innermost line of the main file in Node's words for an uncaught error; for a syntax error, which has none, the place above it. */
export function findNodeDiagnostics(output: string, mainFile: string): readonly Diagnostic[] {
  const lines = splitLines(output);
  const at = lines.findIndex((line) => ERROR.test(line));
  const message = ERROR.exec(lines[at] ?? "")?.groups?.message;
  if (message === undefined) return [];
  for (const text of lines.slice(at + 1)) {
    const frame = FRAME.exec(text)?.groups;
    if (frame && isMain(frame.file, mainFile)) {
      return [{ line: Number(frame.line), column: Number(frame.column), severity: "error", message }];
    }
  }
  for (const text of lines.slice(0, at)) {
    const place = PLACE.exec(text)?.groups;
    if (place && isMain(place.file, mainFile)) {
      return [{ line: Number(place.line), column: null, severity: "error", message }];
    }
  }
  return [];
}
