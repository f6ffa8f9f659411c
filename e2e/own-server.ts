import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const START_LIMIT_MS = 60_000;

/** A production server for one test, with a data directory of its own, so that it can be killed. */
export class OwnServer {
  readonly dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-e2e-"));
  readonly #environment: (address: string) => Readonly<Record<string, string>>;
  /** What it has written, to standard output and errors. */
  output = "";
  #port = 0;
  #child: ChildProcess | undefined;

  /** The environment may depend on the server's address, which is known when it starts. */
  constructor(
    environment:
      | Readonly<Record<string, string>>
      | ((address: string) => Readonly<Record<string, string>>) = {},
  ) {
    this.#environment = typeof environment === "function" ? environment : () => environment;
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** How much memory its process has, in bytes. */
  get memoryBytes(): number {
    const status = readFileSync(`/proc/${this.#child?.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
  }

  /** Resolves when it is healthy. `more` is set for this start only. */
  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#port ||= await freePort();
    this.#child = spawn(
      process.execPath,
      ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(this.#port)],
      {
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          NODE_ENV: "production",
          QUICKSAND_DATA_DIR: this.dataDir,
          QUICKSAND_LANGUAGES: "python",
          QUICKSAND_LOG_LEVEL: "silent",
          QUICKSAND_PLANS: JSON.stringify({
            guest: { runsPerDay: 10_000, runsPerMinute: 10_000, requestsPerMinute: 10_000, parallelRuns: 20 },
          }),
          ...this.#environment(this.address),
          ...more,
        },
      },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    }
    const end = performance.now() + START_LIMIT_MS;
    for (;;) {
      const health = await fetch(`${this.address}/api/health`).catch(() => null);
      if (health?.ok) return;
      if (performance.now() > end) throw new Error(`The server did not get ready in ${START_LIMIT_MS} ms.`);
      await sleep(100);
    }
  }

  /** SIGKILL, like a power cut. */
  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  /** As a service manager does; answers how the process ended. */
  async stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    await this.#end("SIGTERM");
    return { code: this.#child?.exitCode ?? null, signal: this.#child?.signalCode ?? null };
  }

  /** Makes an admin of an account, as whoever has the machine does. */
  grantAdmin(email: string): void {
    const env = { ...process.env, NODE_ENV: "production" as const, QUICKSAND_DATA_DIR: this.dataDir };
    execFileSync(process.execPath, ["bin/admin.mjs", "grant", email], { env, stdio: "pipe" });
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  }
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}
