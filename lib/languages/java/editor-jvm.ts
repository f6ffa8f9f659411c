import type { Diagnostic, EditorFile } from "../editor";
import { programFile, splitLines } from "../editor-diagnostics";

const HEAD = /^Exception in thread "[^"]*" (?<message>[\w.$]+(?:: .*)?)$/;
/** Frames of Java's own classes have their module before a slash. */
const FRAME = /^\s+at (?<method>[^\s()/]+)\((?<file>[^\s():]+):(?<line>\d+)\)$/;

/**
 * The innermost line of the main file in the words of a Java machine for an uncaught exception; and the innermost of the other files, where
 * that is further inside.
 */
export function findJvmDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let message: string | undefined;
  for (const text of splitLines(output)) {
    message ??= HEAD.exec(text)?.groups?.message;
    const frame = message === undefined ? undefined : FRAME.exec(text)?.groups;
    const file = frame && programFile(pathOf(frame), mainFile, sources);
    if (!file || message === undefined) continue;
    const one: Diagnostic = { ...file, line: Number(frame.line), column: null, severity: "error", message };
    if (one.file === undefined) return [one, ...found];
    if (found.length === 0) found.push(one);
  }
  return found;
}

/** A frame names a file without its folder; that is the package, in `shapes.Square.area`. */
function pathOf({ method = "", file = "" }: Record<string, string>): string {
  return [...method.split(".").slice(0, -2), file].join("/");
}
