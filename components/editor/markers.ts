"use client";

import type * as Monaco from "monaco-editor/editor";
import type { Diagnostic } from "@/lib/languages/editor";
import { monaco } from "./monaco";

/** A place that a compiler or an error named, as Monaco marks it: its word where the column is known, else its line. */
export function toMarker(model: Monaco.editor.ITextModel) {
  return ({ line, column, severity, message }: Diagnostic): Monaco.editor.IMarkerData => {
    const lineNumber = Math.min(line, model.getLineCount());
    const end = model.getLineMaxColumn(lineNumber);
    const start =
      column === null ? model.getLineFirstNonWhitespaceColumn(lineNumber) || 1 : Math.min(column, end);
    const word = model.getWordAtPosition({ lineNumber, column: start });
    return {
      message,
      severity: severity === "error" ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
      startLineNumber: lineNumber,
      startColumn: start,
      endLineNumber: lineNumber,
      endColumn: column === null ? end : (word?.endColumn ?? Math.max(start + 1, end)),
    };
  };
}
