import type { RawData, WebSocket } from "ws";
import type { AppError } from "../errors";

const PING_EVERY_MS = 30_000;
/** More than hands or a mouse can send; what comes faster waits. */
const MESSAGES_PER_SECOND = 500;
/** The same of their bytes: two programs at their largest, or a long text that is pasted. */
const BYTES_PER_SECOND = 4 * 1_048_576;

export interface SocketConnectionOptions {
  /** Asked with each ping: why the client may not be here any more, `null` while it may. */
  refusal?: (() => Promise<AppError | null>) | undefined;
  /** Called once with what `refusal` said. */
  onRefused?: (refusal: AppError) => void;
  pingEveryMs?: number | undefined;
}

/** One client's WebSocket, whatever is said over it: notices a client that has gone, one that may not be here any more, and a flood. */
export class SocketConnection {
  readonly #socket: WebSocket;
  readonly #options: SocketConnectionOptions;
  readonly #pings: NodeJS.Timeout;
  #alive = true;
  #asking = false;
  #second = 0;
  #messages = 0;
  #bytes = 0;

  constructor(socket: WebSocket, options: SocketConnectionOptions = {}) {
    this.#socket = socket;
    this.#options = options;
    this.#pings = setInterval(() => this.#ping(), options.pingEveryMs ?? PING_EVERY_MS);
    socket.on("pong", () => {
      this.#alive = true;
    });
    // What is no WebSocket, or too large, is closed by `ws` with the code for it.
    socket.on("error", () => {});
    socket.on("close", () => this.end());
  }

  get closed(): boolean {
    return this.#socket.readyState !== this.#socket.OPEN;
  }

  /** `take` is given each message, at the pace that is allowed, while the connection is open. */
  onMessage(take: (bytes: Uint8Array, isBinary: boolean) => void): void {
    this.#socket.on("message", (data, isBinary) => {
      // What comes after our goodbye is nobody's any more; a client need not hurry to answer that.
      if (this.closed) return;
      const bytes = bytesOf(data);
      this.#hold(bytes.byteLength);
      take(bytes, isBinary);
    });
  }

  onClose(then: () => void): void {
    this.#socket.on("close", then);
  }

  /** Resolves when the system has taken it, so that the reader's pace is ours. */
  send(data: string | Uint8Array): Promise<void> {
    if (this.closed) return Promise.resolve();
    return new Promise((resolve) => this.#socket.send(data, () => resolve()));
  }

  close(code: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  /** Nobody is watched any more. */
  end(): void {
    clearInterval(this.#pings);
  }

  /** Reads no further for the rest of a second in which too much came. */
  #hold(bytes: number): void {
    const now = performance.now();
    if (now - this.#second >= 1_000) [this.#second, this.#messages, this.#bytes] = [now, 0, 0];
    this.#messages += 1;
    this.#bytes += bytes;
    // What had arrived before the pause still comes.
    if (this.#socket.isPaused || (this.#messages < MESSAGES_PER_SECOND && this.#bytes < BYTES_PER_SECOND))
      return;
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
    if (!refusal || this.closed) return;
    this.end();
    this.#options.onRefused?.(refusal);
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
