import type { Diagnostic } from "./editor";

/** More than these would be noise in the editor; compilers repeat themselves after the first few. */
const MAX_DIAGNOSTICS = 50;

/** Whether a message's file is the main program: messages name it alone or by its path in the sandbox. */
export function isMain(file: string | undefined, mainFile: string): boolean {
  return file === mainFile || file?.endsWith(`/${mainFile}`) === true;
}

export function splitLines(output: string): readonly string[] {
  return output.split(/\r?\n/);
}

/** Each place once, and not too many. */
export function distinct(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(found.map((one) => [`${one.line}:${one.column}:${one.message}`, one]));
  return [...unique.values()].slice(0, MAX_DIAGNOSTICS);
}
