import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { eventually } from "./queue-fixture";

/** A worker of `redis-worker.ts` in a process of its own. */
export class WorkerProcess {
  /** What it has said, line by line. */
  readonly said: string[] = [];
  readonly #child: ChildProcess;

  private constructor(url: string, prefix: string, turns: number) {
    this.#child = spawn(
      process.execPath,
      ["--import", "tsx", "lib/queue/testing/redis-worker.ts", url, prefix, String(turns)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    let rest = "";
    this.#child.stdout?.on("data", (text: Buffer) => {
      const lines = `${rest}${text}`.split("\n");
      rest = lines.pop() ?? "";
      this.said.push(...lines);
    });
  }

  static async start(url: string, prefix: string, turns: number): Promise<WorkerProcess> {
    const worker = new WorkerProcess(url, prefix, turns);
    await worker.says("ready", 60_000);
    return worker;
  }

  says(line: string, withinMs = 30_000): Promise<void> {
    return eventually(`the worker says "${line}"`, () => this.said.includes(line), withinMs);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    await ended;
  }

  /** Stops it where it is, or lets it go on. */
  freeze(frozen: boolean): void {
    this.#child.kill(frozen ? "SIGSTOP" : "SIGCONT");
  }
}
