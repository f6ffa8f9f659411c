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

/** Yields one response's events; returns true if the run's end was among them. */
async function* readRun(response: Response, position: Position): AsyncGenerator<RunEvent, boolean> {
  if (!response.body) throw unreachable();
  for await (const { id, event, data } of readEvents(response.body)) {
    position.lastEventId = id ?? position.lastEventId;
    const value: unknown = JSON.parse(data);
    if (event === "error") throw new ApiError(errorBodySchema.parse(value).error, 200, null);
    // Unlike other events, `done` carries the result itself, like the JSON response.
    const parsed = runEventSchema.safeParse(event === "done" ? { type: "done", run: value } : value);
    // A newer server may send events that this page does not know.
    if (!parsed.success) continue;
    if (parsed.data.type === "queued") position.runId = parsed.data.id;
    yield parsed.data;
    if (parsed.data.type === "done") return true;
  }
  return false;
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
