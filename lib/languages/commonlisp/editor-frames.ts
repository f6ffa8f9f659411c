import type { EditorFile } from "../editor";
import { splitLines } from "../editor-diagnostics";

const DEFINITION = /^\s*\((?:defun|defmacro|defmethod|defsubst|cl-defun|cl-defmethod)\s+(?<name>[^\s()]+)/i;

/** Where a function of the program is defined: the nearest that a runtime tells whose backtraces name functions and no lines. */
export interface Definition {
  file: string;
  line: number;
}

/** The definitions of a program of Lisp by their names, in small letters. */
export function definitionsOf(sources: readonly EditorFile[]): ReadonlyMap<string, Definition> {
  const found = new Map<string, Definition>();
  for (const { path, content } of sources) {
    splitLines(content).forEach((text, at) => {
      const name = DEFINITION.exec(text)?.groups?.name?.toLowerCase();
      if (name !== undefined && !found.has(name)) found.set(name, { file: path, line: at + 1 });
    });
  }
  return found;
}
