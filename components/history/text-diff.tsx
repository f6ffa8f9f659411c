"use client";

import { DiffEditor } from "@monaco-editor/react";
import type * as Monaco from "monaco-editor/editor";
import { useTheme } from "next-themes";
import "../editor/monaco";
import { DARK_THEME, LIGHT_THEME } from "../editor/monaco-themes";
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
  // Where there is no room for two columns they become one, below each other.
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

/** Two texts beside each other, with their differences marked, in the editor's own colours. */
export default function TextDiff({ name, language, original, modified }: TextDiffProps) {
  const { resolvedTheme } = useTheme();
  const lines = Math.max(original.split("\n").length, modified.split("\n").length);
  const height = Math.min(MAX_LINES, Math.max(MIN_LINES, lines + 1)) * LINE_PX + 16;
  return (
    <DiffEditor
      height={height}
      language={language}
      original={original}
      modified={modified}
      theme={resolvedTheme === "dark" ? DARK_THEME : LIGHT_THEME}
      loading={<Skeleton className="m-4 h-3/4 w-full" />}
      options={OPTIONS}
      onMount={(diff) => {
        keepLabel(diff.getOriginalEditor(), `${name} of run A`);
        keepLabel(diff.getModifiedEditor(), `${name} of run B`);
      }}
    />
  );
}

/** The diff editor has options for these labels and forgets them at its first change of any other option. */
function keepLabel(editor: Monaco.editor.ICodeEditor, ariaLabel: string): void {
  const set = () => {
    if (editor.getRawOptions().ariaLabel !== ariaLabel) editor.updateOptions({ ariaLabel });
  };
  set();
  editor.onDidChangeConfiguration(set);
}
