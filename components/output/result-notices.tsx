"use client";

import type { RunState } from "@/lib/client/run-state";
import { countLines } from "@/lib/client/transcript";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import type { LanguageInfo } from "@/lib/schemas/language";
import { explain, inputEndedWords, phaseWords } from "../run/status-words";
import { Notice } from "./notices";

interface ResultNoticesProps {
  run: RunState;
  language: LanguageInfo | null;
}

/** What there is to say of a result beside its status, in sentences. */
export function ResultNotices({ run, language }: ResultNoticesProps) {
  const lines = useMissedInput(run, language);
  if (run.phase.name !== "done") return null;
  const { tone } = phaseWords(run.phase, false);
  const words = explain(run.phase.result, language?.limits ?? null);
  return (
    <>
      {words === null ? null : <Notice tone={tone} text={words} />}
      {lines === null ? null : <Notice tone="warn" text={inputEndedWords(lines)} />}
    </>
  );
}

/** How many lines of input there were for a program that ended because it asked for more; `null` for all others. */
function useMissedInput(run: RunState, language: LanguageInfo | null): number | null {
  const failed = run.phase.name === "done" && run.phase.result.status === "error";
  const editor = useLanguageEditor(failed ? (language?.id ?? null) : null);
  if (!failed || !editor?.endOfInput?.test(run.stderr)) return null;
  return run.givenLines + run.typed.reduce((sum, { text }) => sum + countLines(text), 0);
}
