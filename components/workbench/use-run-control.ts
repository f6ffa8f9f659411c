"use client";

import { useCallback } from "react";
import { splitArgs } from "@/lib/client/args";
import type { Draft } from "@/lib/client/drafts";
import { isActive } from "@/lib/client/run-state";
import type { RunStore } from "@/lib/client/run-store";
import type { PanelId } from "@/lib/client/settings";
import { toast } from "@/lib/client/toast";
import { typedInput } from "@/lib/client/typed-input";
import type { LanguageInfo } from "@/lib/schemas/language";

/** Where a run is seen: in the result, or in a terminal, which its program or its language's prompt has. */
export type Place = "result" | "terminal" | "repl";

interface RunControlOptions {
  store: RunStore;
  /** The program that is run, as `RunStore.start` names it. */
  program: string;
  language: LanguageInfo | null;
  draft: Draft | null;
  /** What a run is sent with: which program it is of. */
  ofRun: () => { programId?: string };
  onShow: (panel: PanelId) => void;
}

export interface RunControl {
  /** Runs a program of any language. */
  runDraft: (language: LanguageInfo, draft: Draft, place?: Place) => void;
  /** Runs the program in the editor. */
  start: (place?: Place) => void;
  stop: () => void;
  type: (text: string) => void;
  endInput: () => void;
  onBadArgs: (message: string) => void;
}

/** Running the program in the editor, with what is told when that cannot be. */
export function useRunControl(options: RunControlOptions): RunControl {
  const { store, program, language, draft, ofRun, onShow } = options;
  const onBadArgs = useCallback(
    (description: string) => {
      onShow("input");
      toast("The arguments cannot be read", { description });
    },
    [onShow],
  );
  const runDraft = useCallback(
    ({ id }: LanguageInfo, { options, code, stdin, args: line, files }: Draft, place: Place = "result") => {
      if (isActive(store.get())) return;
      const args = splitArgs(line);
      if (!args.ok) return onBadArgs(args.message);
      // With prepared input the program gets exactly that; without any, input is typed while it runs.
      const mode = place !== "result" ? "terminal" : stdin === "" ? "interactive" : "batch";
      const repl = place === "repl";
      // Into a terminal people type themselves.
      const input = place === "result" ? typedInput(stdin) : "";
      store.start(
        {
          ...{ language: id, options: options && { ...options }, code, stdin: input, args: args.args },
          ...{ files: [...files], mode, repl, ...ofRun() },
        },
        program,
      );
      onShow("output");
    },
    [store, program, ofRun, onBadArgs, onShow],
  );
  const start = useCallback(
    (place?: Place) => {
      if (language && draft) runDraft(language, draft, place);
    },
    [language, draft, runDraft],
  );
  return {
    ...{ runDraft, start, onBadArgs },
    stop: () => void store.stop().catch(toastFailure("The run could not be stopped")),
    type: (text) => void store.type(text).catch(toastFailure("The program did not get this input")),
    endInput: () => void store.endInput().catch(toastFailure("The input could not be ended")),
  };
}

/** Reports a failure in a toast, except when the run has just ended and so refuses input or Stop. */
function toastFailure(title: string) {
  return (error: unknown) => {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "not_found" || code === "conflict") return;
    toast(title, { description: error instanceof Error ? error.message : "" });
  };
}
