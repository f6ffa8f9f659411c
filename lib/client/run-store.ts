import { modeOf, type RunEvent, type RunRequestInput, type TerminalSize, USUAL_SIZE } from "../schemas/run";
import { ApiError, call, unreachable } from "./api";
import { IDLE, isActive, type RunAction, type RunFailure, type RunState, reduceRun } from "./run-state";
import { streamRun } from "./run-stream";
import { openTerminal, type Terminal } from "./terminal";
import { inputChunks } from "./typed-input";

/** The page's run: start, input, stop, and the state to subscribe to. */
export interface RunStore {
  get(): RunState;
  subscribe(listener: () => void): () => void;
  /** Ignored while a run is active. */
  start(request: RunRequestInput): void;
  /** Shows the terminal of a run that another load of the page has started. Ignored while a run is active. */
  resume(run: { id: string; language: string }): void;
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
  /**
   * Cancels the run when the page is left: it was started detached and would go on. One in a terminal is left alone, to be shown again by
   * the page that is loaded next; without one the server ends it.
   */
  abandon(): void;
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
  function take(signal: AbortSignal) {
    const batch = createBatch((events) => {
      if (!signal.aborted) dispatch({ type: "events", events });
    });
    const fail = (error: unknown) => {
      batch.flush();
      if (!signal.aborted) dispatch({ type: "failed", failure: toFailure(error) });
    };
    return { batch, fail };
  }

  function showTerminal({ batch, fail }: ReturnType<typeof take>): void {
    terminal?.leave();
    terminal = openTerminal({ id: runId, size, onEvent: batch.add, onFailure: fail });
  }

  async function follow(request: RunRequestInput, signal: AbortSignal): Promise<void> {
    const taken = take(signal);
    const { batch, fail } = taken;
    try {
      for await (const event of streamRun(request, { signal })) {
        batch.add(event);
        if (event.type === "queued" && runId === "") {
          runId = event.id;
          // Stop was pressed before the id was known.
          if (state.stopping) cancel(runId).catch(stopFailed);
          // From here on the terminal tells everything.
          if (state.terminal) {
            showTerminal(taken);
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
      terminal?.leave();
      terminal = null;
      const mode = modeOf(request);
      dispatch({ type: "start", language: request.language, mode });
      void follow(mode === "terminal" ? { ...request, terminal: size } : request, controller.signal);
    },
    resume({ id, language }) {
      if (isActive(state)) return;
      controller = new AbortController();
      runId = id;
      dispatch({ type: "start", language, mode: "terminal" });
      showTerminal(take(controller.signal));
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
    abandon() {
      if (isActive(state) && !state.terminal && runId !== "") cancel(runId, true).catch(() => {});
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
      // Not an animation frame: those pause in a hidden tab, and the run goes on.
      timer ??= setTimeout(flush, BATCH_MS);
    },
  };
}
