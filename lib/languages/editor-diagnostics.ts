import type { Diagnostic, EditorFile } from "./editor";

/** More than these would be noise in the editor; compilers repeat themselves after the first few. */
const MAX_DIAGNOSTICS = 50;

/** Whether a message's file is the main program: messages name it alone or by its path in the sandbox. */
export function isMain(file: string | undefined, mainFile: string): boolean {
  return file === mainFile || file?.endsWith(`/${mainFile}`) === true;
}

/** Which of the program's files a message names: nothing for the main one, `null` when it is none of the program's. */
export function programFile(
  file: string | undefined,
  mainFile: string,
  sources: readonly EditorFile[] = [],
): Pick<Diagnostic, "file"> | null {
  // Of `lib/main.py` and `main.py` the longer one is meant where both fit.
  const found = sources
    .map(({ path }) => path)
    .filter((path) => isMain(file, path))
    .sort((a, b) => b.length - a.length)[0];
  if (found !== undefined && found !== mainFile) return { file: found };
  return isMain(file, mainFile) ? {} : null;
}

export function splitLines(output: string): readonly string[] {
  return output.split(/\r?\n/);
}

/** Each place once, and not too many. */
export function distinct(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(found.map((one) => [`${one.file}:${one.line}:${one.column}:${one.message}`, one]));
  return [...unique.values()].slice(0, MAX_DIAGNOSTICS);
}
