import * as z from "zod";
import { type ErrorBody, errorBodySchema } from "../schemas/error";
import { type RunEvent, runEventSchema, type TerminalMessage, type TerminalSize } from "../schemas/run";
import { ApiError, unreachable } from "./api";

/** The part of a browser's `WebSocket` that is used. */
export interface TerminalSocket {
  binaryType: string;
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: ((close: { code: number }) => void) | null;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** Whether the terminal can be typed into; `lost` while it is connected anew, `ended` when there is nothing more to come. */
export type TerminalState = "connecting" | "open" | "lost" | "ended";

export interface TerminalOptions {
  /** The run's id. */
  id: string;
  size: TerminalSize;
  /** What the run does beside printing. */
  onEvent: (event: RunEvent) => void;
  /** There will be no `done`. */
  onFailure: (error: ApiError) => void;
  connect?: (url: string) => TerminalSocket;
  /** Delays before the attempts to connect anew; their number is the limit of those that follow one another. */
  retryDelaysMs?: readonly number[];
}

/** A run's terminal, whatever becomes of its connection. All that was printed stays, for a view that comes later. */
export interface Terminal {
  readonly id: string;
  readonly state: TerminalState;
  /** Calls back with all that was printed so far and then as it comes; answers what ends that. */
  read(onBytes: (bytes: Uint8Array) => void): () => void;
  subscribe(listener: () => void): () => void;
  /** What is typed: text, or bytes that are none. Without a connection it waits for the next. */
  type(typed: string | Uint8Array<ArrayBuffer>): void;
  resize(size: TerminalSize): void;
  /** Leaves the terminal; the run goes on. */
  leave(): void;
}

/** Typed without a connection; what is more is dropped, as nobody sees what becomes of it. */
const MAX_WAITING_BYTES = 16_384;
/** A message's limit is 64 KB. */
const MESSAGE_BYTES = 32_768;
/** The server's close code when it has sent everything that there is. */
const NOTHING_MORE = 1000;
const RETRY_DELAYS_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000];

const errorMessageSchema = z.object({ type: z.literal("error"), ...errorBodySchema.shape });

export function openTerminal(options: TerminalOptions): Terminal {
  const { id, onEvent, onFailure, connect = browserSocket, retryDelaysMs = RETRY_DELAYS_MS } = options;
  const encoder = new TextEncoder();
  const printed: Uint8Array[] = [];
  const readers = new Set<(bytes: Uint8Array) => void>();
  const listeners = new Set<() => void>();
  let size = options.size;
  let received = 0;
  let state: TerminalState = "connecting";
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let socket = open();

  function open(): TerminalSocket {
    const opened = connect(`/api/runs/${encodeURIComponent(id)}/terminal?from=${received}`);
    opened.binaryType = "arraybuffer";
    opened.onopen = () => {
      say({ type: "resize", ...size });
      set("open");
      for (const bytes of waiting.splice(0)) send(bytes);
    };
    opened.onmessage = ({ data }) => {
      // Only attempts without anything in between count.
      attempt = 0;
      if (typeof data === "string") hear(data);
      else print(new Uint8Array(data as ArrayBuffer));
    };
    opened.onclose = ({ code }) => {
      if (state === "ended") return;
      if (code === NOTHING_MORE) {
        end();
        onFailure(gone());
        return;
      }
      const delay = retryDelaysMs[attempt];
      if (delay === undefined) {
        end();
        onFailure(unreachable());
        return;
      }
      attempt += 1;
      set("lost");
      timer = setTimeout(() => {
        socket = open();
      }, delay);
    };
    return opened;
  }

  function print(bytes: Uint8Array): void {
    received += bytes.length;
    printed.push(bytes);
    for (const reader of readers) reader(bytes);
  }

  function hear(text: string): void {
    const value: unknown = JSON.parse(text);
    const event = runEventSchema.safeParse(value);
    if (event.success) {
      if (event.data.type === "done") end();
      onEvent(event.data);
      return;
    }
    const said = errorMessageSchema.safeParse(value);
    // Too much typed ahead is dropped, as a terminal would; anything else is the end.
    if (!said.success || said.data.error.code === "body_too_large") return;
    end();
    onFailure(new ApiError(said.data.error satisfies ErrorBody["error"], 200, null));
  }

  function end(): void {
    clearTimeout(timer);
    waiting = [];
    set("ended");
    socket.close();
  }

  function set(next: TerminalState): void {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  }

  function say(message: TerminalMessage): void {
    socket.send(JSON.stringify(message));
  }

  function send(bytes: Uint8Array<ArrayBuffer>): void {
    for (let at = 0; at < bytes.length; at += MESSAGE_BYTES) socket.send(bytes.slice(at, at + MESSAGE_BYTES));
  }

  return {
    id,
    get state() {
      return state;
    },
    read(onBytes) {
      for (const bytes of printed) onBytes(bytes);
      readers.add(onBytes);
      return () => readers.delete(onBytes);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    type(typed) {
      const bytes = typeof typed === "string" ? encoder.encode(typed) : typed;
      if (state === "open") send(bytes);
      else if (state !== "ended") {
        const held = waiting.reduce((sum, each) => sum + each.length, bytes.length);
        if (held <= MAX_WAITING_BYTES) waiting.push(bytes);
      }
    },
    resize(next) {
      if (next.columns === size.columns && next.rows === size.rows) return;
      size = next;
      if (state === "open") say({ type: "resize", ...size });
    },
    leave: end,
  };
}

/** Its owner has deleted it, here or in another window. */
function gone(): ApiError {
  const message = "This run is not there any more; run the program again.";
  return new ApiError({ code: "not_found", message, details: [] }, 404, null);
}

function browserSocket(path: string): TerminalSocket {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(url) as unknown as TerminalSocket;
}
