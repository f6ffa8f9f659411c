"use client";

import type * as Monaco from "monaco-editor/editor";
import { useCallback, useEffect, useRef } from "react";
import type { Problem } from "@/lib/client/problem";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import type { Diagnostic, EditorFile } from "@/lib/languages/editor";
import { setVocabulary } from "@/lib/languages/editor-words";
import type { Preferences } from "@/lib/schemas/account";
import { offerFormatter } from "./format-provider";
import { keepSuggesting } from "./keep-suggesting";
import { monaco } from "./monaco";
import { addProblemKeys, useProblems } from "./problems";
import { pathIn, useProgramModels } from "./program-models";
import { useLanguageServer } from "./use-language-server";
import { useRunMarks } from "./use-run-marks";

export interface EditorServicesOptions {
  language: { id: string; editor: string; mainFile: string };
  /** The program's files beside the main one. */
  files: readonly EditorFile[];
  diagnostics: readonly Diagnostic[];
  preferences: Pick<Preferences, "languageServer" | "tabWidth">;
  /** Told of everything that is marked in the program's files, when it changes. */
  onProblems?: ((problems: readonly Problem[]) => void) | undefined;
  /** A file that no editor shows was changed, as by a new name for something in it. */
  onFileEdit?: ((path: string, content: string) => void) | undefined;
  /** Shows a place in another file of the program. */
  onOpenFile?: ((path: string, line: number, column: number) => void) | undefined;
}

/** What the editor knows of the program beside its text: its other files, its language's words and server, and what is wrong. */
export function useEditorServices(
  editor: Monaco.editor.IStandaloneCodeEditor | null,
  props: EditorServicesOptions,
  /** The language is registered with Monaco. */
  known: boolean,
): void {
  const { language, files, diagnostics, preferences, onProblems } = props;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  const part = useLanguageEditor(language.id);
  useEffect(() => {
    if (part?.vocabulary) setVocabulary(language.id, part.vocabulary);
    if (part?.formats) offerFormatter(language, () => latest.current.preferences.tabWidth);
  }, [language, part]);

  const onFileEdit = useCallback(
    (path: string, content: string) => latest.current.onFileEdit?.(path, content),
    [],
  );
  useProgramModels(language, files, known, onFileEdit);
  useLanguageServer(language.id, preferences.languageServer);
  useRunMarks(editor, language, diagnostics);
  useProblems(editor, language, onProblems);

  useEffect(() => {
    if (!editor) return;
    const suggesting = keepSuggesting(editor);
    addProblemKeys(
      editor,
      () => latest.current.language,
      ({ file, line, column }) => latest.current.onOpenFile?.(file, line, column),
    );
    const opener = monaco.editor.registerEditorOpener({
      openCodeEditor: (source, resource, place) => openFile(latest.current, source, resource, place),
    });
    return () => {
      suggesting.dispose();
      opener.dispose();
    };
  }, [editor]);
}

/** Where Monaco wants to show another file of the program, as a definition's, the page shows it. Returns whether it does. */
function openFile(
  { language, onOpenFile }: EditorServicesOptions,
  source: Monaco.editor.ICodeEditor,
  resource: Monaco.Uri,
  place: Monaco.IRange | Monaco.IPosition | undefined,
): boolean {
  const path = pathIn(language.id, resource);
  if (path === null || !onOpenFile || source.getModel()?.uri.toString() === resource.toString()) return false;
  const { lineNumber, column } =
    place && "startLineNumber" in place
      ? { lineNumber: place.startLineNumber, column: place.startColumn }
      : (place ?? { lineNumber: 1, column: 1 });
  onOpenFile(path, lineNumber, column);
  return true;
}
