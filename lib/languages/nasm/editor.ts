import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE = /^(?<file>[^\s:]+):(?<line>\d+): (?<severity>error|fatal|panic|warning): (?<message>.+)$/;
/** The linker's, which names the line by the debugging information. */
const UNDEFINED =
  /^(?:\S+: )?(?<file>[^\s:]+):(?<line>\d+):(?:\([^)]*\):)? (?<message>undefined reference to .+)$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const { file, line, severity, message = "" } = (MESSAGE.exec(text) ?? UNDEFINED.exec(text))?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) continue;
    found.push({
      ...place,
      line: Number(line),
      column: null,
      severity: severity === "warning" ? "warning" : "error",
      message,
    });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  alsoEdits: { inc: "nasm", nasm: "nasm" },
  vocabulary: VOCABULARY,
  findDiagnostics,
};
