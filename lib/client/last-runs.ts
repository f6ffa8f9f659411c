import * as z from "zod";
import type { RunState } from "./run-state";
import type { TextStorage } from "./storage";
import type { TypedText } from "./transcript";

/** The last run of a program, as it is kept to be brought back. */
export interface KeptRun {
  runId: string;
  /** What was typed while it ran: the server keeps only what the program printed. */
  typed: readonly TypedText[];
  inputEnded: boolean;
}

export interface LastRuns {
  load(program: string): KeptRun | null;
  save(program: string, run: KeptRun): void;
  forget(program: string): void;
}

const keptSchema = z.object({
  v: z.literal(1),
  runId: z.string().min(1),
  typed: z.array(z.object({ at: z.number().int().min(0), text: z.string() })).default([]),
  inputEnded: z.boolean().default(false),
});

const PREFIX = "quicksand:last-run:";
/** Of more, only the end is kept. */
const MAX_TYPED_CHARS = 100_000;

/**
 * The last run of each program: in the tab's own storage with what was typed, which survives a reload and Back, and without it in the
 * browser's, so that another tab and the next visit find the result. What was typed may be a password, so it goes with the tab.
 */
export function createLastRuns(tab: TextStorage, browser: TextStorage): LastRuns {
  return {
    load: (program) => parse(tab.get(PREFIX + program)) ?? parse(browser.get(PREFIX + program)),
    save(program, { runId, typed, inputEnded }) {
      const kept = { v: 1, runId, typed: lastOf(typed), inputEnded };
      tab.set(PREFIX + program, JSON.stringify(kept));
      browser.set(PREFIX + program, JSON.stringify({ v: 1, runId, inputEnded }));
    },
    forget(program) {
      tab.set(PREFIX + program, "");
      browser.set(PREFIX + program, "");
    },
  };
}

/** Keeps what has changed of the page's run. */
export function keepLastRun(runs: LastRuns, before: RunState, now: RunState): void {
  // Cleared by hand, so it stays away; `loading` is only on its way back.
  if (now.phase.name === "idle" && before.program !== "") runs.forget(before.program);
  if (now.program === "" || now.runId === "") return;
  const same =
    now.runId === before.runId && now.typed === before.typed && now.inputEnded === before.inputEnded;
  if (!same) runs.save(now.program, now);
}

function parse(text: string | null): KeptRun | null {
  if (!text) return null;
  try {
    const parsed = keptSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const { runId, typed, inputEnded } = parsed.data;
    return { runId, typed, inputEnded };
  } catch {
    return null;
  }
}

function lastOf(typed: readonly TypedText[]): readonly TypedText[] {
  let chars = 0;
  const from = typed.findLastIndex(({ text }) => {
    chars += text.length;
    return chars > MAX_TYPED_CHARS;
  });
  return typed.slice(from + 1);
}
