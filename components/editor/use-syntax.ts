"use client";

import { useEffect } from "react";
import { useLanguageEditor } from "@/lib/client/use-language-editor";

/** Registers a language with Monaco. Models of it that exist already are highlighted then. */
export function useSyntax(languageId: string | null): void {
  const editor = useLanguageEditor(languageId);
  useEffect(() => {
    editor?.loadSyntax().catch((error: unknown) => console.warn("The syntax could not be loaded.", error));
  }, [editor]);
}
