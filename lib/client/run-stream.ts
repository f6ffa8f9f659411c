import type { EventSourceMessage } from "eventsource-parser";
import { errorBodySchema } from "../schemas/error";
import { type RunEvent, type RunRequestInput, runEventSchema } from "../schemas/run";
import { ApiError, send, UNREACHABLE, unreachable } from "./api";
import { readEvents } from "./events";

const EVENT_STREAM = { accept: "text/event-stream" };

export interface StreamOptions {
  signal: AbortSignal;
  /** Delays before the attempts to resume a broken stream; their number is the limit. */
  retryDelaysMs?: readonly number[];
}

/** Seconds that a run waits for its page to follow it again: a reload, a tunnel, a look at another page. */
const LINGER_S = "60";

/** How far a run's events have been read. */
interface Position {
  runId: string;
  lastEventId: string;
}

/**
 * Starts a run and yields its events until `done`. The run goes on for a while without its page, so that it survives a reload and a dropped
 * connection: the stream is then resumed, a few times. Rejects with `ApiError`, also for an `error` event.
 */
export async function* streamRun(request: RunRequestInput, options: StreamOptions): AsyncGenerator<RunEvent> {
  const { signal } = options;
  const query = { linger: LINGER_S };
  const response = await send("run", { body: request, query, headers: EVENT_STREAM, signal });
  yield* readToEnd(response, { runId: "", lastEventId: "" }, options);
}

/** Runs a program as a guest, whoever is signed in here. Nobody could find such a run again, so it ends with its stream. */
export async function* streamGuestRun(
  request: RunRequestInput,
  { signal }: Pick<StreamOptions, "signal">,
): AsyncGenerator<RunEvent> {
  const response = await send("run", { body: request, headers: EVENT_STREAM, signal, anonymous: true });
  if (!(yield* readRun(response, { runId: "", lastEventId: "" }))) throw unreachable();
}

/** Follows a run that was started before, from its first event on. Rejects as `streamRun` does. */
export async function* followRun(runId: string, options: StreamOptions): AsyncGenerator<RunEvent> {
  const position = { runId, lastEventId: "0" };
  yield* readToEnd(await watch(position, options.signal), position, options);
}

async function* readToEnd(
  first: Response,
  position: Position,
  { signal, retryDelaysMs = [250, 1000, 2000, 4000] }: StreamOptions,
): AsyncGenerator<RunEvent> {
  let response = first;
  let attempt = 0;
  for (;;) {
    const before = position.lastEventId;
    try {
      if (yield* readRun(response, position)) return;
    } catch (error) {
      if (signal.aborted || error instanceof ApiError) throw error;
    }
    // Only consecutive failures count: progress resets the attempts.
    if (position.lastEventId !== before) attempt = 0;
    response = await reopen();
  }

  async function reopen(): Promise<Response> {
    for (;;) {
      const delay = retryDelaysMs[attempt];
      if (position.runId === "" || delay === undefined) throw unreachable();
      attempt += 1;
      await pause(delay, signal);
      try {
        return await watch(position, signal);
      } catch (error) {
        if (!(error instanceof ApiError && error.code === UNREACHABLE)) throw error;
      }
    }
  }
}

function watch({ runId, lastEventId }: Position, signal: AbortSignal): Promise<Response> {
  const headers = { ...EVENT_STREAM, "last-event-id": lastEventId };
  return send("watchRun", { params: { id: runId }, headers, signal });
}

/**
 * Yields one response's events; returns true if the run's end was among them. Reads on after it: a body that is read to its end leaves its
 * connection to the next run, one that is given up costs it.
 */
async function* readRun(response: Response, position: Position): AsyncGenerator<RunEvent, boolean> {
  if (!response.body) throw unreachable();
  let ended = false;
  try {
    for await (const message of readEvents(response.body)) {
      position.lastEventId = message.id ?? position.lastEventId;
      const event = eventOf(message);
      // A newer server may send events that this page does not know.
      if (!event || ended) continue;
      if (event.type === "queued") position.runId = event.id;
      ended = event.type === "done";
      yield event;
    }
  } catch (error) {
    if (!ended) throw error;
  }
  return ended;
}

/** Throws `ApiError` for an `error` event; `null` for what is not known here. */
function eventOf({ event, data }: EventSourceMessage): RunEvent | null {
  const value: unknown = JSON.parse(data);
  if (event === "error") throw new ApiError(errorBodySchema.parse(value).error, 200, null);
  // Unlike other events, `done` carries the result itself, like the JSON response.
  return runEventSchema.safeParse(event === "done" ? { type: "done", run: value } : value).data ?? null;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
