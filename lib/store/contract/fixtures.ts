import { randomBytes } from "node:crypto";
import { PLANS } from "../../plans";
import type { RunRequest, RunResult, RunTest } from "../../schemas/run";
import type { Charge, Charged, NewRun, RunPage, RunQuery, Store, StoredRun } from "../index";
import { dayOf } from "../spans";

/** The database that a suite shares; each test uses owners of its own. */
export interface ContractDatabase {
  store: Store;
  /** Closes the store as an exiting process does, and opens the same database as a new process would. */
  reopen(): Promise<Store>;
}

export function newId(): string {
  return randomBytes(16).toString("base64url");
}

export function newOwner(name = "owner"): string {
  return `${name}-${newId()}`;
}

export function aRequest(request: Partial<RunRequest> = {}): RunRequest {
  return {
    language: "python",
    code: "print(2+2)\n",
    stdin: "",
    args: [],
    files: [],
    tests: [],
    mode: "batch",
    ...request,
  };
}

export function aTest(test: Partial<RunTest> = {}): RunTest {
  return { name: "small", stdin: "1 2\n", expected: "3\n", compare: "trimmed", ...test };
}

export function aRun(run: Partial<NewRun> = {}): NewRun {
  return { id: newId(), owner: newOwner(), request: aRequest(), createdAt: new Date(), ...run };
}

/** Has a value in every field, so that a store that forgets one fails. */
export function aResult(run: { id: string }, result: Partial<RunResult> = {}): RunResult {
  return {
    id: run.id,
    language: "python",
    status: "success",
    output: { stdout: "4\n", stderr: "a warning", exitCode: 0, signal: null, truncated: false },
    compile: { stdout: "compiled", stderr: "", exitCode: 0, durationMs: 812.5 },
    durationMs: 14.25,
    cpuMs: 11,
    memoryUsed: 8_421_376,
    queuedMs: 3,
    isolation: "cell",
    artifacts: [
      { name: "plot.png", type: "image/png", bytes: 3, url: `/api/runs/${run.id}/artifacts/plot.png` },
    ],
    tests: [
      { status: "passed", actual: "3\n", durationMs: 12 },
      { status: "error", actual: "", durationMs: 3, exitCode: 1, stderr: "no", truncated: true },
    ],
    usage: { plan: "free", used: 3, limit: 1000, remaining: 997, resetsAt: "2026-11-24T00:00:00Z" },
    message: "said",
    createdAt: "2026-11-23T10:00:00.000Z",
    ...result,
  };
}

/** A complete run, as in a backup. */
export function aStoredRun(run: Partial<StoredRun> = {}): StoredRun {
  const id = run.id ?? newId();
  const { usage: _, ...result } = aResult({ id });
  return {
    id,
    owner: newOwner(),
    request: aRequest(),
    title: "A title",
    visibility: "unlisted",
    takedown: null,
    program: "a-program-of-it",
    pinned: true,
    plan: "free",
    limits: PLANS.free.limits,
    image: "sha256:0123",
    createdAt: new Date("2026-11-23T10:00:00.000Z"),
    finishedAt: new Date("2026-11-23T10:00:01.000Z"),
    expiresAt: null,
    status: "success",
    result,
    ...run,
  };
}

/** Accepts a run for its owner, by default with plenty of quota. */
export function accept(store: Store, run: NewRun, charge: Partial<Charge> = {}): Promise<Charged> {
  return store.acceptRun(run, { account: run.owner, day: dayOf(run.createdAt), limit: 1_000_000, ...charge });
}

export async function createdRun(store: Store, run: Partial<NewRun> = {}): Promise<NewRun> {
  const created = aRun(run);
  await accept(store, created);
  return created;
}

export async function finishedRun(
  store: Store,
  run: Partial<NewRun> = {},
  result: Partial<RunResult> = {},
): Promise<NewRun> {
  const created = await createdRun(store, run);
  await store.finishRun(created.id, aResult(created, { language: created.request.language, ...result }));
  return created;
}

/** Every page of a list, from the first to the last. */
export async function everyPage(store: Store, owner: string, query: RunQuery = {}): Promise<RunPage[]> {
  const pages = [await store.listRuns(owner, query)];
  for (let cursor = pages[0]?.nextCursor; cursor; cursor = pages.at(-1)?.nextCursor) {
    pages.push(await store.listRuns(owner, { ...query, cursor }));
  }
  return pages;
}

export async function listedIds(store: Store, owner: string, query: RunQuery = {}): Promise<string[]> {
  return (await everyPage(store, owner, query)).flatMap((page) => page.runs.map((run) => run.id));
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
