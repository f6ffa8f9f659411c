"use client";

import { useCallback, useEffect, useRef } from "react";
import { ApiError, call } from "@/lib/client/api";
import { type Draft, draftOf, knownDraft } from "@/lib/client/drafts";
import { takeAutoRunRequest } from "@/lib/client/fork";
import { toast } from "@/lib/client/toast";
import { type DraftControl, sampleDraft } from "@/lib/client/use-draft";
import type { LanguageInfo } from "@/lib/schemas/language";

/** Longer than other toasts: it has the undo for the replaced draft. */
const UNDO_MS = 12_000;

interface RestoreRunOptions {
  languages: readonly LanguageInfo[] | null;
  language: LanguageInfo | null;
  drafts: DraftControl;
  onLanguage: (id: string) => void;
  onRun: (language: LanguageInfo, draft: Draft) => void;
}

/**
 * Restores stored runs into the editor: those chosen in the panel, and the one named by `?fork=`. The replaced draft can be
 * brought back, by the editor's undo or the toast's.
 */
export function useRestoreRun(options: RestoreRunOptions): (id: string) => void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const restoreRun = useCallback(async (id: string, autoRun: boolean): Promise<void> => {
    try {
      const run = await call("getRun", { params: { id } });
      const { languages, language: previous, drafts, onLanguage, onRun } = latest.current;
      const language = languages?.find((one) => one.id === run.language);
      if (!language) {
        toast("This run cannot be opened", { description: `This server does not offer ${run.language}.` });
        return;
      }
      const draft = knownDraft(draftOf(run), language);
      const replaced = drafts.put(language.id, draft) ?? sampleDraft(language);
      onLanguage(language.id);
      if (autoRun) onRun(language, draft);
      toast("The run is in the editor", {
        duration: UNDO_MS,
        action: {
          label: "Undo",
          onClick: () => {
            latest.current.drafts.put(language.id, replaced);
            if (previous) latest.current.onLanguage(previous.id);
          },
        },
      });
    } catch (error) {
      toast("This run cannot be opened", {
        description: error instanceof ApiError ? error.message : "Try again.",
      });
    }
  }, []);

  const ready = options.languages !== null;
  useEffect(() => {
    if (!ready) return;
    const address = new URL(window.location.href);
    const id = address.searchParams.get("fork");
    if (!id) return;
    // Only once: a reload must not overwrite later edits.
    address.searchParams.delete("fork");
    window.history.replaceState(null, "", address);
    void restoreRun(id, takeAutoRunRequest(id));
  }, [ready, restoreRun]);

  return useCallback((id) => void restoreRun(id, false), [restoreRun]);
}
