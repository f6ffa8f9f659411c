import type { WebSocket } from "ws";
import { AppError } from "../errors";
import type { LoggedEvent, RunTerminal } from "../runs";
import { bytesOfText, textOfBytes } from "../schemas/byte-text";
import { type RunEvent, terminalMessageSchema } from "../schemas/run";
import { errorBody } from "./error-response";
import { check } from "./problems";
import { SocketConnection } from "./socket-connection";

/** Close codes of the protocol (RFC 6455). */
const ENDED = 1000;
const GOING_AWAY = 1001;
const BAD_MESSAGE = 1008;
const FAULT = 1011;
/** One of our own: who opened the terminal may not have it any more. As 401 is in HTTP. */
const NOT_ALLOWED = 4401;

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
  refusal?: (() => Promise<AppError | null>) | undefined;
  pingEveryMs?: number | undefined;
}

/**
 * One client at a run's terminal, until the run ends or one of the two leaves. Nothing is kept for it: what it has not read waits in the
 * run's log, which others read too.
 */
export class TerminalSession {
  readonly #connection: SocketConnection;
  readonly #terminal: RunTerminal;
  readonly #options: TerminalSessionOptions;
  /** Bytes of output until here, sent or left out. */
  #position = 0;
  /** The compiler writes to no terminal, so its lines end without the carriage return that a terminal needs. */
  #compiling = false;
  /** What was typed is being refused in words that the system has not taken yet; more of them would pile up for who does not read. */
  #refusing = false;

  constructor(socket: WebSocket, terminal: RunTerminal, options: TerminalSessionOptions) {
    const { refusal, pingEveryMs } = options;
    const onRefused = (refused: AppError) => this.#dismiss(refused);
    this.#connection = new SocketConnection(socket, { refusal, onRefused, pingEveryMs });
    this.#terminal = terminal;
    this.#options = options;
    this.#connection.onMessage((bytes, isBinary) => void this.#take(bytes, isBinary));
    this.#connection.onClose(() => this.#end());
  }

  /** Sends everything from `from` on; resolves when there is nothing more to send. */
  async serve(): Promise<void> {
    try {
      for await (const { event } of this.#terminal.events) {
        if (this.#connection.closed) return;
        await this.#show(event);
      }
      this.#connection.close(ENDED);
    } catch (error) {
      await this.#tell({ type: "error", ...errorBody(this.#options.onError(error)) });
      this.#connection.close(FAULT);
    } finally {
      this.#end();
    }
  }

  /** The server stops. */
  leave(): void {
    this.#connection.close(GOING_AWAY, "The server stops.");
    this.#end();
  }

  #end(): void {
    this.#connection.end();
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
      await this.#connection.send(bytes.subarray(at, at + PIECE_BYTES));
    }
  }

  #tell(message: RunEvent | { type: "error" }): Promise<void> {
    return this.#connection.send(JSON.stringify(message));
  }

  async #take(bytes: Uint8Array, isBinary: boolean): Promise<void> {
    try {
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
      if (told.code !== "body_too_large")
        this.#connection.close(told.code === "internal" ? FAULT : BAD_MESSAGE);
    }
  }

  /** A right that the terminal was opened by has ended. */
  #dismiss(refused: AppError): void {
    // Not awaited: a reader that takes nothing would keep its terminal.
    void this.#tell({ type: "error", ...errorBody(refused) });
    this.#connection.close(NOT_ALLOWED, "Who opened this terminal may not have it any more.");
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

function withReturns(bytes: Uint8Array): Uint8Array {
  const returned: number[] = [];
  for (const byte of bytes) {
    if (byte === LF) returned.push(CR);
    returned.push(byte);
  }
  return Uint8Array.from(returned);
}
