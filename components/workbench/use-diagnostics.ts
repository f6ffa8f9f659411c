"use client";

import { useMemo } from "react";
import type { RunState } from "@/lib/client/run-state";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import type { Diagnostic, EditorFile } from "@/lib/languages/editor";
import type { LanguageInfo } from "@/lib/schemas/language";

export const NO_DIAGNOSTICS: readonly Diagnostic[] = [];

/**
 * Diagnostics parsed from a finished run's error output. `sources` are the program's files, the main one first, as they are when the run ends:
 * later changes of the program do not change what its errors named.
 */
export function useDiagnostics(
  run: RunState,
  language: LanguageInfo | null,
  sources: readonly EditorFile[],
): readonly Diagnostic[] {
  const { phase, compiler, stderr } = run;
  const done = phase.name === "done";
  const mainFile = language?.mainFile;
  const editor = useLanguageEditor(language?.id ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: files that are added or renamed later were not in the run
  return useMemo(
    () =>
      done && mainFile && editor
        ? editor.findDiagnostics(`${compiler}\n${stderr}`, mainFile, sources)
        : NO_DIAGNOSTICS,
    [done, mainFile, editor, compiler, stderr],
  );
}
