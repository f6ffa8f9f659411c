import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import type { RunRequestInput, RunResult } from "../../lib/schemas/run";

/** A Quicksand server for the benchmark, started with the start command on a free port and a temporary data directory. */
export interface Server {
  url: string;
  pid: number;
  dataDir: string;
  run(request: RunRequestInput): Promise<RunResult>;
  /** The same run with its events streamed, as the page asks for it. */
  runStreamed(request: RunRequestInput): Promise<RunResult>;
  /** Lets everybody with the address see a run. */
  share(run: string): Promise<void>;
  health(): Promise<{ docker: { warm: number; running: number } }>;
  /** Resolves with the number of warm sandboxes when it no longer grows. */
  settled(): Promise<number>;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 600_000;
/** All requests come from one guest of one network, so the quota is lifted. */
const NO_QUOTA = {
  ...{ runsPerDay: 1e7, runsPerMinute: 1e6, parallelRuns: 1000, requestsPerMinute: 1e6 },
  ...{ runsPerDayPerNetwork: 1e7, parallelRunsPerNetwork: 1000 },
};

/** `command`: another than the start command, which is given the port as its last word. */
export async function startServer(
  environment: Record<string, string> = {},
  command?: readonly string[],
): Promise<Server> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-bench-"));
  const port = await freePort();
  const child = spawn(process.execPath, command ? [...command, String(port)] : ["bin/start.mjs"], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      QUICKSAND_DATA_DIR: dataDir,
      QUICKSAND_LOG_LEVEL: "error",
      QUICKSAND_PLANS: JSON.stringify({ guest: NO_QUOTA }),
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.on("data", (data: Buffer) => {
    said += data.toString("utf8");
  });
  const url = `http://127.0.0.1:${port}`;
  const agent = new Agent({ keepAlive: true });
  const close = async () => {
    agent.destroy();
    await stop(child, dataDir);
  };
  const server = { url, pid: child.pid ?? 0, dataDir, ...client(url, agent), close };
  try {
    await untilHealthy(url, child);
  } catch (cause) {
    await server.close();
    throw new Error(`The server did not start:\n${said}`, { cause });
  }
  return server;
}

interface Answer {
  status: number;
  body: string;
  setCookie: string | undefined;
}

/**
 * Posts JSON over a kept-alive connection. Not with `fetch`, whose 2 ms of processor time per request would be taken from the server and the
 * programs under test.
 */
function post(
  url: string,
  { agent, cookie, accept }: { agent: Agent; cookie: string; accept: string },
  value: unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(value);
    const headers = {
      ...{ "content-type": "application/json", "content-length": Buffer.byteLength(body), accept },
      ...(cookie ? { cookie } : {}),
    };
    const sent = httpRequest(url, { method: "POST", agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.once("error", reject);
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(parts).toString("utf8"),
          setCookie: response.headers["set-cookie"]?.[0],
        }),
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

function client(
  url: string,
  agent: Agent,
): Pick<Server, "run" | "runStreamed" | "share" | "health" | "settled"> {
  let cookie = "";
  const health = async () =>
    (await (await fetch(`${url}/api/health`)).json()) as Awaited<ReturnType<Server["health"]>>;
  const send = async (request: RunRequestInput, accept: string) => {
    const answer = await post(`${url}/api/editor/run`, { agent, cookie, accept }, request);
    cookie ||= answer.setCookie?.split(";")[0] ?? "";
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status}: ${answer.body}`);
    return answer.body;
  };
  return {
    health,
    run: async (request) => JSON.parse(await send(request, "application/json")) as RunResult,
    runStreamed: async (request) => resultOf(await send(request, "text/event-stream")),
    async share(run) {
      const answer = await fetch(`${url}/api/runs/${run}`, {
        method: "PATCH",
        headers: { "content-type": "application/json", cookie },
        body: JSON.stringify({ visibility: "unlisted" }),
      });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
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

/** The data of the last event, `done`. */
function resultOf(events: string): RunResult {
  let result: RunResult | undefined;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === "done") result = JSON.parse(data) as RunResult;
    },
  });
  parser.feed(events);
  if (!result) throw new Error(`The stream has no \`done\`: ${events.slice(-500)}`);
  return result;
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
