import type { Diagnostic, EditorFile } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";

const MESSAGE =
  /^(?<file>[^\s:]+):(?<line>\d+):(?:(?<column>\d+):)? (?<severity>fatal error|error|warning): (?<message>.+)$/;

/** What gcc and g++ say of the program's files. */
export function findGccDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const { file, line, column, severity, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) continue;
    found.push({
      ...place,
      line: Number(line),
      column: column ? Number(column) : null,
      severity: severity === "warning" ? "warning" : "error",
      message,
    });
  }
  return distinct(found);
}
