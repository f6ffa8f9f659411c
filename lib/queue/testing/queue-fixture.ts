import assert from "node:assert/strict";
import { PLANS } from "../../plans";
import type { RunResult } from "../../schemas/run";
import type { Channel, LiveEvent, LoggedEvent, Queue, RunJob } from "..";

/** One adapter of both ports, as a contract suite is given it. */
export interface Ports {
  queue: Queue;
  channel: Channel;
  close(): Promise<void>;
}

/** A fresh pair, empty, whose queue lets so many jobs wait. */
export type OpenPorts = (options: { limit: number }) => Promise<Ports>;

let runs = 0;

/** A job whose account is its own group, unless the test says otherwise. */
export function aJob(job: Partial<RunJob> = {}): RunJob {
  const { limits } = PLANS.guest;
  const { account = "somebody", group = account } = job;
  return {
    id: `run-${++runs}`,
    language: "python",
    request: {
      language: "python",
      code: "print('Grüße, 你好, 🙂')",
      stdin: "1\n",
      args: ["-x"],
      files: [{ path: "a/b.txt", content: "" }],
      tests: [{ name: "three", stdin: "", expected: "3\n", compare: "trimmed" }],
      mode: "batch",
    },
    mode: "batch",
    limits: { ...limits, attended: null },
    sandboxLimits: { ...limits, attended: null },
    account,
    group,
    parallel: 1_000,
    networks: [],
    ceilings: [],
    usage: { plan: "guest", used: 3, limit: 100, remaining: 97, resetsAt: "2026-11-23T00:00:00Z" },
    day: "2026-11-22",
    createdAt: "2026-11-22T12:00:00.000Z",
    room: { owner: "viewer", plan: "guest", ownerBytes: 1_048_576, planBytes: 1_048_576 },
    acceptedAtMs: 1_795_348_800_000.25,
    ...job,
  };
}

export function aResult(runId: string, stdout = ""): RunResult {
  return {
    id: runId,
    language: "python",
    status: "success",
    output: { stdout, stderr: "", exitCode: 0, signal: null, truncated: false },
    compile: null,
    durationMs: 12.5,
    cpuMs: 8,
    memoryUsed: 4_000_000,
    queuedMs: 0,
    isolation: "container",
    artifacts: [],
    tests: [],
    usage: aJob().usage,
    message: null,
    createdAt: "2026-11-22T12:00:00.000Z",
  };
}

export const out = (text: string): LiveEvent => ({ type: "stdout", text });
export const err = (text: string): LiveEvent => ({ type: "stderr", text });
export const done = (runId: string): LiveEvent => ({ type: "done", run: aResult(runId) });
export const failed = (runId: string): LiveEvent => ({
  type: "failed",
  error: {
    code: "docker_unavailable",
    message: "Docker is not running: start it.",
    details: [{ path: "code", message: "said" }],
    headers: { "RateLimit-Limit": "3" },
    retryAfterS: 3,
  },
  run: aResult(runId),
});

export function textOf(events: readonly LoggedEvent[], type: "stdout" | "stderr" = "stdout"): string {
  return events.map(({ event }) => (event.type === type ? event.text : "")).join("");
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits until a condition holds; an adapter may take its time, but not for ever. */
export async function eventually(
  what: string,
  condition: () => Promise<boolean> | boolean,
  withinMs = 10_000,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await condition())) {
    assert.ok(performance.now() < end, `not within ${withinMs} ms: ${what}`);
    await pause(2);
  }
}
