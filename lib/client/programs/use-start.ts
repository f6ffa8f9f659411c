"use client";

import { useEffect, useRef } from "react";
import type { LanguageInfo } from "../../schemas/language";
import { titleOfCode } from "../../schemas/title";
import { useAccount, useIsNamed } from "../account";
import { call } from "../api";
import { draftKeys, parseDraft, sameDraft, sampleDraft } from "../drafts";
import { browserStorage } from "../storage";
import { askAgainBy, desk, shelf, viewerIsKnown } from "./this-desk";

type Select = (language: string, id: string | null) => void;

/** What earlier visits could not send is sent when the page has come to rest. */
const WAKE_MS = 4_000;

/** Saving waits until a new guest has a name. */
export function useAccountGate(): void {
  const { account, refresh } = useAccount();
  const named = useIsNamed();
  const latest = useRef(account);
  latest.current = account;
  useEffect(() => {
    askAgainBy(async () => {
      await refresh();
      return latest.current !== null;
    });
    if (account && named) viewerIsKnown();
  }, [account, named, refresh]);
  useEffect(() => {
    const timer = setTimeout(() => desk.wake(), WAKE_MS);
    return () => clearTimeout(timer);
  }, []);
}

/** The drafts of before there were programs become programs, once. One that is only the sample is none. */
export function useOldDrafts(languages: readonly LanguageInfo[] | null, select: Select): void {
  useEffect(() => {
    for (const language of languages ?? []) {
      for (const key of draftKeys(browserStorage, language.id)) {
        const draft = parseDraft(browserStorage.get(key));
        if (draft && !sameDraft(draft, sampleDraft(language))) {
          const title = titleOfCode(draft.code);
          const id = desk.place(language.id, draft, { title, titleSource: "derived", save: true });
          select(language.id, id);
          // The old one stays where the new one has no room.
          if (!desk.get(id)?.shelved) continue;
        }
        browserStorage.remove(key);
      }
    }
  }, [languages, select]);
}

/** In a browser that has no program of a language yet, the last one of the viewer's is opened while nothing was typed. */
export function useLastOfServer(language: string, isSample: boolean, select: Select): void {
  const { account } = useAccount();
  const asked = useRef(new Set<string>());
  const latest = useRef({ language, isSample });
  latest.current = { language, isSample };
  useEffect(() => {
    if (!account?.user || language === "" || !isSample || asked.current.has(language)) return;
    // Not where the sample was asked for.
    if (shelf.last(language) !== null || shelf.wasEmptied(language)) return;
    asked.current.add(language);
    void (async () => {
      const { programs } = await call("listPrograms", { query: { language, limit: "1" } });
      const id = programs[0]?.id;
      if (!id || (await desk.open(id)) !== "open") return;
      if (latest.current.language === language && latest.current.isSample) select(language, id);
    })().catch(() => {
      // The sample stays; the list of programs says what is wrong.
    });
  }, [account, language, isSample, select]);
}
