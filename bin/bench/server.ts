import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunRequestInput, RunResult } from "../../lib/schemas/run";

/** A Quicksand of our own, started as its users start it, on a free port and a data directory that goes with it. */
export interface Server {
  url: string;
  pid: number;
  run(request: RunRequestInput): Promise<RunResult>;
  health(): Promise<{ docker: { warm: number; running: number } }>;
  /** Waits until as many sandboxes are warm as there will be. */
  settled(): Promise<number>;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 600_000;

export async function startServer(environment: Record<string, string> = {}): Promise<Server> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-bench-"));
  const port = await freePort();
  const child = spawn(process.execPath, ["bin/start.mjs"], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      QUICKSAND_DATA_DIR: dataDir,
      QUICKSAND_LOG_LEVEL: "error",
      QUICKSAND_PLANS: JSON.stringify({ guest: { runsPerDay: 1e7, runsPerMinute: 1e6, parallelRuns: 1000 } }),
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.on("data", (data: Buffer) => {
    said += data.toString("utf8");
  });
  const url = `http://127.0.0.1:${port}`;
  const server = { url, pid: child.pid ?? 0, ...client(url), close: () => stop(child, dataDir) };
  try {
    await untilHealthy(url, child);
  } catch (cause) {
    await server.close();
    throw new Error(`The server did not start:\n${said}`, { cause });
  }
  return server;
}

function client(url: string): Pick<Server, "run" | "health" | "settled"> {
  let cookie = "";
  const health = async () =>
    (await (await fetch(`${url}/api/health`)).json()) as Awaited<ReturnType<Server["health"]>>;
  return {
    health,
    async run(request) {
      const response = await fetch(`${url}/api/editor/run`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(cookie ? { cookie } : {}) },
        body: JSON.stringify(request),
      });
      cookie ||= response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
      const body = (await response.json()) as RunResult;
      if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${JSON.stringify(body)}`);
      return body;
    },
    async settled() {
      let before = -1;
      for (;;) {
        const { warm } = (await health()).docker;
        if (warm === before) return warm;
        before = warm;
        await sleep(1_500);
      }
    },
  };
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  const giveUp = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < giveUp) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error(`no answer from ${url}/api/health in ${START_TIMEOUT_MS / 1000} s`);
}

async function stop(child: ChildProcess, dataDir: string): Promise<void> {
  if (child.exitCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }
  rmSync(dataDir, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
