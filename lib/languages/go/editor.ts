import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE = /^(?:vet: )?(?<file>[^\s:]+):(?<line>\d+):(?<column>\d+): (?<message>.+)$/;
const PANIC = /^(?:panic|fatal error): (?<message>.+)$/;
/** Of what ran when a program ended; the line above names the function. */
const FRAME = /^\t(?<file>[^\s:]+):(?<line>\d+)(?: \+0x[0-9a-f]+)?$/;

/** The compiler's errors, and of a panic the innermost line of the program. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let panic: string | undefined;
  for (const text of splitLines(output)) {
    const { file, line, column, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (place)
      found.push({ ...place, line: Number(line), column: Number(column), severity: "error", message });
    panic ??= PANIC.exec(text)?.groups?.message;
    const frame = panic === undefined ? undefined : FRAME.exec(text)?.groups;
    const own = frame && programFile(frame.file, mainFile, sources);
    if (!own || panic === undefined) continue;
    found.push({ ...own, line: Number(frame.line), column: null, severity: "error", message: panic });
    break;
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/go/register"),
  vocabulary: VOCABULARY,
  formats: true,
  findDiagnostics,
};
