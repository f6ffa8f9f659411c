"use client";

import { useEffect } from "react";
import { useLanguageEditor } from "@/lib/client/use-language-editor";

/** Has Monaco know a language. Its models of that language turn from plain text to colours when it does. */
export function useSyntax(languageId: string | null): void {
  const editor = useLanguageEditor(languageId);
  useEffect(() => {
    editor?.loadSyntax().catch((error: unknown) => console.warn("The syntax could not be loaded.", error));
  }, [editor]);
}
