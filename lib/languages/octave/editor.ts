import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const PARSE_ERROR = /^(?:error: )?parse error near line (?<line>\d+)(?:, column \d+)? of file (?<file>\S+)$/;
const ERROR = /^error: (?<message>.+)$/;
const FRAME = /^ {4}(?<name>\S+) at line (?<line>\d+) column (?<column>\d+)$/;
const FUNCTION = /^[ \t]*function\b(?:[^=\n%#]*=)?[ \t]*(?<name>[\w.]+)/gm;

/** Callers are listed below a message, the innermost first, by the names of their functions: which file that is the program tells. */
function findDiagnostics(
  output: string,
  mainFile: string,
  sources: readonly EditorFile[] = [],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const files = filesOfFunctions(mainFile, sources);
  const lines = splitLines(output);
  let message = "";
  lines.forEach((text, at) => {
    const parse = PARSE_ERROR.exec(text)?.groups;
    if (parse) {
      const place = programFile(parse.file, mainFile, sources);
      const said = lines.slice(at + 1, at + 4).find((one) => one.trim() !== "") ?? "syntax error";
      if (place) {
        found.push({
          ...place,
          line: Number(parse.line),
          column: null,
          severity: "error",
          message: said.trim(),
        });
      }
      return;
    }
    const said = ERROR.exec(text)?.groups?.message;
    if (said !== undefined && said !== "called from") message = said;
    const { name, line, column } = FRAME.exec(text)?.groups ?? {};
    if (name === undefined || message === "") return;
    const place = programFile(files.get(name) ?? name, mainFile, sources);
    if (!place) return;
    found.push({ ...place, line: Number(line), column: Number(column), severity: "error", message });
    message = "";
  });
  return distinct(found);
}

/** By each name that a caller can have: its file. */
function filesOfFunctions(mainFile: string, sources: readonly EditorFile[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { path, content } of [{ path: mainFile, content: "" }, ...sources]) {
    const stem = path.split("/").at(-1)?.replace(/\.m$/, "") ?? path;
    files.set(stem, path);
    for (const { groups } of content.matchAll(FUNCTION)) if (groups?.name) files.set(groups.name, path);
  }
  return files;
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("./editor-syntax"),
  findDiagnostics,
  vocabulary: VOCABULARY,
};
