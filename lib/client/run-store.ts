import type { RunDetail } from "../schemas/history";
import {
  modeOf,
  type RunEvent,
  type RunRequestInput,
  type RunTest,
  type TerminalSize,
  USUAL_SIZE,
} from "../schemas/run";
import { ApiError, call, unreachable } from "./api";
import type { KeptRun } from "./last-runs";
import {
  type EarlierRun,
  IDLE,
  isActive,
  type RunAction,
  type RunFailure,
  type RunState,
  reduceRun,
  type ShownResult,
} from "./run-state";
import { followRun, type StreamOptions, streamRun } from "./run-stream";
import { openTerminal, type Terminal } from "./terminal";
import { countLines } from "./transcript";
import { inputChunks } from "./typed-input";

/** A request whose test cases are complete, so that what comes of them can be shown beside them. */
export type StartRequest = RunRequestInput & { tests?: RunTest[] };

/** The page's run: start, input, stop, and the state to subscribe to. */
export interface RunStore {
  get(): RunState;
  subscribe(listener: () => void): () => void;
  /** Ignored while a run is active. `program` is what it is a run of, by default the language's. */
  start(request: StartRequest, program?: string): void;
  /**
   * Brings an earlier run of a program back: its result, or, while it still runs, itself. Ignored while a run is active. Resolves to `false`
   * when there is no such run (any more), for this viewer.
   */
  resume(program: string, kept: KeptRun): Promise<boolean>;
  /** Cancels the run; resolves when the server has accepted that. Rejects with `ApiError`. */
  stop(): Promise<void>;
  /** Sends typed lines, each with its newline, to the program. */
  type(text: string): Promise<void>;
  endInput(): Promise<void>;
  clear(): void;
  /** The terminal of the run, if it has one; also after its end. */
  terminal(): Terminal | null;
  /** The size of the terminal on this page, for this one and the next. */
  resize(size: TerminalSize): void;
}

/** Events are batched: a program can print thousands of times a second. */
const BATCH_MS = 16;

