"use client";

import { useEffect, useState } from "react";
import type { LanguageEditor } from "../languages/editor";
import { loadEditor } from "../languages/editor-loader";

/**
 * The browser's part of a language, loaded when it is first asked for. `null` until it is there, and when it cannot be had: the program
 * is then plain text and no lines are marked, which is no reason to show an error.
 */
export function useLanguageEditor(id: string | null): LanguageEditor | null {
  const [loaded, setLoaded] = useState<{ id: string; editor: LanguageEditor } | null>(null);

  useEffect(() => {
    if (id === null) return;
    let current = true;
    loadEditor(id).then(
      (editor) => current && setLoaded({ id, editor }),
      (error: unknown) => console.warn(`The editor's part for ${id} could not be loaded.`, error),
    );
    return () => {
      current = false;
    };
  }, [id]);

  return loaded?.id === id ? loaded.editor : null;
}
