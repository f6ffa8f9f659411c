"use client";

import { DiffEditor } from "@monaco-editor/react";
import type * as Monaco from "monaco-editor/editor";
import "../editor/monaco";
// Adds the accessible diff viewer (F7 and Shift+F7).
import "monaco-editor/features/diffEditor/register";
import { MONACO_ROOT } from "../editor/monaco-themes";
import { useEditorTheme } from "../editor/use-editor-theme";
import { Skeleton } from "../ui/skeleton";

interface TextDiffProps {
  name: string;
  language: string;
  original: string;
  modified: string;
}

const LINE_PX = 20;
const MIN_LINES = 3;
const MAX_LINES = 30;

const OPTIONS = {
  readOnly: true,
  originalEditable: false,
  fontSize: 13,
  lineHeight: LINE_PX,
  fontFamily:
    'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace',
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderOverviewRuler: false,
  overviewRulerLanes: 0,
  fixedOverflowWidgets: true,
  lineNumbersMinChars: 3,
  padding: { top: 8, bottom: 8 },
  renderFinalNewline: "on",
  folding: false,
  links: false,
  // Inline instead of side by side on narrow windows.
  renderSideBySide: true,
  useInlineViewWhenSpaceIsLimited: true,
  renderSideBySideInlineBreakpoint: 600,
  hideUnchangedRegions: { enabled: true },
  scrollbar: {
    verticalScrollbarSize: 10,
    horizontalScrollbarSize: 10,
    useShadows: false,
    alwaysConsumeMouseWheel: false,
  },
} as const;

/** A diff in the editor's theme. */
export default function TextDiff({ name, language, original, modified }: TextDiffProps) {
  const theme = useEditorTheme();
  const lines = Math.max(original.split("\n").length, modified.split("\n").length);
  const height = Math.min(MAX_LINES, Math.max(MIN_LINES, lines + 1)) * LINE_PX + 16;
  return (
    <DiffEditor
      height={height}
      language={language}
      original={original}
      modified={modified}
      theme={theme}
      className={MONACO_ROOT}
      loading={<Skeleton className="m-4 h-3/4 w-full" />}
      options={OPTIONS}
      onMount={(diff) => {
        keepLabel(diff.getOriginalEditor(), `${name} of run A`);
        keepLabel(diff.getModifiedEditor(), `${name} of run B`);
      }}
    />
  );
}

/** The diff editor's own options for these labels are lost when any other option changes. */
function keepLabel(editor: Monaco.editor.ICodeEditor, ariaLabel: string): void {
  const set = () => {
    if (editor.getRawOptions().ariaLabel !== ariaLabel) editor.updateOptions({ ariaLabel });
  };
  set();
  editor.onDidChangeConfiguration(set);
}
