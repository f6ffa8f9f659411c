"use client";

import type * as Monaco from "monaco-editor/editor";
import { useEffect, useRef } from "react";
import type { Problem } from "@/lib/client/problem";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import type { Diagnostic } from "@/lib/languages/editor";
import { setVocabulary } from "@/lib/languages/editor-words";
import type { Preferences } from "@/lib/schemas/preferences";
import { offerFormatter } from "./format-provider";
import { freeEnter } from "./free-enter";
import { keepSuggesting } from "./keep-suggesting";
import { addProblemKeys, useProblems } from "./problems";
import { useLanguageServer } from "./use-language-server";
import { useRunMarks } from "./use-run-marks";

export interface EditorServicesOptions {
  language: { id: string; editor: string; mainFile: string };
  diagnostics: readonly Diagnostic[];
  preferences: Pick<Preferences, "languageServer" | "tabWidth">;
  /** Told of everything that is marked in the program's files, when it changes. */
  onProblems?: ((problems: readonly Problem[]) => void) | undefined;
  /** Shows a place in another file of the program. */
  onOpenPlace: (path: string, line: number, column: number) => void;
}

/** What the editor knows of the program beside its texts: its language's words, server and formatter, and what is wrong. */
export function useEditorServices(
  editor: Monaco.editor.IStandaloneCodeEditor | null,
  props: EditorServicesOptions,
): void {
  const { language, diagnostics, preferences, onProblems } = props;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  const part = useLanguageEditor(language.id);
  useEffect(() => {
    if (part?.vocabulary) setVocabulary(language.id, part.vocabulary);
    if (part?.formats) offerFormatter(language, () => latest.current.preferences.tabWidth);
  }, [language, part]);

  useLanguageServer(language.id, preferences.languageServer);
  useRunMarks(editor, language, diagnostics);
  useProblems(editor, language, onProblems);

  useEffect(() => {
    if (!editor) return;
    const parts = [keepSuggesting(editor), freeEnter(editor)];
    addProblemKeys(
      editor,
      () => latest.current.language,
      ({ file, line, column }) => latest.current.onOpenPlace(file, line, column),
    );
    return () => {
      for (const part of parts) part.dispose();
    };
  }, [editor]);
}
