"use client";

import { useMemo } from "react";
import type { RunState } from "@/lib/client/run-state";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import type { Diagnostic } from "@/lib/languages/editor";
import type { LanguageInfo } from "@/lib/schemas/language";

export const NO_DIAGNOSTICS: readonly Diagnostic[] = [];

/**
 * Diagnostics parsed from a finished run's error output, those of the main file first, then of each file beside it. Taken when the run ends:
 * later changes of the program do not change what its errors named.
 */
export function useDiagnostics(
  run: RunState,
  language: LanguageInfo | null,
  paths: readonly string[],
): readonly Diagnostic[] {
  const { phase, compiler, stderr } = run;
  const done = phase.name === "done";
  const mainFile = language?.mainFile;
  const editor = useLanguageEditor(language?.id ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: files that are added or renamed later were not in the run
  return useMemo(() => {
    if (!done || !mainFile || !editor) return NO_DIAGNOSTICS;
    const output = `${compiler}\n${stderr}`;
    const beside = paths.flatMap((file) =>
      editor.findDiagnostics(output, file).map((diagnostic): Diagnostic => ({ ...diagnostic, file })),
    );
    return [...editor.findDiagnostics(output, mainFile), ...beside];
  }, [done, mainFile, editor, compiler, stderr]);
}
