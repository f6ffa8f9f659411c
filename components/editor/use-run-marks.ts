"use client";

import type * as Monaco from "monaco-editor/editor";
import { useEffect } from "react";
import type { Diagnostic } from "@/lib/languages/editor";
import { modelOf } from "./model-paths";
import { monaco } from "./monaco";
import { marksAfter, type RunMark } from "./run-marks";

/** Owner and source of the marks of a run. */
export const RUN_MARKS = "Run";

/** Marks what a run found, in each file of the program, until the line changes. */
export function useRunMarks(
  editor: Monaco.editor.IStandaloneCodeEditor | null,
  { id, mainFile }: { id: string; mainFile: string },
  diagnostics: readonly Diagnostic[],
): void {
  useEffect(() => {
    if (!editor) return;
    const stops = [...new Set(diagnostics.map(({ file = mainFile }) => file))].map((file) => {
      const model = modelOf(id, file);
      return (
        model &&
        mark(
          model,
          diagnostics.filter(({ file: one = mainFile }) => one === file),
        )
      );
    });
    return () => {
      for (const stop of stops) stop?.();
    };
  }, [editor, id, mainFile, diagnostics]);
}

/** Marks a file's diagnostics. Returns a function that takes the marks away. */
function mark(model: Monaco.editor.ITextModel, diagnostics: readonly Diagnostic[]): () => void {
  let marks: readonly RunMark[] = diagnostics
    .map((one) => ({ ...one, line: Math.min(one.line, model.getLineCount()) }))
    .map((diagnostic) => ({ diagnostic, line: model.getLineContent(diagnostic.line) }));
  const show = () =>
    monaco.editor.setModelMarkers(
      model,
      RUN_MARKS,
      marks.map(({ diagnostic }) => toMarker(model, diagnostic)),
    );
  const lineAt = (line: number) => (line <= model.getLineCount() ? model.getLineContent(line) : undefined);
  const listener = model.onDidChangeContent(({ changes }) => {
    marks = marksAfter(marks, changes, lineAt);
    show();
  });
  show();
  return () => {
    listener.dispose();
    if (!model.isDisposed()) monaco.editor.setModelMarkers(model, RUN_MARKS, []);
  };
}

function toMarker(model: Monaco.editor.ITextModel, diagnostic: Diagnostic): Monaco.editor.IMarkerData {
  const { line: lineNumber, column, endColumn, severity, message } = diagnostic;
  const end = model.getLineMaxColumn(lineNumber);
  const start =
    column === null ? model.getLineFirstNonWhitespaceColumn(lineNumber) || 1 : Math.min(column, end);
  const word = model.getWordAtPosition({ lineNumber, column: start });
  return {
    message,
    source: RUN_MARKS,
    severity: severity === "error" ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    startLineNumber: lineNumber,
    startColumn: start,
    endLineNumber: lineNumber,
    endColumn: column === null ? end : Math.min(endColumn ?? word?.endColumn ?? start + 1, end + 1),
  };
}
