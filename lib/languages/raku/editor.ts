import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

/** A caller of a program that runs, the innermost first: `  in sub half at main.raku line 2`. */
const FRAME =
  /^ {2}in (?:sub|method|block|submethod|code|any|regex|token|rule)\b.* at (?<file>\S+)(?: \([^)]*\))? line (?<line>\d+)$/;
/** Of a program that cannot be compiled: `at /tmp/work/main.raku:2`, below what is wrong. */
const PLACE = /^at (?<file>[^\s:]+):(?<line>\d+)$/;
const SORRY = /^===SORRY!===(?: Error while compiling \S+)?$/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let message = "";
  let told = false;
  for (const text of splitLines(output)) {
    const frame = FRAME.exec(text)?.groups;
    const { file, line } = frame ?? PLACE.exec(text)?.groups ?? {};
    if (file === undefined) {
      if (text.trim() === "" || SORRY.test(text) || /^[ -]/.test(text)) continue;
      message = text;
      told = false;
      continue;
    }
    const place = programFile(file, mainFile, sources);
    if (!place || message === "" || (frame && told)) continue;
    told = true;
    found.push({ ...place, line: Number(line), column: null, severity: "error", message });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  alsoEdits: { rakumod: "raku" },
  findDiagnostics,
  vocabulary: VOCABULARY,
};
