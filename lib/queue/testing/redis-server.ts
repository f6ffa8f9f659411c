import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

/** A redis-server of a test's own: on a free port of this machine, in a folder that goes with it. */
export class RedisServer {
  readonly #dir: string;
  readonly #port: number;
  readonly #options: readonly string[];
  #child: ChildProcess | null = null;

  private constructor(port: number, options: readonly string[]) {
    this.#dir = mkdtempSync(path.join(os.tmpdir(), "quicksand-redis-"));
    this.#port = port;
    this.#options = options;
  }

  /** With `kept` it writes down what it has, and has it again after `restart`. */
  static async start({
    kept = false,
    password,
  }: {
    kept?: boolean;
    password?: string;
  } = {}): Promise<RedisServer> {
    const keeping = kept ? ["--appendonly", "yes", "--appendfsync", "always"] : ["--appendonly", "no"];
    const server = new RedisServer(await freePort(), [
      ...["--save", "", ...keeping],
      ...(password === undefined ? [] : ["--requirepass", password]),
    ]);
    await server.begin();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async begin(): Promise<void> {
    const child = spawn(
      "redis-server",
      ["--port", String(this.#port), "--bind", "127.0.0.1", "--dir", this.#dir, ...this.#options],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    this.#child = child;
    let said = "";
    await new Promise<void>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", () => reject(new Error(`redis-server ended: ${said}`)));
      child.stdout?.on("data", (text: Buffer) => {
        said = `${said}${text}`.slice(-4_000);
        if (said.includes("Ready to accept connections")) resolve();
      });
    });
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** Stops it without its connections ending, or lets it go on. */
  freeze(frozen: boolean): void {
    this.#child?.kill(frozen ? "SIGSTOP" : "SIGCONT");
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
