"use client";

import { useEffect, useReducer } from "react";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import type { EditorFile, Syntax } from "@/lib/languages/editor";

const NO_FILES: readonly EditorFile[] = [];

/** What was loaded of the languages that are registered with Monaco, by id. */
const registered = new Map<string, Syntax>();

/**
 * Registers a language, and the program's files beside the main one, with Monaco; tells whether that is done. Until then its models must
 * be plain text: Monaco asks for a language's tokenizer and services once, when the first model gets the language.
 */
export function useSyntax(languageId: string | null, files: readonly EditorFile[] = NO_FILES): boolean {
  const editor = useLanguageEditor(languageId);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const syntax = languageId === null ? null : (registered.get(languageId) ?? null);

  useEffect(() => {
    if (languageId === null || editor === null || registered.has(languageId)) return;
    let current = true;
    editor.loadSyntax().then(
      (loaded) => {
        registered.set(languageId, loaded);
        if (current) redraw();
      },
      (error: unknown) => console.warn("The syntax could not be loaded.", error),
    );
    return () => {
      current = false;
    };
  }, [languageId, editor]);

  useEffect(() => syntax?.setFiles?.(files), [syntax, files]);
  return syntax !== null;
}