export function createRunStore(): RunStore {
  let state = IDLE;
  let controller = new AbortController();
  /** The run's id as soon as it arrives, up to a batch earlier than in `state`. */
  let runId = "";
  /** The last input request. Requests are sent one at a time: concurrent ones could arrive out of order. */
  let lastInput: Promise<unknown> = Promise.resolve();
  let terminal: Terminal | null = null;
  let size = USUAL_SIZE;
  const listeners = new Set<() => void>();

  function dispatch(action: RunAction): void {
    const next = reduceRun(state, action);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  /** Where a run's events and its failure go, until another run takes its place. */
  function taker() {
    const { signal } = controller;
    const batch = createBatch((events) => {
      if (!signal.aborted) dispatch({ type: "events", events });
    });
    const fail = (error: unknown) => {
      batch.flush();
      if (!signal.aborted) dispatch({ type: "failed", failure: toFailure(error) });
    };
    return { signal, batch, fail };
  }

  function showTerminal({ batch, fail }: Pick<ReturnType<typeof taker>, "batch" | "fail">): void {
    terminal = openTerminal({ id: runId, size, onEvent: batch.add, onFailure: fail });
  }

  async function follow(events: (options: StreamOptions) => AsyncIterable<RunEvent>): Promise<void> {
    const { signal, batch, fail } = taker();
    try {
      for await (const event of events({ signal })) {
        batch.add(event);
        if (event.type === "queued" && runId === "") {
          runId = event.id;
          // Stop was pressed before the id was known.
          if (state.stopping) cancel(runId).catch(stopFailed);
          // From here on the terminal tells everything.
          if (state.terminal) {
            showTerminal({ batch, fail });
            break;
          }
        }
      }
      batch.flush();
    } catch (error) {
      fail(error);
    }
  }

  const stopFailed = () => dispatch({ type: "stopFailed" });

  /** Sends input after all earlier input, even if that failed. */
  function sendInput(body: { text: string } | { eof: true }): Promise<void> {
    const params = { id: runId };
    const sent = lastInput.then(async () => void (await call("input", { params, body })));
    lastInput = sent.catch(() => {});
    return sent;
  }

  /** A new run takes the place of whatever was shown or being loaded. */
  function begin(action: RunAction, id = ""): void {
    controller.abort();
    controller = new AbortController();
    runId = id;
    lastInput = Promise.resolve();
    terminal?.leave();
    terminal = null;
    dispatch(action);
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(request, program = request.language) {
      if (isActive(state)) return;
      const mode = modeOf(request);
      const kind = { interactive: mode === "interactive", terminal: mode === "terminal" };
      const { language, stdin = "", tests = [] } = request;
      const givenLines = countLines(stdin);
      begin({ type: "start", program, language, ...kind, stdin, givenLines, tests });
      const sent = kind.terminal ? { ...request, terminal: size } : request;
      void follow((options) => streamRun(sent, options));
    },
    async resume(program, kept) {
      if (isActive(state)) return true;
      begin({ type: "loading" });
      const { signal } = controller;
      try {
        const run = await call("getRun", { params: { id: kept.runId }, signal });
        if (signal.aborted) return true;
        const earlier = earlierRun(program, kept, run);
        const result = resultOf(run);
        if (earlier.terminal) {
          begin({ type: "follow", ...earlier }, kept.runId);
          showTerminal(taker());
        } else if (result) {
          dispatch({ type: "restored", result, ...earlier });
        } else {
          begin({ type: "follow", ...earlier }, kept.runId);
          void follow((options) => followRun(kept.runId, options));
        }
        return true;
      } catch (error) {
        if (signal.aborted) return true;
        dispatch({ type: "nothing" });
        return !(error instanceof ApiError && GONE.includes(error.code));
      }
    },
    async stop() {
      if (!isActive(state) || state.stopping) return;
      dispatch({ type: "stopping" });
      if (runId === "") return;
      try {
        await cancel(runId);
      } catch (error) {
        stopFailed();
        throw error;
      }
    },
    async type(text) {
      if (runId === "" || state.inputEnded) return;
      dispatch({ type: "typed", text });
      await Promise.all(inputChunks(text).map((chunk) => sendInput({ text: chunk })));
    },
    async endInput() {
      if (runId === "" || state.inputEnded) return;
      dispatch({ type: "inputEnded" });
      await sendInput({ eof: true });
    },
    terminal: () => terminal,
    resize(next) {
      size = next;
      terminal?.resize(next);
    },
    clear: () => dispatch({ type: "clear" }),
  };
}

/** Codes for a run that was deleted, or belongs to somebody who is not signed in here any more. */
const GONE: readonly string[] = ["not_found", "gone", "unauthorized"];

function earlierRun(program: string, { typed, inputEnded }: KeptRun, run: RunDetail): EarlierRun {
  const { id, language, request } = run;
  const { stdin, mode } = request;
  const givenLines = countLines(stdin);
  const kind = { interactive: mode === "interactive", terminal: mode === "terminal" };
  return { program, runId: id, language, ...kind, stdin, givenLines, typed, inputEnded };
}

/** `null` while it runs. */
function resultOf({ status, usage, ...run }: RunDetail): ShownResult | null {
  return status === "running" ? null : { ...run, status, usage: usage ?? null };
}

async function cancel(id: string): Promise<void> {
  await call("cancel", { params: { id } });
}

function toFailure(error: unknown): RunFailure {
  const { code, message, retryAfterS } = error instanceof ApiError ? error : unreachable(error);
  return { code, message, retryAfterS };
}

function createBatch(deliver: (events: readonly RunEvent[]) => void) {
  let events: RunEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (events.length === 0) return;
    const ready = events;
    events = [];
    deliver(ready);
  }
  return {
    flush,
    add(event: RunEvent): void {
      events.push(event);
      // Not an animation frame: those pause in a hidden tab, and the run goes on.
      timer ??= setTimeout(flush, BATCH_MS);
    },
  };
}
