import type { Diagnostic } from "@/lib/languages/editor";

/** A part of a text that was replaced, as Monaco tells it. */
export interface Change {
  range: { startLineNumber: number; endLineNumber: number };
  text: string;
}

/** Something that a run found, with the line as it was then. */
export interface RunMark {
  diagnostic: Diagnostic;
  line: string;
}

/**
 * The marks that still hold after `changes`, moved with their lines. A mark whose line has other text by now is gone: what was found there
 * is perhaps mended. `lineAt` gives the lines of the changed text.
 */
export function marksAfter(
  marks: readonly RunMark[],
  changes: readonly Change[],
  lineAt: (line: number) => string | undefined,
): readonly RunMark[] {
  return marks.flatMap(({ diagnostic, line: text }) => {
    const found = placesAfter(diagnostic.line, changes).find((line) => lineAt(line) === text);
    return found === undefined ? [] : [{ diagnostic: { ...diagnostic, line: found }, line: text }];
  });
}

/** Where a line may be: when text is put at its beginning or end it is not told which of the new lines it is. */
function placesAfter(line: number, changes: readonly Change[]): number[] {
  let moved = 0;
  let touched = 0;
  for (const { range, text } of changes) {
    const grown = text.split("\n").length - 1 - (range.endLineNumber - range.startLineNumber);
    if (range.endLineNumber < line) moved += grown;
    else if (range.startLineNumber <= line) touched += grown;
  }
  return touched === 0 ? [line + moved] : [line + moved, line + moved + touched];
}
