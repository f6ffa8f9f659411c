"use client";

import MonacoEditor from "@monaco-editor/react";
import type * as Monaco from "monaco-editor/editor";
import { useEffect, useMemo, useRef, useState } from "react";
import type { EditorFile } from "@/lib/languages/editor";
import type { Preferences } from "@/lib/schemas/preferences";
import { EditorSkeleton } from "./editor-skeleton";
import { modelUri } from "./model-paths";
import { monaco } from "./monaco";
import { MONACO_ROOT } from "./monaco-themes";
import { type EditorServicesOptions, useEditorServices } from "./use-editor-services";
import { useEditorTheme } from "./use-editor-theme";
import { type EditableLanguage, useFileLanguages } from "./use-file-languages";
import { useFileModels, whenShown } from "./use-file-models";
import { useKeyMap } from "./use-key-map";
import { useTabEscape } from "./use-tab-escape";

type Editor = Monaco.editor.IStandaloneCodeEditor;

/** What the rest of the page can do with the editor. */
export interface EditorHandle {
  /** Goes to a place in a file of the program, when that is shown. */
  jump(path: string, line: number, column: number | null): void;
  focus(): void;
  /** Types text at the cursors, in place of what is selected. */
  type(text: string): void;
  /** Does what a key of the keyboard would: one of Monaco's commands. */
  command(id: string): void;
}

export interface CodeEditorProps extends Omit<EditorServicesOptions, "language" | "onOpenPlace"> {
  language: EditableLanguage & { mainFile: string };
  /** All languages that there are, for files that are not of the program's own. */
  languages: readonly EditableLanguage[];
  /** The program's files, the main one first. */
  files: readonly EditorFile[];
  /** The path of the one that is shown. */
  active: string;
  /** Changes when texts were changed outside the editor and must be set in it. */
  epoch: number;
  /** What the page names the program; another one has an undo history of its own. */
  program: string;
  preferences: Preferences;
  onChange: (path: string, text: string) => void;
  /** Another file is to be shown. */
  onOpen: (path: string) => void;
  /** The editor has got or lost the focus. */
  onFocus: (focused: boolean) => void;
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

/** The code editor: one editor, and a model for each file of the program. */
export default function CodeEditor(props: CodeEditorProps) {
  const { language, languages, files, active, epoch, program, preferences, onReady } = props;
  const { fontSize, tabWidth, keyMap } = preferences;
  const [editor, setEditor] = useState<Editor | null>(null);
  const theme = useEditorTheme();
  const latest = useLatest(props);
  const commandLine = useRef<HTMLDivElement>(null);
  const typing = useKeyMap({ editor, keyMap, line: commandLine });
  const tabMoves = useTabEscape(editor, typing);
  const languageOf = useFileLanguages(language, languages, files, active);
  const options = useMemo(
    () => ({
      ...OPTIONS,
      fontSize,
      lineHeight: Math.round(fontSize * LINE_HEIGHT),
      ariaLabel: `Code editor, ${active}. Press Escape, then Tab, to leave it.`,
    }),
    [active, fontSize],
  );

  function onMount(mounted: Editor): void {
    mounted.addAction({
      id: "quicksand.run",
      label: "Run the Program",
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
      contextMenuGroupId: "navigation",
      run: () => latest.current.onRun(),
    });
    mounted.onDidFocusEditorWidget(() => latest.current.onFocus(true));
    mounted.onDidBlurEditorWidget(() => latest.current.onFocus(false));
    setEditor(mounted);
  }

  function onOpenPlace(path: string, line: number, column: number): void {
    props.onOpen(path);
    if (editor) toHandle(editor, language.id).jump(path, line, column);
  }

  useEffect(() => {
    onReady(editor ? toHandle(editor, language.id) : null);
    return () => onReady(null);
  }, [editor, language.id, onReady]);

  useFileModels({
    ...{ editor, languageId: language.id, files, epoch, program, tabWidth, languageOf },
    onChange: props.onChange,
    onOpen: props.onOpen,
  });
  useEditorServices(editor, { ...props, onOpenPlace });

  return (
    <div className="flex h-full flex-col">
      <MonacoEditor
        path={modelUri(language.id, active).toString()}
        // Until the syntax is there; see `useFileModels`.
        language="plaintext"
        defaultValue={files.find(({ path }) => path === active)?.content ?? ""}
        keepCurrentModel
        theme={theme}
        className={MONACO_ROOT}
        options={options}
        loading={<EditorSkeleton />}
        onMount={onMount}
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

function toHandle(editor: Editor, languageId: string): EditorHandle {
  return {
    jump(path, line, column) {
      whenShown(editor, modelUri(languageId, path), () => {
        const position = { lineNumber: line, column: column ?? 1 };
        // An editor that was hidden until now learns its size a frame later, and cannot scroll without.
        editor.layout();
        editor.setPosition(position);
        editor.revealPositionInCenterIfOutsideViewport(position);
        editor.focus();
      });
    },
    focus: () => editor.focus(),
    type: (text) => editor.trigger("quicksand", "type", { text }),
    command: (id) => editor.trigger("quicksand", id, null),
  };
}
