"use client";

import type * as Monaco from "monaco-editor/editor";
import { useEffect, useState } from "react";
import { monaco } from "./monaco";

/** Escape first closes open widgets; only with none open does it release the Tab key. */
const NOTHING_OPEN = [
  "editorTextFocus",
  "!suggestWidgetVisible",
  "!findWidgetVisible",
  "!parameterHintsVisible",
  "!renameInputVisible",
  "!markersNavigationVisible",
  "!inSnippetMode",
  "!editorHasMultipleSelections",
  "!editorHasSelection",
  "!editorHoverVisible",
].join(" && ");

/**
 * After Escape, Tab moves the focus out of the editor; after blur or an edit it indents again. While letters are commands
 * (`typing` is false), Tab always moves the focus.
 */
export function useTabEscape(editor: Monaco.editor.IStandaloneCodeEditor | null, typing: boolean): boolean {
  const [tabMoves, setTabMoves] = useState(false);
  useEffect(() => {
    if (!editor) return;
    const set = (on: boolean) => {
      editor.updateOptions({ tabFocusMode: on });
      setTabMoves(on);
    };
    const disposables = [
      editor.addAction({
        id: "quicksand.releaseTab",
        label: "Let Tab Leave the Editor",
        keybindings: [monaco.KeyCode.Escape],
        keybindingContext: NOTHING_OPEN,
        run: () => set(true),
      }),
      editor.onDidBlurEditorWidget(() => set(!typing)),
      editor.onDidChangeModelContent(() => set(!typing)),
    ];
    set(!typing);
    return () => {
      for (const disposable of disposables) disposable.dispose();
    };
  }, [editor, typing]);
  return tabMoves;
}
