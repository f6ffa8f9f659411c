import type { Diagnostic, EditorFile, LanguageEditor } from "../editor";
import { distinct, programFile, splitLines } from "../editor-diagnostics";
import { VOCABULARY } from "./editor-vocabulary";

const MESSAGE = /^(?<message>.+) at (?<file>\S+) line (?<line>\d+)(?:[.,].*)?$/;
/** Perl says of none of its messages whether the program goes on; these are the usual ones of `use warnings`. */
const WARNING =
  /^(?:Use of uninitialized|Argument ".*" isn't numeric|Useless use|Odd number of|Name ".*" used only once|Possible |Scalar value|Deep recursion|Wide character|Subroutine \S+ redefined|".*" variable|Unquoted string|Reference found|readline\(\)|print\(\)|Found = in|Statement unlikely|substr outside|Illegal \w+ digit)/;

function findDiagnostics(
  output: string,
  mainFile: string,
  sources?: readonly EditorFile[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const text of splitLines(output)) {
    const { message = "", file, line } = MESSAGE.exec(text)?.groups ?? {};
    const place = programFile(file, mainFile, sources);
    if (!place) continue;
    const severity = WARNING.test(message) ? "warning" : "error";
    found.push({ ...place, line: Number(line), column: null, severity, message });
  }
  return distinct(found);
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/perl/register"),
  alsoEdits: { pm: "perl" },
  findDiagnostics,
  vocabulary: VOCABULARY,
  formats: true,
};
