import type { Diagnostic, EditorFile } from "../editor";
import { programFile, splitLines } from "../editor-diagnostics";

const FRAME = /^\s+at (?:.* \()?(?<file>(?:file:\/\/)?[^():\s]+):(?<line>\d+):(?<column>\d+)\)?$/;
/** Deno names the place of what it cannot read behind what is wrong with it. */
const PARSED = /^(?<message>.+) at (?<file>file:\/\/[^\s:]+):(?<line>\d+):(?<column>\d+)$/;
const UNCAUGHT = /^(?:Uncaught (?:\(in promise\) )?|The module's source code could not be parsed: )/;
const HEADS = [/^error: (?<message>.+)$/, /^(?<message>[A-Z]\w*(?:Error|Exception): .+)$/];

/**
 * What Deno and Bun say of an uncaught error: one line, then the calls, the innermost first. Its innermost line of the main file; and the
 * innermost of the other files, where that is further inside.
 */
export function findRuntimeDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let message: string | null = null;
  for (const text of splitLines(output)) {
    const head = HEADS.map((pattern) => pattern.exec(text)?.groups?.message).find(Boolean);
    if (head !== undefined && message === null) {
      message = head.replace(UNCAUGHT, "");
      const parsed = PARSED.exec(message)?.groups;
      const file = parsed && programFile(parsed.file, mainFile, sources);
      if (file) return [{ ...file, ...positionOf(parsed), severity: "error", message: parsed.message ?? "" }];
      continue;
    }
    const frame = message === null ? undefined : FRAME.exec(text)?.groups;
    const file = frame && programFile(frame.file, mainFile, sources);
    if (message === null || !file) continue;
    const one: Diagnostic = { ...file, ...positionOf(frame), severity: "error", message };
    if (file.file === undefined) return [one, ...found];
    if (found.length === 0) found.push(one);
  }
  return found;
}

function positionOf({ line, column }: Record<string, string>): Pick<Diagnostic, "line" | "column"> {
  return { line: Number(line), column: Number(column) };
}
