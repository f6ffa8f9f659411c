"use client";

import { useMemo } from "react";
import type { RunState } from "@/lib/client/run-state";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import type { Diagnostic } from "@/lib/languages/editor";
import type { LanguageInfo } from "@/lib/schemas/language";

export const NO_DIAGNOSTICS: readonly Diagnostic[] = [];

/** Diagnostics parsed from a finished run's error output. */
export function useDiagnostics(run: RunState, language: LanguageInfo | null): readonly Diagnostic[] {
  const { phase, compiler, stderr } = run;
  const done = phase.name === "done";
  const mainFile = language?.mainFile;
  const editor = useLanguageEditor(language?.id ?? null);
  return useMemo(
    () =>
      done && mainFile && editor
        ? editor.findDiagnostics(`${compiler}\n${stderr}`, mainFile)
        : NO_DIAGNOSTICS,
    [done, mainFile, editor, compiler, stderr],
  );
}
