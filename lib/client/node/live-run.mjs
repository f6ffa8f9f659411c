// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { QuicksandError, refused, unreachable } from "./error.mjs";
import { readServerSentEvents } from "./server-sent-events.mjs";

/** @import { Connection } from "./connection.mjs" */
/** @import { CallOptions, LiveRun, RunEvent, RunRequestInput, RunResult } from "./types" */

const EVENT_STREAM = { accept: "text/event-stream" };
/** How long the server lets a run go on whose connection was lost, in seconds. */
const LINGER_S = 30;
/** Delays before the attempts to follow on after a lost connection; their number is the limit of those without any progress. */
const RETRY_DELAYS_MS = [250, 1_000, 2_000, 4_000];

/**
 * @param {Connection} connection
 * @param {{ request: RunRequestInput } | { id: string }} what to start, or which run to follow
 * @param {CallOptions} [options]
 * @returns {LiveRun}
 */
export function openRun(connection, what, { signal } = {}) {
  /** @type {RunEvent[]} */
  const events = [];
  let over = false;
  let wake = () => {};
  let changed = new Promise((resolve) => {
    wake = () => resolve(undefined);
  });
  const notify = () => {
    const woken = wake;
    changed = new Promise((resolve) => {
      wake = () => resolve(undefined);
    });
    woken();
  };
  /** @type {(id: string) => void} */
  let know = () => {};
  /** @type {Promise<string>} */
  const known = new Promise((resolve) => {
    know = resolve;
  });

  const read = async () => {
    try {
      for await (const event of follow(connection, what, signal)) {
        if (event.type === "queued") know(event.id);
        events.push(event);
        notify();
        if (event.type === "done") return event.run;
      }
      throw unreachable(connection.server);
    } catch (error) {
      // Ours to end: without this the server would wait a while for us to come back.
      if (signal?.aborted && "request" in what) void known.then(cancel).catch(() => {});
      throw error;
    } finally {
      over = true;
      notify();
    }
  };
  const result = read();
  if ("id" in what) know(what.id);
  const id = Promise.race([known, result.then((run) => run.id)]);
  // Who waits for one of the two need not handle the other.
  for (const promise of [result, id]) promise.catch(() => {});

  /** @param {string} runId */
  const pathOf = (runId) => `/api/runs/${encodeURIComponent(runId)}`;
  /** @param {string} runId */
  const cancel = async (runId) => {
    const answer = await connection.json(`${pathOf(runId)}/cancel`, { method: "POST" });
    return /** @type {{ cancelled: boolean }} */ (answer).cancelled;
  };
  /** @param {{ text?: string, eof?: boolean }} body */
  const give = async (body) => {
    await connection.json(`${pathOf(await id)}/input`, { method: "POST", body });
  };

  return {
    id,
    result,
    input: (text) => give({ text }),
    endInput: () => give({ eof: true }),
    cancel: async () => cancel(await id),
    async *[Symbol.asyncIterator]() {
      for (let at = 0; ; at++) {
        while (at >= events.length && !over) await changed;
        const event = events[at];
        if (event === undefined) break;
        yield event;
      }
      await result;
    },
  };
}

/**
 * @param {Connection} connection
 * @param {{ request: RunRequestInput } | { id: string }} what
 * @param {AbortSignal} [signal]
 * @returns {AsyncGenerator<RunEvent, void>}
 */
async function* follow(connection, what, signal) {
  const position = { runId: "id" in what ? what.id : "", lastEventId: "0" };
  const watch = () =>
    connection.send(`/api/runs/${encodeURIComponent(position.runId)}/events`, {
      headers: { ...EVENT_STREAM, "last-event-id": position.lastEventId },
      signal,
    });
  let response =
    "id" in what
      ? await watch()
      : await connection.send("/api/editor/run", {
          ...{
            method: "POST",
            query: { linger: LINGER_S },
            body: what.request,
            headers: EVENT_STREAM,
            signal,
          },
        });
  let attempt = 0;
  for (;;) {
    const before = position.lastEventId;
    try {
      for await (const { id, event, data } of readServerSentEvents(bodyOf(response, connection.server))) {
        position.lastEventId = id ?? position.lastEventId;
        const read = eventOf(event, data, connection.server);
        if (read.type === "queued") position.runId = read.id;
        yield read;
        if (read.type === "done") return;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof QuicksandError) throw error;
    }
    if (position.lastEventId !== before) attempt = 0;
    for (;;) {
      const delay = RETRY_DELAYS_MS[attempt++];
      if (position.runId === "" || delay === undefined) throw unreachable(connection.server);
      await sleep(delay, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
      try {
        response = await watch();
        break;
      } catch (error) {
        if (!(error instanceof QuicksandError && error.code === "unreachable")) throw error;
      }
    }
  }
}

/** @param {Response} response @param {string} server @returns {AsyncIterable<Uint8Array>} */
function bodyOf({ body, status, headers }, server) {
  const streamed = headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  if (!streamed || !body) throw refused(null, { server, status });
  return /** @type {AsyncIterable<Uint8Array>} */ (/** @type {unknown} */ (body));
}

/**
 * @param {string} name
 * @param {string} data
 * @param {string} server
 * @returns {RunEvent}
 */
function eventOf(name, data, server) {
  const value = JSON.parse(data);
  if (name === "error") throw refused(value, { server, status: 200 });
  // Unlike other events, `done` carries the result itself, like the JSON answer.
  if (name === "done") return { type: "done", run: /** @type {RunResult} */ (value) };
  return value;
}

/**
 * Starts a run and leaves it, for somebody who follows it otherwise; answers its id. The server ends it when nobody comes in half a minute.
 * @param {Connection} connection
 * @param {RunRequestInput} request
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>}
 */
export async function startRun(connection, request, signal) {
  for await (const event of follow(connection, { request }, signal)) {
    if (event.type === "queued") return event.id;
  }
  throw unreachable(connection.server);
}
