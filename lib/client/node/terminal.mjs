// @ts-check
import { QuicksandError, refused, unreachable } from "./error.mjs";
import { startRun } from "./live-run.mjs";

/** @import { Connection } from "./connection.mjs" */
/** @import { RunEvent, RunRequestInput, RunResult, Terminal, TerminalOptions, TerminalSize } from "./types" */

/** @type {TerminalSize} */
const USUAL_SIZE = { columns: 80, rows: 24 };
/** A message's limit is 64 KB. */
const MESSAGE_BYTES = 32_768;
/** Typed without a connection; what is more is dropped, as nobody sees what becomes of it. */
const MAX_WAITING_BYTES = 16_384;
const RETRY_DELAYS_MS = [250, 500, 1_000, 2_000, 4_000, 8_000];
/** The server's close code when it has sent everything that there is. */
const NOTHING_MORE = 1000;

/**
 * What is used of a WebSocket, which `ws` and Node's own have alike.
 * @typedef {{
 *   binaryType: string,
 *   onopen: (() => void) | null,
 *   onmessage: ((message: { data: unknown }) => void) | null,
 *   onclose: ((close: { code: number }) => void) | null,
 *   onerror: ((error: unknown) => void) | null,
 *   send(data: string | Uint8Array): void,
 *   close(): void,
 *   on?(name: "unexpected-response", listener: (request: unknown, response: import("node:http").IncomingMessage) => void): void,
 * }} Socket
 */

/**
 * Starts a program in a terminal.
 * @param {Connection} connection
 * @param {RunRequestInput} request
 * @param {TerminalOptions} [options]
 * @returns {Promise<Terminal>}
 */
export async function openTerminal(connection, request, { size = USUAL_SIZE, onEvent, signal } = {}) {
  const connect = await socketMaker(connection);
  const { interactive: _, ...program } = request;
  const id = await startRun(connection, { ...program, mode: "terminal", terminal: size }, signal);
  return attach({ id, size, onEvent, signal, connect, server: connection.server });
}

/**
 * @param {{
 *   id: string,
 *   size: TerminalSize,
 *   onEvent: ((event: RunEvent) => void) | undefined,
 *   signal: AbortSignal | undefined,
 *   connect: (id: string, from: number) => Socket,
 *   server: string,
 * }} options
 * @returns {Terminal}
 */
function attach({ id, size: first, onEvent, signal, connect, server }) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array[]} */
  const printed = [];
  let size = first;
  let received = 0;
  let attempt = 0;
  let open = false;
  let over = false;
  /** @type {Uint8Array[]} */
  let waiting = [];
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {(() => void) | null} */
  let wake = null;
  /** @type {(run: RunResult) => void} */
  let resolve = () => {};
  /** @type {(error: unknown) => void} */
  let reject = () => {};
  /** @type {Promise<RunResult>} */
  const result = new Promise((...both) => {
    [resolve, reject] = both;
  });
  result.catch(() => {});
  let socket = dial();
  const abort = () => fail(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });

  function dial() {
    const dialled = connect(id, received);
    dialled.binaryType = "arraybuffer";
    dialled.onopen = () => {
      open = true;
      say({ type: "resize", ...size });
      for (const bytes of waiting.splice(0)) send(bytes);
    };
    dialled.onmessage = ({ data }) => {
      // Only attempts without anything in between count.
      attempt = 0;
      if (typeof data === "string") return hear(JSON.parse(data));
      const bytes = new Uint8Array(/** @type {ArrayBuffer} */ (data));
      received += bytes.length;
      printed.push(bytes);
      wake?.();
    };
    dialled.onerror = () => {};
    dialled.onclose = ({ code }) => {
      open = false;
      if (!over) again(code);
    };
    dialled.on?.("unexpected-response", (_request, response) => {
      void bodyOf(response).then((body) => {
        const headers = { get: (/** @type {string} */ name) => response.headers[name]?.toString() ?? null };
        fail(refused(body, { server, status: response.statusCode ?? 0, headers }));
      });
    });
    return dialled;
  }

  /** @param {number} code */
  function again(code) {
    if (code === NOTHING_MORE) {
      return fail(new QuicksandError("not_found", "This run is not there any more; run the program again."));
    }
    const delay = RETRY_DELAYS_MS[attempt++];
    if (delay === undefined) return fail(unreachable(server));
    timer = setTimeout(() => {
      socket = dial();
    }, delay);
  }

  /** @param {{ type: string }} message */
  function hear(message) {
    if (message.type === "error") {
      const error = refused(message, { server, status: 200 });
      // Too much typed ahead is dropped, as a terminal would; anything else is the end.
      if (error.code !== "body_too_large") fail(error);
      return;
    }
    const event = /** @type {RunEvent} */ (message);
    onEvent?.(event);
    if (event.type !== "done") return;
    resolve(event.run);
    close();
  }

  /** @param {unknown} error */
  function fail(error) {
    reject(error);
    close();
  }

  function close() {
    if (over) return;
    over = true;
    open = false;
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    socket.close();
    wake?.();
  }

  /** @param {object} message */
  function say(message) {
    if (open) socket.send(JSON.stringify(message));
  }

  /** @param {Uint8Array} bytes */
  function send(bytes) {
    for (let at = 0; at < bytes.length; at += MESSAGE_BYTES) socket.send(bytes.slice(at, at + MESSAGE_BYTES));
  }

  return {
    id,
    result,
    write(typed) {
      const bytes = typeof typed === "string" ? encoder.encode(typed) : typed;
      if (open) send(bytes);
      else if (!over && waiting.reduce((sum, each) => sum + each.length, bytes.length) <= MAX_WAITING_BYTES) {
        waiting = [...waiting, bytes];
      }
    },
    resize(next) {
      size = next;
      say({ type: "resize", ...size });
    },
    signal: (name) => say({ type: "signal", signal: name }),
    leave: () => fail(new DOMException("The terminal was left.", "AbortError")),
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const bytes = printed.shift();
        if (bytes) {
          yield bytes;
          continue;
        }
        if (over) break;
        await new Promise((ready) => {
          wake = () => ready(undefined);
        });
      }
      await result;
    },
  };
}

/**
 * Node's own WebSocket is there from Node 22 on; `ws`, where it is installed, also says why a server refuses.
 * @param {Connection} connection
 * @returns {Promise<(id: string, from: number) => Socket>}
 */
async function socketMaker(connection) {
  const installed = await import("ws").catch(() => null);
  const Maker = installed?.WebSocket ?? globalThis.WebSocket;
  if (!Maker) {
    throw new TypeError("A terminal needs WebSockets: use Node 22 or newer, or install the package `ws`.");
  }
  return (id, from) => {
    const url = connection.url(`/api/runs/${encodeURIComponent(id)}/terminal`, { from });
    url.protocol = url.protocol.replace("http", "ws");
    // Both take headers so, which the standard does not have.
    const headers = /** @type {never} */ ({ headers: connection.credentials });
    return /** @type {Socket} */ (/** @type {unknown} */ (new Maker(url, headers)));
  };
}

/** @param {import("node:http").IncomingMessage} response @returns {Promise<unknown>} */
async function bodyOf(response) {
  try {
    const parts = await response.toArray();
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    return null;
  }
}
