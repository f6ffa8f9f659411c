"use client";

import { useCallback, useEffect, useRef } from "react";
import { ApiError, call } from "@/lib/client/api";
import { draftOf } from "@/lib/client/drafts";
import { onMoved } from "@/lib/client/programs/this-desk";
import { useAddress } from "@/lib/client/programs/use-address";
import { toast } from "@/lib/client/toast";
import type { Beginning, DraftControl } from "@/lib/client/use-draft";
import type { LanguageInfo } from "@/lib/schemas/language";

interface ProgramsOptions {
  languages: readonly LanguageInfo[] | null;
  language: LanguageInfo | null;
  drafts: DraftControl;
  onLanguage: (id: string) => void;
}

/** Longer than other toasts: it says where something is. */
const LONG_MS = 12_000;

/**
 * How programs come into the editor other than by typing: by their address and Back, by a link that holds a whole program, by a link that
 * begins with somebody's run. Nothing is ever run by it, and what was in the editor stays what it is.
 */
export function usePrograms({ languages, language, drafts, onLanguage }: ProgramsOptions): void {
  useAddress({
    language: language?.id ?? null,
    drafts,
    onLanguage,
    onAbsent: (why) =>
      why === "absent"
        ? toast("There is no such program", { description: "It may have been deleted." })
        : toast("The program cannot be opened now", {
            description: "The server does not answer. Try again when you are connected.",
          }),
  });
  useMovedNotice(onLanguage, drafts);

  const latest = useRef({ languages, drafts, onLanguage });
  latest.current = { languages, drafts, onLanguage };
  const arrive = useCallback(
    (id: string, content: Parameters<DraftControl["put"]>[1], how: Beginning, title: string) => {
      const found = latest.current.languages?.find((one) => one.id === id);
      if (!found) {
        toast("This program cannot be opened", { description: `This server does not offer ${id}.` });
        return;
      }
      latest.current.drafts.put(found.id, content, how);
      latest.current.onLanguage(found.id);
      toast(title, { description: "It is your own copy, and nothing of it was run.", duration: LONG_MS });
    },
    [],
  );

  const ready = languages !== null;
  useEffect(() => {
    if (!ready) return;
    const readFragment = async () => {
      const { hash } = window.location;
      if (!hash.startsWith("#p=")) return;
      const { readLink } = await import("@/lib/client/programs/link");
      const read = readLink(hash);
      // Only once: a reload must not make another program.
      const { pathname, search } = window.location;
      window.history.replaceState(window.history.state, "", `${pathname}${search}`);
      if (!read.ok) {
        toast("The program in this link cannot be read", { description: read.message, duration: LONG_MS });
        return;
      }
      const { language: id, content, title } = read.program;
      arrive(id, content, { title }, "The program of the link is in the editor");
    };
    void readFragment();
    const onHash = () => void readFragment();
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, [ready, arrive]);

  useEffect(() => {
    if (!ready || window.location.pathname !== "/new") return;
    const from = new URLSearchParams(window.location.search).get("from");
    // The address of the editor, so that a reload makes no other copy.
    window.history.replaceState(window.history.state, "", "/");
    if (from) void copyOf(from).then((copy) => copy && arrive(...copy));
  }, [ready, arrive]);
}

/**
 * What `/new?from=` begins with: a run that the viewer may see. The id of a shared program may come to mean the same; it would be looked for
 * where this one is not found.
 */
async function copyOf(id: string) {
  try {
    const run = await call("getRun", { params: { id } });
    const how: Beginning = { title: run.title ?? "", save: true };
    return [run.language, draftOf(run), how, "A copy of the program is in the editor"] as const;
  } catch (error) {
    toast("The program to begin with cannot be opened", {
      description: error instanceof ApiError ? error.message : "Try again.",
      duration: LONG_MS,
    });
    return null;
  }
}

/** Says where what is typed here went when its program was changed or deleted elsewhere. */
function useMovedNotice(onLanguage: (id: string) => void, drafts: DraftControl): void {
  const latest = useRef({ onLanguage, drafts });
  latest.current = { onLanguage, drafts };
  useEffect(
    () =>
      onMoved(({ type, from, title }) => {
        if (type === "orphaned") {
          toast("This program was deleted elsewhere", {
            description: `What you have here is kept as a new program, “${title}”.`,
            duration: LONG_MS,
          });
          return;
        }
        toast("This program was changed elsewhere at the same time", {
          description: `Both are kept: what you typed here is now “${title}”.`,
          duration: LONG_MS,
          action: {
            label: "Open the other",
            onClick: () =>
              void latest.current.drafts.open(from).then((language) => {
                if (language !== null && language !== "away") latest.current.onLanguage(language);
              }),
          },
        });
      }),
    [],
  );
}
