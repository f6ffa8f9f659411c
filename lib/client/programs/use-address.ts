"use client";

import { useEffect, useReducer, useRef } from "react";
import type { DraftControl } from "../use-draft";

/** Address of a program's editor. */
export function programUrl(id: string): string {
  return `/p/${encodeURIComponent(id)}`;
}

/** The program that an address opens; `null` for others. */
export function programOfPath(pathname: string): string | null {
  const id = /^\/p\/([A-Za-z0-9_-]{1,64})\/?$/.exec(pathname)?.[1];
  return id ?? null;
}

interface Place {
  language: string;
  id: string | null;
}

function placeOf(state: unknown): Place | null {
  const place = (state as { quicksandPlace?: Place } | null)?.quicksandPlace;
  return place && typeof place.language === "string" ? place : null;
}

interface AddressOptions {
  language: string | null;
  drafts: DraftControl;
  onLanguage: (id: string) => void;
  /** There is no program at this address, or nobody can tell. */
  onAbsent: (why: "absent" | "away") => void;
}

/**
 * Keeps the address of the page and the program in the editor together: `/p/{id}` for a program that the server has, else `/`. What somebody
 * opens or switches to is a step that Back undoes; a program that only gets its address is none.
 */
export function useAddress({ language, drafts, onLanguage, onAbsent }: AddressOptions): void {
  const { program, moves } = drafts;
  const latest = useRef({ language, drafts, onLanguage, onAbsent });
  latest.current = { language, drafts, onLanguage, onAbsent };
  /** Where the page was when the address was last written; a step is what differs from it and was not caused by Back. */
  const written = useRef<{ language: string; moves: number } | null>(null);
  const goingBack = useRef(false);
  const opening = useRef(false);
  /** Counts what was opened by its address: it may be what was in the editor already, and then nothing else says that this has ended. */
  const [opened, countOpened] = useReducer((count: number) => count + 1, 0);

  useEffect(() => {
    const go = async (id: string) => {
      opening.current = true;
      const found = await latest.current.drafts.open(id);
      opening.current = false;
      if (found === null || found === "away") {
        latest.current.onAbsent(found === null ? "absent" : "away");
        return;
      }
      latest.current.onLanguage(found);
      countOpened();
    };
    const first = programOfPath(window.location.pathname);
    if (first) {
      goingBack.current = true;
      void go(first);
    }
    const onPop = (event: PopStateEvent) => {
      const id = programOfPath(window.location.pathname);
      const place = placeOf(event.state);
      goingBack.current = true;
      if (id) void go(id);
      else if (place) {
        latest.current.onLanguage(place.language);
        latest.current.drafts.show(place.language, place.id);
      }
    };
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, []);

  const id = program?.id ?? null;
  const path = program?.hasAddress ? programUrl(program.id) : "/";
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was opened is looked at again
  useEffect(() => {
    if (language === null || opening.current) return;
    const before = written.current;
    const step = before !== null && (before.language !== language || before.moves !== moves);
    written.current = { language, moves };
    const { pathname, search, hash } = window.location;
    const here = pathname === "/" || programOfPath(pathname) !== null;
    if (!here) return;
    const place: Place = { language, id };
    const state = { ...(window.history.state as object | null), quicksandPlace: place };
    const known = placeOf(window.history.state);
    if (pathname === path && known?.language === language && known.id === id) {
      goingBack.current = false;
      return;
    }
    // What else is in the address is read by others, and taken out by them.
    const rest = `${search}${hash}`;
    if (step && !goingBack.current && known !== null) window.history.pushState(state, "", path);
    else window.history.replaceState(state, "", `${path}${rest}`);
    goingBack.current = false;
  }, [language, id, path, moves, opened]);
}
