"use client";

import { TriangleAlert } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Draft } from "@/lib/client/drafts";
import type { GivenFile } from "@/lib/client/opened-files";
import type { Problem } from "@/lib/client/problem";
import { sizeProblem } from "@/lib/client/program-files";
import type { Diagnostic } from "@/lib/languages/editor";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { Preferences } from "@/lib/schemas/preferences";
import { usePart } from "../use-part";
import { chosenFiles } from "../workbench/given-files";
import type { FilesControl } from "../workbench/use-program-files";
import type { EditorHandle } from "./code-editor";
import { EditorSkeleton } from "./editor-skeleton";
import { FileMenu } from "./file-menu";
import { FileTabs } from "./file-tabs";
import { loadEditor, loadSyntax } from "./load-editor";
import { SymbolRow } from "./symbol-row";

// At once, and not when the languages have come and it is drawn: it is the largest of all. This module is loaded in browsers only.
loadEditor().catch(() => {});

interface EditorPaneProps {
  language: LanguageInfo | null;
  languages: readonly LanguageInfo[] | null;
  draft: Draft | null;
  files: FilesControl;
  epoch: number;
  /** What the page names the program; another one has an undo history of its own. */
  program: string;
  isSample: boolean;
  /** The browser refuses to store drafts. */
  unsaved: boolean;
  diagnostics: readonly Diagnostic[];
  preferences: Preferences;
  onReset: () => void;
  onOpenFiles: (files: GivenFile[]) => void;
  onDownload: () => void;
  onRun: () => void;
  onReady: (handle: EditorHandle | null) => void;
  onProblems: (problems: readonly Problem[]) => void;
}

const NO_LANGUAGES: readonly LanguageInfo[] = [];

/** The program: its files, one of them in the editor. */
export function EditorPane(props: EditorPaneProps) {
  const { language, draft, files, onReady } = props;
  const [naming, setNaming] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const editor = useRef<EditorHandle | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const warning = useWarning(props);
  const languageId = language?.id;
  const CodeEditor = usePart(loadEditor)?.default;

  useEffect(() => {
    // What fails is asked for again, and told, where it is needed.
    if (languageId) loadSyntax(languageId).catch(() => {});
  }, [languageId]);

  const keepHandle = useCallback(
    (handle: EditorHandle | null) => {
      editor.current = handle;
      onReady(handle);
    },
    [onReady],
  );

  return (
    <section
      aria-label="Program"
      id="program"
      tabIndex={-1}
      className="flex h-full min-h-0 flex-col bg-surface outline-none"
    >
      <FileTabs
        control={files}
        ready={language !== null && draft !== null}
        naming={naming}
        onNaming={setNaming}
        actions={
          <FileMenu
            control={files}
            isSample={props.isSample}
            onOpen={() => picker.current?.click()}
            onDownload={props.onDownload}
            onRename={() => setNaming(files.active)}
            onReset={props.onReset}
          />
        }
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Files to open"
        onChange={(event) => {
          const chosen = event.target.files;
          if (chosen) props.onOpenFiles(chosenFiles(chosen));
          // The same file can be chosen again.
          event.target.value = "";
        }}
      />
      {warning === null ? null : (
        <p
          role="status"
          className="flex shrink-0 items-center gap-2 bg-warn-wash px-4 py-1.5 text-sm text-warn"
        >
          <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
          {warning}
        </p>
      )}
      <div id="code" role="tabpanel" aria-label={files.active} className="min-h-0 flex-1">
        {CodeEditor && language && draft ? (
          <CodeEditor
            language={language}
            languages={props.languages ?? NO_LANGUAGES}
            files={files.files}
            active={files.active}
            epoch={props.epoch}
            program={props.program}
            diagnostics={props.diagnostics}
            preferences={props.preferences}
            onChange={files.setContent}
            onOpen={files.select}
            onFocus={setFocused}
            onRun={props.onRun}
            onReady={keepHandle}
            onProblems={props.onProblems}
          />
        ) : (
          <EditorSkeleton />
        )}
      </div>
      {focused ? <SymbolRow editor={() => editor.current} /> : null}
    </section>
  );
}

/** What must be said of the program before it is run. */
function useWarning({ language, draft, unsaved }: EditorPaneProps): string | null {
  const size = language && draft ? sizeProblem(language.mainFile, draft.code, draft.files) : null;
  return size ?? (unsaved ? "Not saved: the browser's storage is full or blocked." : null);
}
