import type { Diagnostic } from "../editor";
import { distinct, isMain, splitLines } from "../editor-diagnostics";

const MESSAGE =
  /^(?<file>[^\s:]+):(?<line>\d+):(?:(?<column>\d+):)? (?<severity>fatal error|error|warning): (?<message>.+)$/;

/** What gcc and g++ say of the main file. */
export function findGccDiagnostics(output: string, mainFile: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const { file, line, column, severity, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    if (!isMain(file, mainFile)) continue;
    found.push({
      line: Number(line),
      column: column ? Number(column) : null,
      severity: severity === "warning" ? "warning" : "error",
      message,
    });
  }
  return distinct(found);
}
