/** A way to a database on which tests can slow it down, cut it off, or stop what passes at one command. Knows no protocol. */
import { once } from "node:events";
import net from "node:net";

/** A command at which what passes was stopped. */
export interface Stop {
  /** Resolves with the command stopped: before the server has it, or when the server has done it and its answer is withheld. */
  readonly met: Promise<void>;
}

export class TcpProxy {
  readonly #target: number;
  readonly #open = new Set<net.Socket>();
  readonly #stops = new Set<{ command: RegExp; when: "before" | "after"; left: number; meet: () => void }>();
  #server: net.Server;
  #port = 0;
  #delayMs = 0;

  private constructor(target: number) {
    this.#target = target;
    this.#server = this.#serve();
  }

  /** To a port of this machine. */
  static async to(port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(port);
    await proxy.start();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** From now on each piece that a client sends waits so long; one after another, so that their order stays. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  /**
   * Stops the connection on which the n-th piece from now on matches: drivers write a command in one piece, and `command` is held against it
   * as Latin-1.
   */
  stopAt(command: RegExp, when: "before" | "after", nth = 1): Stop {
    let meet = () => {};
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    this.#stops.add({ command, when, left: nth, meet });
    return { met };
  }

  /** What is open breaks off, and nobody listens until `start`. */
  async stop(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    await closed;
  }

  async start(): Promise<void> {
    this.#server = this.#serve();
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as net.AddressInfo).port;
  }

  #serve(): net.Server {
    return net.createServer((client) => {
      const server = net.connect(this.#target, "127.0.0.1");
      let stopped = false;
      let onAnswer: (() => void) | null = null;
      let sending = Promise.resolve();
      client.on("data", (piece) => {
        sending = sending.then(async () => {
          if (this.#delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.#delayMs));
          if (stopped) return;
          const stop = this.#stopOf(piece);
          if (stop?.when === "before") {
            stopped = true;
            return stop.meet();
          }
          if (stop) onAnswer = stop.meet;
          server.write(piece);
        });
      });
      server.on("data", (piece) => {
        if (onAnswer) {
          stopped = true;
          onAnswer();
          onAnswer = null;
        }
        if (!stopped) client.write(piece);
      });
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const) {
        this.#open.add(one);
        one.on("error", () => other.destroy());
        one.on("close", () => {
          this.#open.delete(one);
          other.destroy();
        });
      }
    });
  }

  #stopOf(piece: Buffer) {
    const text = piece.toString("latin1");
    for (const stop of this.#stops) {
      if (!stop.command.test(text)) continue;
      stop.left -= 1;
      if (stop.left > 0) continue;
      this.#stops.delete(stop);
      return stop;
    }
    return null;
  }
}
