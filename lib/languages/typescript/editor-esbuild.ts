import type { Diagnostic } from "../editor";
import { isMain, splitLines } from "../editor-diagnostics";

const HEAD = /^(?:✘|▲|X|!) \[(?<severity>ERROR|WARNING)\] (?<message>.+)$/;
const PLACE = /^\s+(?<file>[^\s:]+):(?<line>\d+):(?<column>\d+):$/;

/** What esbuild says of the main file: a line of words, then one of the place. */
export function findEsbuildDiagnostics(output: string, mainFile: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let head: Pick<Diagnostic, "severity" | "message"> | null = null;
  for (const line of splitLines(output)) {
    const start = HEAD.exec(line)?.groups;
    if (start) {
      head = { severity: start.severity === "WARNING" ? "warning" : "error", message: start.message ?? "" };
      continue;
    }
    const place = PLACE.exec(line)?.groups;
    if (!head || !place || !isMain(place.file, mainFile)) continue;
    // esbuild counts columns from 0.
    found.push({ ...head, line: Number(place.line), column: Number(place.column) + 1 });
    head = null;
  }
  return found;
}
