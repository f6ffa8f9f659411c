import type { Diagnostic, EditorFile } from "../editor";
import { programFile, splitLines } from "../editor-diagnostics";

const HEAD = /^(?:✘|▲|X|!) \[(?<severity>ERROR|WARNING)\] (?<message>.+)$/;
const PLACE = /^\s+(?<file>[^\s:]+):(?<line>\d+):(?<column>\d+):$/;

/** What esbuild says of the program's files: a line of words, then one of the place. */
export function findEsbuildDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let head: Pick<Diagnostic, "severity" | "message"> | null = null;
  for (const line of splitLines(output)) {
    const start = HEAD.exec(line)?.groups;
    if (start) {
      head = { severity: start.severity === "WARNING" ? "warning" : "error", message: start.message ?? "" };
      continue;
    }
    const place = PLACE.exec(line)?.groups;
    const file = place && programFile(place.file, mainFile, sources);
    if (!head || !file) continue;
    // esbuild counts columns from 0.
    found.push({ ...file, ...head, line: Number(place.line), column: Number(place.column) + 1 });
    head = null;
  }
  return found;
}
