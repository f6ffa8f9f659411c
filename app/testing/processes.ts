/** Web processes and workers as processes of their own, for tests that kill them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const ROOT = path.join(import.meta.dirname, "../..");
const ROOMY = { runsPerDay: 10_000, runsPerMinute: 10_000, requestsPerMinute: 10_000, parallelRuns: 20 };

type Variables = Readonly<Record<string, string>>;

abstract class OwnProcess {
  readonly dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-process-"));
  protected readonly child: ChildProcess;
  /** The tail of its output. */
  said = "";
  readonly exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

  constructor(file: string, variables: Variables) {
    this.child = spawn(process.execPath, ["--import", "tsx", file], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        ...process.env,
        NODE_ENV: "test",
        QUICKSAND_DATA_DIR: this.dataDir,
        QUICKSAND_LANGUAGES: "python",
        QUICKSAND_WARM: "1",
        QUICKSAND_LOG_LEVEL: "info",
        QUICKSAND_PLANS: JSON.stringify({ guest: ROOMY }),
        NEXTAUTH_SECRET: "the same at every web process",
        ...variables,
      },
    });
    this.exit = once(this.child, "exit").then(([code, signal]) => ({ code, signal }));
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) createInterface({ input: stream }).on("line", (line) => this.hear(line));
  }

  protected hear(line: string): void {
    this.said = `${this.said}${line}\n`.slice(-20_000);
  }

  /** The message that it sends once it is ready. */
  protected async ready(): Promise<unknown> {
    const ended = this.exit.then(() => {
      throw new Error(`It ended before it was ready:\n${this.said}`);
    });
    const [message] = (await Promise.race([once(this.child, "message"), ended])) as unknown[];
    return message;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  kill(signal: NodeJS.Signals = "SIGKILL"): void {
    this.child.kill(signal);
  }

  /** Resolves when it is gone, and what it kept with it. */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.alive) this.kill(signal);
    await this.exit;
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

export class WebProcess extends OwnProcess {
  port = 0;

  static async start(variables: Variables): Promise<WebProcess> {
    const web = new WebProcess("app/testing/web-process.ts", variables);
    ({ port: web.port } = (await web.ready()) as { port: number });
    return web;
  }

  /** Sends JSON, as one guest at every process: `cookie` is taken from the first answer that brings one. */
  async ask(guest: Guest, method: string, address: string, body?: unknown, headers: Variables = {}) {
    const response = await fetch(`http://127.0.0.1:${this.port}${address}`, {
      method,
      headers: {
        ...(guest.cookie === "" ? {} : { cookie: guest.cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (guest.cookie === "") guest.cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    return response;
  }
}

export interface Guest {
  cookie: string;
}

export class WorkerProcess extends OwnProcess {
  /** As in its notices. */
  id = "";

  static async start(variables: Variables): Promise<WorkerProcess> {
    const worker = new WorkerProcess("bin/worker-process.ts", variables);
    await worker.ready();
    return worker;
  }

  protected override hear(line: string): void {
    super.hear(line);
    const started = /"worker":"([\w-]+)"/.exec(line)?.[1];
    if (started) this.id = started;
  }
}
