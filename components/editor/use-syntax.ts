"use client";

import { useEffect, useReducer } from "react";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import type { EditorFile, Syntax } from "@/lib/languages/editor";

const NO_FILES: readonly EditorFile[] = [];

/** Languages that Monaco knows by now, by id. */
const known = new Map<string, Syntax>();

/**
 * Has Monaco know a language, and the files beside the main file; answers whether it does. Until then models have to be plain text:
 * Monaco looks for a language's colours once, when the first model is made of it.
 */
export function useSyntax(languageId: string | null, files: readonly EditorFile[] = NO_FILES): boolean {
  const editor = useLanguageEditor(languageId);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const syntax = languageId === null ? null : (known.get(languageId) ?? null);

  useEffect(() => {
    if (languageId === null || editor === null || known.has(languageId)) return;
    let current = true;
    editor.loadSyntax().then(
      (loaded) => {
        known.set(languageId, loaded);
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
