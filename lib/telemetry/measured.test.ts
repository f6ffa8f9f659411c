import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../errors";
import type { JobHandler, Queue, RunJob } from "../queue";
import { createRates } from "../rates";
import type { Store } from "../store";
import { measuredQueue } from "./measured-queue";
import { measuredRates } from "./measured-rates";
import { measuredStore } from "./measured-store";

/** A meter that notes what it is told, without the durations. */
function notes() {
  const told: string[] = [];
  return {
    told,
    storeCalled: (operation: string, ms: number, failed: boolean) => {
      assert.ok(ms >= 0);
      told.push(`${operation} ${failed ? "failed" : "ok"}`);
    },
    jobAdded: () => told.push("added"),
    jobRefused: () => told.push("refused"),
    turnEnded: () => told.push("turn"),
    rateRefused: (limit: string) => told.push(limit),
  };
}

class FakeAccounts {
  #asked = 0;

  async findSession(id: string): Promise<string> {
    return `${id}${++this.#asked}`;
  }
}

/** With private fields, as the real ones have, which a proxy has none of. */
class FakeStore {
  readonly accounts = new FakeAccounts();
  #fault: Error | null = null;

  fail(error: Error): void {
    this.#fault = error;
  }

  async getRun(id: string): Promise<string> {
    if (this.#fault) throw this.#fault;
    return this.read(id);
  }

  async read(id: string): Promise<string> {
    return `run ${id}`;
  }

  async *exportRuns(): AsyncGenerator<string> {
    yield "run";
  }
}

test("a measured store answers as the store does, and tells each call once, by its method", async () => {
  const meter = notes();
  const store = measuredStore(new FakeStore() as unknown as Store, meter);
  assert.equal(await store.getRun("a"), "run a");
  assert.equal(await store.accounts.findSession("s", new Date()), "s1");
  assert.equal(await store.accounts.findSession("s", new Date()), "s2");
  for await (const run of store.exportRuns("me")) assert.equal(run, "run");
  assert.deepEqual(meter.told, ["getRun ok", "accounts.findSession ok", "accounts.findSession ok"]);
});

test("what the database could not do has failed, and a refusal of ours has not", async () => {
  const meter = notes();
  const fake = new FakeStore();
  const store = measuredStore(fake as unknown as Store, meter);
  for (const [error, told] of [
    [new AppError("store_unavailable", "It is away."), "getRun failed"],
    [new Error("disk"), "getRun failed"],
    [new AppError("gone", "It was taken down."), "getRun ok"],
  ] as const) {
    fake.fail(error);
    await assert.rejects(store.getRun("a"), error);
    assert.equal(meter.told.at(-1), told);
  }
});

test("a method that is replaced after the store was wrapped is the one that is called", async () => {
  const fake = new FakeStore();
  const store = measuredStore(fake as unknown as Store, notes());
  assert.equal(await store.getRun("a"), "run a");
  fake.getRun = async () => "another";
  assert.equal(await store.getRun("a"), "another");
});

test("a measured queue tells additions, refusals and how long turns are held, once each", async () => {
  const meter = notes();
  const job = { id: "a" } as RunJob;
  let handler: JobHandler | undefined;
  let full = false;
  const queue: Queue = {
    async add() {
      if (full) throw new AppError("queue_full", "There is no place.");
    },
    async work(handle) {
      handler = handle;
    },
    state: async () => ({ running: 0, concurrency: 1, waiting: 0, limit: 1 }),
    async pause() {},
    knows: async (ids) => new Set(ids),
    unbegun: async (ids) => new Set(ids),
    async close() {},
  };
  const measured = measuredQueue(queue, meter);
  let released = 0;
  const attempts: number[] = [];
  await measured.work(
    async (_job, _signal, release, { number }) => {
      attempts.push(number);
      release();
      release();
    },
    { concurrency: 1 },
  );
  await measured.add(job);
  await handler?.(job, new AbortController().signal, () => released++, { number: 2, heard: false });
  full = true;
  await assert.rejects(measured.add(job), { code: "queue_full" });
  assert.deepEqual(meter.told, ["added", "turn", "refused"]);
  assert.deepEqual([released, attempts], [2, [2]]);
  assert.deepEqual([...(await measured.knows(["a"]))], ["a"]);
  assert.deepEqual([...(await measured.unbegun(["a"]))], ["a"]);
});

test("measured rates tell which limit refused", async () => {
  const meter = notes();
  const rates = measuredRates(createRates(), meter);
  assert.equal((await rates.take("runs", "me", 1)).allowed, true);
  assert.equal((await rates.take("runs", "me", 1)).allowed, false);
  await rates.giveBack("runs", "me", 1);
  assert.deepEqual(meter.told, ["runs"]);
});
