"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Draft } from "@/lib/client/drafts";
import { moved, renamed, withContent, withFile } from "@/lib/client/program-files";
import { dismissToast, toast } from "@/lib/client/toast";
import type { DraftControl } from "@/lib/client/use-draft";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { RunFile } from "@/lib/schemas/run";

/** The program's files as the editor shows them, and what can be done to them. */
export interface FilesControl {
  mainFile: string;
  /** All of them, the main file first. */
  files: readonly RunFile[];
  /** The path of the one that is shown. */
  active: string;
  select: (path: string) => void;
  setContent: (path: string, content: string) => void;
  add: (path: string) => void;
  rename: (path: string, name: string) => void;
  /** With a toast that brings it back. */
  remove: (path: string) => void;
  /** By so many places among the files beside the main one. */
  move: (path: string, by: number) => void;
}

const NONE: readonly RunFile[] = [];
/** Of the one toast that can bring a file back. */
const DELETED = "file-deleted";

/** The files of the draft. Which of them is shown is remembered for each language while the page lives. */
export function useProgramFiles(
  language: LanguageInfo | null,
  { draft, update }: Pick<DraftControl, "draft" | "update">,
): FilesControl {
  const mainFile = language?.mainFile ?? "";
  const id = language?.id ?? "";
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const beside = draft?.files ?? NONE;
  const code = draft?.code ?? "";
  const files = useMemo(() => [{ path: mainFile, content: code }, ...beside], [mainFile, code, beside]);
  const wanted = chosen[id];
  const active = files.some(({ path }) => path === wanted) && wanted !== undefined ? wanted : mainFile;

  // Several changes may come before the next render, as when a name is changed in all files; each must build on the last.
  // Not in an effect: the editor's own effects come before, and report the texts that were put into it.
  const latest = useRef(beside);
  latest.current = beside;
  const change = useCallback(
    (next: Draft["files"]) => {
      latest.current = next;
      update({ files: next });
    },
    [update],
  );

  const select = useCallback((path: string) => setChosen((all) => ({ ...all, [id]: path })), [id]);
  const setContent = useCallback(
    (path: string, content: string) => {
      if (path === mainFile) update({ code: content });
      else if (latest.current.some((file) => file.path === path && file.content !== content)) {
        change(withContent(latest.current, path, content));
      }
    },
    [mainFile, update, change],
  );
  const add = useCallback(
    (path: string) => {
      change([...latest.current, { path, content: "" }]);
      select(path);
    },
    [change, select],
  );
  const rename = useCallback(
    (path: string, name: string) => {
      change(renamed(latest.current, path, name));
      if (path === active) select(name);
    },
    [change, active, select],
  );
  const remove = useCallback(
    (path: string) => {
      const at = latest.current.findIndex((file) => file.path === path);
      const file = latest.current[at];
      if (!file) return;
      change(latest.current.filter((one) => one !== file));
      // The one before it, which is the main file for the first.
      if (path === active) select(latest.current[at - 1]?.path ?? mainFile);
      toast(`${path} is deleted`, {
        id: DELETED,
        action: {
          label: "Undo",
          onClick: () => {
            change(withFile(latest.current, file, at));
            select(path);
          },
        },
      });
    },
    [change, active, mainFile, select],
  );
  // It would bring the file back into another program.
  // biome-ignore lint/correctness/useExhaustiveDependencies: to be done when there is another program
  useEffect(() => () => dismissToast(DELETED), [id]);
  const move = useCallback(
    (path: string, by: number) => {
      const at = latest.current.findIndex((file) => file.path === path);
      if (at !== -1) change(moved(latest.current, path, at + by));
    },
    [change],
  );
  return { mainFile, files, active, select, setContent, add, rename, remove, move };
}
