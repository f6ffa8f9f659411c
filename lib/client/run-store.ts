import type { RunEvent, RunRequestInput } from "../schemas/run";
import { ApiError, call, unreachable } from "./api";
import { IDLE, isActive, type RunAction, type RunFailure, type RunState, reduceRun } from "./run-state";
import { streamRun } from "./run-stream";
import { inputChunks } from "./typed-input";

/** The page's one run: starts it, feeds it, stops it, and tells whoever listens how it stands. */
export interface RunStore {
  get(): RunState;
  subscribe(listener: () => void): () => void;
  /** Does nothing while a run is under way. */
  start(request: RunRequestInput): void;
  /** Ends the run; resolves when the server knows. Fails with `ApiError` when it could not be told. */
  stop(): Promise<void>;
  /** Gives the program text as it was typed: lines with their newlines. */
  type(text: string): Promise<void>;
  endInput(): Promise<void>;
  clear(): void;
  /** For when the page goes away: the run was started detached and would go on. */
  abandon(): void;
}

/** A program can print thousands of times a second; the page draws sixty times at most. */
const BATCH_MS = 16;

export function createRunStore(): RunStore {
  let state = IDLE;
  let controller = new AbortController();
  /** The run's id from the moment it arrives, which is up to a batch before it is in `state`. */
  let runId = "";
  /** The last input request: two at the same time could reach the server in the other order. */
  let lastInput: Promise<unknown> = Promise.resolve();
  const listeners = new Set<() => void>();

  function dispatch(action: RunAction): void {
    const next = reduceRun(state, action);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  async function follow(request: RunRequestInput, signal: AbortSignal): Promise<void> {
    const batch = createBatch((events) => {
      if (!signal.aborted) dispatch({ type: "events", events });
    });
    try {
      for await (const event of streamRun(request, { signal })) {
        batch.add(event);
        if (event.type === "queued" && runId === "") {
          runId = event.id;
          // Stop was pressed before there was an id to stop.
          if (state.stopping) cancel(runId).catch(stopFailed);
        }
      }
      batch.flush();
    } catch (error) {
      batch.flush();
      if (!signal.aborted) dispatch({ type: "failed", failure: toFailure(error) });
    }
  }

  const stopFailed = () => dispatch({ type: "stopFailed" });

  /** Resolves when the server has taken the input; that of before is sent first, whether or not it was taken. */
  function sendInput(body: { text: string } | { eof: true }): Promise<void> {
    const params = { id: runId };
    const sent = lastInput.then(async () => void (await call("input", { params, body })));
    lastInput = sent.catch(() => {});
    return sent;
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(request) {
      if (isActive(state)) return;
      controller = new AbortController();
      runId = "";
      lastInput = Promise.resolve();
      const interactive = request.mode === "interactive";
      dispatch({ type: "start", language: request.language, interactive });
      void follow(request, controller.signal);
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
    clear: () => dispatch({ type: "clear" }),
    abandon() {
      if (isActive(state) && runId !== "") cancel(runId, true).catch(() => {});
    },
  };
}

async function cancel(id: string, keepalive = false): Promise<void> {
  await call("cancel", { params: { id }, keepalive });
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
      // Not an animation frame: those stop in a hidden tab, and the run does not.
      timer ??= setTimeout(flush, BATCH_MS);
    },
  };
}
