"use client";

import MonacoEditor from "@monaco-editor/react";
import type * as Monaco from "monaco-editor/editor";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Preferences } from "@/lib/schemas/account";
import { EditorSkeleton } from "./editor-skeleton";
import { monaco } from "./monaco";
import { MONACO_ROOT } from "./monaco-themes";
import { type EditorServicesOptions, useEditorServices } from "./use-editor-services";
import { useEditorTheme } from "./use-editor-theme";
import { useKeyMap } from "./use-key-map";
import { useSyntax } from "./use-syntax";
import { useTabEscape } from "./use-tab-escape";

type Editor = Monaco.editor.IStandaloneCodeEditor;

/** What the rest of the page can do with the editor. */
export interface EditorHandle {
  jump(line: number, column: number | null): void;
  focus(): void;
  /** Runs one of the editor's commands by its id. */
  runCommand(id: string): void;
}

export interface CodeEditorProps extends EditorServicesOptions {
  language: { id: string; editor: string; mainFile: string };
  code: string;
  /** Changes when `code` was changed outside the editor and must be set in it. */
  epoch: number;
  preferences: Preferences;
  onChange: (code: string) => void;
  onRun: () => void;
  onReady: (handle: EditorHandle | null) => void;
}

const OPTIONS: Monaco.editor.IStandaloneEditorConstructionOptions = {
  fontFamily:
    'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace',
  minimap: { enabled: false },
  padding: { top: 12, bottom: 12 },
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  fixedOverflowWidgets: true,
  overviewRulerLanes: 0,
  renderFinalNewline: "on",
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 12,
  glyphMargin: false,
  folding: true,
  renderLineHighlight: "line",
  renderLineHighlightOnlyWhenFocus: true,
  guides: { indentation: true, bracketPairs: false },
  bracketPairColorization: { enabled: false },
  stickyScroll: { enabled: false },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  quickSuggestions: { other: true, comments: false, strings: false },
  links: false,
  contextmenu: true,
  // Our own words come without a wait (lib/languages/editor-words.ts).
  wordBasedSuggestions: "off",
  // Enter accepts a suggestion only if that changes the text: after a complete word it must be a newline.
  acceptSuggestionOnEnter: "smart",
};

const LINE_HEIGHT = 1.5;

/**
 * The code editor. Uncontrolled: edits are reported by `onChange`, and text is set only when `epoch` changes. A controlled
 * editor could overwrite newer text with older while the page is busy rendering output.
 */
export default function CodeEditor(props: CodeEditorProps) {
  const { language, code, epoch, preferences, onReady } = props;
  const { fontSize, tabWidth, keyMap } = preferences;
  const [editor, setEditor] = useState<Editor | null>(null);
  const theme = useEditorTheme();
  const latest = useLatest(props);
  const commandLine = useRef<HTMLDivElement>(null);
  const typing = useKeyMap({ editor, keyMap, line: commandLine });
  const tabMoves = useTabEscape(editor, typing);
  const known = useSyntax(language.id, props.files);
  const monacoLanguage = known ? language.editor : "plaintext";
  const path = `file:///${language.id}/${language.mainFile}`;
  const options = useMemo(
    () => ({
      ...OPTIONS,
      fontSize,
      lineHeight: Math.round(fontSize * LINE_HEIGHT),
      ariaLabel: `Code editor, ${language.mainFile}. Press Escape, then Tab, to leave it.`,
    }),
    [language.mainFile, fontSize],
  );

  function onMount(mounted: Editor): void {
    mounted.addAction({
      id: "quicksand.run",
      label: "Run the Program",
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
      contextMenuGroupId: "navigation",
      run: () => latest.current.onRun(),
    });
    setEditor(mounted);
  }

  useEffect(() => {
    onReady(editor ? toHandle(editor) : null);
    return () => onReady(null);
  }, [editor, onReady]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `code` alone changes with every key and must not come back
  useEffect(() => {
    const model = editor?.getModel();
    if (model) putIn(model, latest.current.code);
  }, [editor, epoch, path]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: text put in, and another model, bring their own indents
  useEffect(() => {
    const model = editor?.getModel();
    if (model) indentBy(model, tabWidth);
  }, [editor, epoch, path, tabWidth]);

  useEditorServices(editor, props, known);

  return (
    <div className="flex h-full flex-col">
      <MonacoEditor
        path={path}
        language={monacoLanguage}
        defaultValue={code}
        keepCurrentModel
        theme={theme}
        className={MONACO_ROOT}
        options={options}
        loading={<EditorSkeleton />}
        onMount={onMount}
        onChange={(value) => props.onChange(value ?? "")}
      />
      {keyMap === "vim" ? (
        <div
          ref={commandLine}
          className="vim-line min-h-6 shrink-0 border-line border-t bg-sunken px-4 font-mono text-muted text-sm leading-6 [&>span]:mr-3 [&_input]:text-ink [&_input]:outline-none"
        />
      ) : null}
      <p role="status" className="sr-only">
        {tabMoves ? "Tab now leaves the editor." : ""}
      </p>
    </div>
  );
}

/** A ref to the latest value, for callbacks that are created only once. */
function useLatest<Value>(value: Value) {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}

function toHandle(editor: Editor): EditorHandle {
  return {
    jump(line, column) {
      const position = { lineNumber: line, column: column ?? 1 };
      editor.setPosition(position);
      editor.revealPositionInCenterIfOutsideViewport(position);
      editor.focus();
    },
    focus: () => editor.focus(),
    runCommand: (id) => editor.trigger("quicksand", id, null),
  };
}

/** Replaces the text as one undoable edit. */
function putIn(model: Monaco.editor.ITextModel, code: string): void {
  // Programs run on Linux, where a CR at a line's end breaks a shell script invisibly.
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  if (model.getValue() === code) return;
  model.pushStackElement();
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text: code }], () => null);
  model.pushStackElement();
}

/** Tabs or spaces are detected from the text; the width is the person's preference. */
function indentBy(model: Monaco.editor.ITextModel, width: number): void {
  model.detectIndentation(true, width);
  model.updateOptions({ tabSize: width, indentSize: width });
}
