import type { RawData, WebSocket } from "ws";
import { AppError } from "../errors";
import type { LoggedEvent, RunTerminal } from "../runs";
import { bytesOfText, textOfBytes } from "../schemas/byte-text";
import { type RunEvent, terminalMessageSchema } from "../schemas/run";
import { errorBody } from "./error-response";
import { check } from "./problems";

/** Close codes of the protocol (RFC 6455). */
const ENDED = 1000;
const GOING_AWAY = 1001;
const BAD_MESSAGE = 1008;
const FAULT = 1011;
/** One of our own: who opened the terminal may not have it any more. As 401 is in HTTP. */
const NOT_ALLOWED = 4401;

const PING_EVERY_MS = 30_000;
/** More than hands or a mouse can send; what comes faster waits. */
const MESSAGES_PER_SECOND = 500;
/** At most this much is sent at a time, so that what a reader has not taken is little. */
const PIECE_BYTES = 65_536;

const LF = 0x0a;
const CR = 0x0d;

export interface TerminalSessionOptions {
  /** Bytes of output that the client has already. */
  from: number;
  /** What the client is told of anything thrown. */
  onError: (error: unknown) => AppError;
  /** Asked with each ping: why the client may not have the terminal any more, `null` while it may. */
  refusal?: () => Promise<AppError | null>;
  pingEveryMs?: number;
}

/**
 * One client at a run's terminal, until the run ends or one of the two leaves. Nothing is kept for it: what it has not read waits in the
 * run's log, which others read too.
 */
export class TerminalSession {
  readonly #socket: WebSocket;
  readonly #terminal: RunTerminal;
  readonly #options: TerminalSessionOptions;
  readonly #pings: NodeJS.Timeout;
  #alive = true;
  #asking = false;
  /** Bytes of output until here, sent or left out. */
  #position = 0;
  /** The compiler writes to no terminal, so its lines end without the carriage return that a terminal needs. */
  #compiling = false;
  /** What was typed is being refused in words that the system has not taken yet; more of them would pile up for who does not read. */
  #refusing = false;
  #second = 0;
  #messages = 0;

  constructor(socket: WebSocket, terminal: RunTerminal, options: TerminalSessionOptions) {
    this.#socket = socket;
    this.#terminal = terminal;
    this.#options = options;
    this.#pings = setInterval(() => this.#ping(), options.pingEveryMs ?? PING_EVERY_MS);
    socket.on("pong", () => {
      this.#alive = true;
    });
    socket.on("message", (data, isBinary) => void this.#take(data, isBinary));
    // What is no WebSocket, or too large, is closed by `ws` with the code for it.
    socket.on("error", () => {});
    socket.on("close", () => this.#end());
  }

  /** Sends everything from `from` on; resolves when there is nothing more to send. */
  async serve(): Promise<void> {
    try {
      for await (const { event } of this.#terminal.events) {
        if (this.#closed) return;
        await this.#show(event);
      }
      this.#socket.close(ENDED);
    } catch (error) {
      await this.#tell({ type: "error", ...errorBody(this.#options.onError(error)) });
      this.#socket.close(FAULT);
    } finally {
      this.#end();
    }
  }

  /** The server stops. */
  leave(): void {
    this.#socket.close(GOING_AWAY, "The server stops.");
    this.#end();
  }

  get #closed(): boolean {
    return this.#socket.readyState !== this.#socket.OPEN;
  }

  #end(): void {
    clearInterval(this.#pings);
    void this.#terminal.events.return?.();
  }

  async #show(event: LoggedEvent["event"]): Promise<void> {
    if (event.type !== "stdout" && event.type !== "stderr") {
      if (event.type === "stage") this.#compiling = event.stage === "compile";
      return this.#tell(event);
    }
    const printed = bytesOfText(event.text);
    const bytes = this.#compiling ? withReturns(printed) : printed;
    const skipped = Math.min(bytes.length, Math.max(0, this.#options.from - this.#position));
    this.#position += bytes.length;
    for (let at = skipped; at < bytes.length; at += PIECE_BYTES) {
      await this.#send(bytes.subarray(at, at + PIECE_BYTES));
    }
  }

  #tell(message: RunEvent | { type: "error" }): Promise<void> {
    return this.#send(JSON.stringify(message));
  }

  /** Resolves when the system has taken it, so that the reader's pace is ours. */
  #send(data: string | Uint8Array): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => this.#socket.send(data, () => resolve()));
  }

  async #take(data: RawData, isBinary: boolean): Promise<void> {
    // What comes after our goodbye is nobody's any more; a client need not hurry to answer that.
    if (this.#closed) return;
    this.#hold();
    try {
      const bytes = bytesOf(data);
      await this.#terminal.say(isBinary ? textOfBytes(bytes) : messageOf(bytes));
    } catch (error) {
      const told = this.#options.onError(error);
      // A run that has just ended: its end is on its way.
      if (told.code === "conflict") return;
      if (!this.#refusing) {
        this.#refusing = true;
        await this.#tell({ type: "error", ...errorBody(told) });
        this.#refusing = false;
      }
      if (told.code !== "body_too_large") this.#socket.close(told.code === "internal" ? FAULT : BAD_MESSAGE);
    }
  }

  /** Reads no further for the rest of a second in which too much came. */
  #hold(): void {
    const now = performance.now();
    if (now - this.#second >= 1_000) [this.#second, this.#messages] = [now, 0];
    this.#messages += 1;
    if (this.#messages !== MESSAGES_PER_SECOND) return;
    this.#socket.pause();
    setTimeout(() => this.#socket.resume(), this.#second + 1_000 - now).unref();
  }

  #ping(): void {
    if (!this.#alive) {
      this.#socket.terminate();
      return;
    }
    this.#alive = false;
    this.#socket.ping();
    void this.#askAgain();
  }

  /** A connection outlives the request that opened it, and so might a right that has ended since. */
  async #askAgain(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const refusal = (await this.#options.refusal?.()) ?? null;
    this.#asking = false;
    if (!refusal || this.#closed) return;
    // Not awaited: a reader that takes nothing would keep its terminal.
    void this.#tell({ type: "error", ...errorBody(refusal) });
    this.#socket.close(NOT_ALLOWED, "Who opened this terminal may not have it any more.");
    this.#end();
  }
}

function messageOf(bytes: Uint8Array) {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch (cause) {
    const message = "A text message must be JSON; send what is typed as a binary message.";
    throw new AppError("invalid_json", message, { details: [{ path: "", message: String(cause) }] });
  }
  return check(terminalMessageSchema, value, "message");
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function withReturns(bytes: Uint8Array): Uint8Array {
  const returned: number[] = [];
  for (const byte of bytes) {
    if (byte === LF) returned.push(CR);
    returned.push(byte);
  }
  return Uint8Array.from(returned);
}
