"use client";

import { useCallback, useRef } from "react";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import type { EditorFile } from "@/lib/languages/editor";
import { useSyntax } from "./use-syntax";

export interface EditableLanguage {
  id: string;
  /** Of its files, without the dot. */
  extension: string;
  /** Monaco's name of it. */
  editor: string;
}

const PLAIN = "plaintext";

/**
 * Tells Monaco's language of each file, by its ending; plain text for what is not known, or not loaded yet. A program's own language may
 * know further endings, such as headers; any other language is loaded when a file of it is shown.
 */
export function useFileLanguages(
  own: EditableLanguage,
  all: readonly EditableLanguage[],
  files: readonly EditorFile[],
  active: string,
): (path: string) => string {
  const others = useSame(files.filter(({ path }) => path !== active));
  const ready = useSyntax(own.id, others);
  const alsoEdits = useLanguageEditor(own.id)?.alsoEdits;
  const ending = endingOf(active);
  const foreign =
    ending === own.extension || alsoEdits?.[ending] !== undefined
      ? null
      : (all.find(({ extension }) => extension === ending) ?? null);
  const foreignReady = useSyntax(foreign?.id ?? null);
  const { extension, editor } = own;
  return useCallback(
    (path) => {
      const end = endingOf(path);
      if (end === extension) return ready ? editor : PLAIN;
      const also = alsoEdits?.[end];
      if (also !== undefined) return ready ? also : PLAIN;
      return foreign !== null && foreignReady && end === foreign.extension ? foreign.editor : PLAIN;
    },
    [extension, editor, ready, alsoEdits, foreign, foreignReady],
  );
}

function endingOf(path: string): string {
  return /\.([^./]+)$/.exec(path)?.[1] ?? "";
}

/** The list as it was before while its files are the same: a language service reads all of them again when it changes. */
function useSame(files: readonly EditorFile[]): readonly EditorFile[] {
  const kept = useRef(files);
  const same =
    kept.current.length === files.length &&
    files.every(({ path, content }, at) => {
      const before = kept.current[at];
      return before?.path === path && before.content === content;
    });
  if (!same) kept.current = files;
  return kept.current;
}
