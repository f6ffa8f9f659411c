"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { LanguageInfo } from "../schemas/language";
import { createDrafts, type Draft, draftLanguage, parseDraft, sameDraft } from "./drafts";
import { browserStorage } from "./storage";

const SAVE_AFTER_MS = 250;

export interface DraftControl {
  draft: Draft | null;
  /** Changes when the draft was changed by something other than the editor's own fields. */
  epoch: number;
  isSample: boolean;
  /** The last save was kept only in memory. */
  unsaved: boolean;
  update: (patch: Partial<Draft>) => void;
  replace: (draft: Draft) => void;
  /** Replaces the draft of any language; returns the previous one, `null` if there was none. */
  put: (language: string, draft: Draft) => Draft | null;
}

/** A language's sample program as a draft. */
export function sampleDraft({ sample }: LanguageInfo): Draft {
  return { code: sample.code, stdin: sample.stdin, args: "", files: [], tests: [] };
}

/**
 * The draft of the selected language. Saved shortly after each change, and at once when the page is hidden, so that
 * switching, reloading and closing lose nothing. Changes of other tabs are applied.
 */
export function useDraft(language: LanguageInfo | null): DraftControl {
  const [drafts] = useState(() => createDrafts(browserStorage));
  const [open, setOpen] = useState<Readonly<Record<string, Draft>>>({});
  const [epoch, setEpoch] = useState(0);
  const { unsaved, save } = useSaving(drafts);

  const id = language?.id ?? "";
  const known = open[id];
  const draft = useMemo(
    () => (language ? (known ?? drafts.load(language.id) ?? sampleDraft(language)) : null),
    [language, known, drafts],
  );

  const set = useCallback(
    (next: Draft) => {
      setOpen((all) => ({ ...all, [id]: next }));
      save(id, next);
    },
    [id, save],
  );
  // Two updates may come before the next render; the second must build on the first.
  const latest = useRef(draft);
  latest.current = draft;
  const update = useCallback(
    (patch: Partial<Draft>) => {
      if (!latest.current) return;
      latest.current = { ...latest.current, ...patch };
      set(latest.current);
    },
    [set],
  );
  const replace = useCallback(
    (next: Draft) => {
      set(next);
      setEpoch((count) => count + 1);
    },
    [set],
  );

  const put = useCallback(
    (language: string, next: Draft) => {
      const before = open[language] ?? drafts.load(language);
      setOpen((all) => ({ ...all, [language]: next }));
      save(language, next);
      setEpoch((count) => count + 1);
      return before;
    },
    [open, drafts, save],
  );

  useEffect(() => {
    const onStorage = ({ key, newValue }: StorageEvent) => {
      const written = draftLanguage(key);
      const theirs = parseDraft(newValue);
      if (written === null || theirs === null) return;
      setOpen((all) => ({ ...all, [written]: theirs }));
      setEpoch((count) => count + 1);
    };
    window.addEventListener("storage", onStorage);
    return () => window.removeEventListener("storage", onStorage);
  }, []);

  const isSample = language !== null && draft !== null && sameDraft(draft, sampleDraft(language));
  return { draft, epoch, isSample, unsaved, update, replace, put };
}

/** Pending saves are kept by language, so that switching in between loses nothing. */
function useSaving(drafts: ReturnType<typeof createDrafts>) {
  const [unsaved, setUnsaved] = useState(false);
  const pending = useRef(new Map<string, Draft>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (pending.current.size === 0) return;
    const kept = [...pending.current].map(([language, draft]) => drafts.save(language, draft));
    pending.current.clear();
    setUnsaved(kept.includes(false));
  }, [drafts]);

  const save = useCallback(
    (language: string, draft: Draft) => {
      pending.current.set(language, draft);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, SAVE_AFTER_MS);
    },
    [flush],
  );

  useEffect(() => {
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      flush();
      window.removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", flush);
    };
  }, [flush]);

  return { unsaved, save };
}
