"use client";

import type * as Monaco from "monaco-editor/editor";
import { useEffect } from "react";
import type { Problem } from "@/lib/client/problem";
import { modelOf, pathIn } from "./model-paths";
import { monaco } from "./monaco";

type Editor = Monaco.editor.IStandaloneCodeEditor;

/** What is marked in a program's files, in the order in which F8 goes through it. Hints, such as names that are not used, are no problems. */
function problemsOf(languageId: string, mainFile: string): readonly Problem[] {
  const { Error: error, Warning, Info } = monaco.MarkerSeverity;
  return monaco.editor
    .getModelMarkers({})
    .flatMap(({ resource, severity, message, source, owner, ...at }): Problem[] => {
      const file = pathIn(languageId, resource);
      if (file === null || severity < Info || modelOf(languageId, file) === null) return [];
      const words = { [error]: "error", [Warning]: "warning", [Info]: "info" } as const;
      return [
        {
          ...{ file, message, source: source ?? nameOf(owner) },
          ...{ line: at.startLineNumber, column: at.startColumn },
          severity: words[severity as keyof typeof words] ?? "error",
        },
      ];
    })
    .sort(
      (a, b) =>
        Number(b.file === mainFile) - Number(a.file === mainFile) ||
        a.file.localeCompare(b.file) ||
        a.line - b.line ||
        a.column - b.column,
    );
}

/** Monaco's services name themselves by their language. */
function nameOf(owner: string): string {
  return { typescript: "TypeScript", javascript: "JavaScript" }[owner] ?? owner;
}

/** Tells what is marked in the program, now and whenever it changes. */
export function useProblems(
  editor: Editor | null,
  { id, mainFile }: { id: string; mainFile: string },
  onProblems: ((problems: readonly Problem[]) => void) | undefined,
): void {
  useEffect(() => {
    if (!editor || !onProblems) return;
    let told = "[]";
    const tell = () => {
      const problems = problemsOf(id, mainFile);
      const now = JSON.stringify(problems);
      if (now !== told) onProblems(problems);
      told = now;
    };
    onProblems([]);
    tell();
    const listener = monaco.editor.onDidChangeMarkers(tell);
    return () => listener.dispose();
  }, [editor, id, mainFile, onProblems]);
}

/**
 * F8 and Shift+F8 go through this program's problems: in the file that is seen, then in its other files, which `onOpen` shows. Monaco's own
 * go through everything that is marked, in programs that are not open as well.
 */
export function addProblemKeys(
  editor: Editor,
  programOf: () => { id: string; mainFile: string },
  onOpen: (problem: Problem) => void,
): void {
  const go = (direction: 1 | -1) => {
    const { id, mainFile } = programOf();
    const model = editor.getModel();
    const here = model && pathIn(id, model.uri);
    const position = editor.getPosition();
    if (!position || !here) return;
    const problems = problemsOf(id, mainFile);
    const within = problems.some(
      ({ file, line, column }) =>
        file === here && direction * (line - position.lineNumber || column - position.column) > 0,
    );
    const files = [...new Set(problems.map(({ file }) => file))];
    const other = files[(files.indexOf(here) + direction + files.length) % Math.max(files.length, 1)];
    if (within || other === undefined || other === here) {
      editor.trigger(
        "quicksand",
        direction === 1 ? "editor.action.marker.next" : "editor.action.marker.prev",
        null,
      );
      return;
    }
    const inOther = problems.filter(({ file }) => file === other);
    const target = direction === 1 ? inOther[0] : inOther.at(-1);
    if (target) onOpen(target);
  };
  editor.addAction({
    id: "quicksand.nextProblem",
    label: "Go to the Next Problem of the Program",
    keybindings: [monaco.KeyCode.F8],
    run: () => go(1),
  });
  editor.addAction({
    id: "quicksand.previousProblem",
    label: "Go to the Previous Problem of the Program",
    keybindings: [monaco.KeyMod.Shift | monaco.KeyCode.F8],
    run: () => go(-1),
  });
}
