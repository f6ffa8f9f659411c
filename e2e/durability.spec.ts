import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import type { RunPage, RunSummary } from "../lib/schemas/history";
import type { RunResult } from "../lib/schemas/run";
import { type MongoServer, NoMongoServer, startMongoServer } from "../lib/store/testing/mongo-server";
import { OwnServer } from "./own-server";
import { ALL_ONLY } from "./sample";

test.describe.configure({ timeout: 300_000 });

/** A guest who runs programs by the API. */
class Guest {
  readonly #server: OwnServer;
  cookie = "";

  constructor(server: OwnServer) {
    this.#server = server;
  }

  async ask(address: string, init: RequestInit = {}): Promise<Response> {
    const headers = { "content-type": "application/json", cookie: this.cookie };
    const response = await fetch(this.#server.address + address, { ...init, headers });
    this.cookie ||= response.headers.get("set-cookie")?.split(";")[0] ?? "";
    return response;
  }

  run(code: string): Promise<Response> {
    return this.ask("/api/editor/run", {
      method: "POST",
      body: JSON.stringify({ language: "python", code }),
    });
  }

  async everything(): Promise<RunSummary[]> {
    const runs: RunSummary[] = [];
    let cursor: string | null = "";
    do {
      const page = (await (await this.ask(`/api/runs?limit=100&cursor=${cursor}`)).json()) as RunPage;
      runs.push(...page.runs);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return runs;
  }
}

/** Goes on running programs, several at a time, until told to stop; answers what was answered. */
function runOn(guest: Guest) {
  const answers: RunResult[] = [];
  let stopped = false;
  const one = async (lane: number) => {
    for (let i = 0; !stopped; i++) {
      const response = await guest.run(`print("${lane}-${i}")`).catch(() => null);
      const body = response?.ok ? ((await response.json().catch(() => null)) as RunResult | null) : null;
      if (body) answers.push(body);
      else await sleep(50);
    }
  };
  const lanes = [0, 1, 2, 3].map(one);
  const stop = async () => {
    stopped = true;
    await Promise.all(lanes);
  };
  return { answers, stop };
}

/** Every answered run is there once, as it was answered, and nothing runs that nobody runs. */
async function expectKept(guest: Guest, answers: readonly RunResult[]): Promise<void> {
  await expect
    .poll(async () => (await guest.everything()).filter(({ status }) => status === "running"), {
      timeout: 90_000,
      intervals: [500],
    })
    .toEqual([]);
  const kept = await guest.everything();
  const ids = kept.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const statuses = new Map(kept.map(({ id, status }) => [id, status]));
  expect(answers.filter(({ id, status }) => statuses.get(id) !== status)).toEqual([]);
  for (const { id, output } of answers.slice(-5)) {
    const run = (await (await guest.ask(`/api/runs/${id}`)).json()) as RunResult;
    expect(run.output).toEqual(output);
  }
}

/** Kills the server again and again while it works. */
async function survivesKills(server: OwnServer): Promise<void> {
  await server.start();
  const guest = new Guest(server);
  await guest.ask("/api/usage"); // for the cookie
  const answers: RunResult[] = [];
  for (const [round, enough] of [5, 12, 9].entries()) {
    const work = runOn(guest);
    await expect.poll(() => work.answers.length, { timeout: 60_000 }).toBeGreaterThan(enough);
    await sleep(round * 37); // not always at the same moment of a run
    await server.kill();
    await work.stop();
    answers.push(...work.answers);
    await server.start();
    await expectKept(guest, answers);
  }
  expect(answers.every(({ status }) => status === "success")).toBe(true);
}

test(
  "the server is killed while it works, on the embedded database: no answered run is lost, doubled or left running",
  ALL_ONLY,
  async () => {
    const server = new OwnServer();
    try {
      await survivesKills(server);
    } finally {
      await server.dispose();
    }
  },
);

test.describe("on MongoDB", ALL_ONLY, () => {
  let database: MongoServer;
  let server: OwnServer;

  test.beforeEach(async () => {
    try {
      database = await startMongoServer(process.env, { own: true });
    } catch (error) {
      // In CI a skipped half would go unnoticed.
      if (error instanceof NoMongoServer && !process.env.CI) test.skip(true, error.message);
      throw error;
    }
    server = new OwnServer({ MONGODB_URI: database.uri });
  });

  test.afterEach(async () => {
    await server?.dispose();
    await database?.stop();
  });

  test("the server is killed while it works: no answered run is lost, doubled or left running", async () => {
    await survivesKills(server);
  });

  test("the database is killed while runs are written: they are answered or refused, and none of the answered is lost", async () => {
    await server.start();
    const guest = new Guest(server);
    await guest.ask("/api/usage"); // for the cookie
    const work = runOn(guest);
    await expect.poll(() => work.answers.length, { timeout: 60_000 }).toBeGreaterThan(8);
    await database.kill();
    await sleep(3_000);
    const refused = await guest.run("print(1)");
    expect([refused.status, await refused.json()]).toMatchObject([
      503,
      { error: { code: "store_unavailable" } },
    ]);
    await database.start();
    const before = work.answers.length;
    await expect.poll(() => work.answers.length, { timeout: 60_000 }).toBeGreaterThan(before + 5);
    await work.stop();
    await expectKept(guest, work.answers);
  });
});
