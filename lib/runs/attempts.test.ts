import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../errors";
import { LANGUAGES } from "../languages";
import { createCatalogue } from "../languages/catalogue";
import { createLog } from "../log";
import { RunFigures } from "../metrics";
import type { Attempt, JobHandler, Queue } from "../queue";
import { Interrupted, TakenAway } from "../queue";
import { openMemoryQueue } from "../queue/memory";
import { aResult } from "../queue/testing/queue-fixture";
import { createRates } from "../rates";
import type { Store } from "../store";
import { Backlog, createExecutor, createRuns, LostRuns } from "./index";
import { GUEST, printing, ROOMY_PLANS, request, running, ScriptedSandbox } from "./testing/runs-fixture";
import { tempStore } from "./testing/temp-store";

/** One process whose queue hands jobs as if that many workers had been lost over them. */
async function at(
  attempt: Attempt,
  mode: "batch" | "interactive",
  change: (handle: JobHandler, store: Store) => JobHandler = (handle) => handle,
) {
  const store = tempStore();
  const log = createLog("silent");
  const { queue, channel } = openMemoryQueue({ limit: 10 });
  const retrying: Queue = {
    ...queue,
    work: (handle, capacity) =>
      queue.work((job, signal, release) => change(handle, store)(job, signal, release, attempt), capacity),
  };
  const catalogue = createCatalogue(LANGUAGES, "*");
  const shared = { store, queue: retrying, channel, catalogue, backlog: new Backlog(log), log };
  const runs = createRuns({ ...shared, plans: ROOMY_PLANS, rates: createRates() });
  const sandbox = new ScriptedSandbox(mode === "batch" ? printing("again\n") : running("again\n"));
  const figures = new RunFigures();
  const executor = createExecutor({ ...shared, sandbox, figures, concurrency: 2 });
  await executor.begin();
  const run = await runs.submit(GUEST, request({ mode }));
  return { runs, run, sandbox, figures, queue, executor };
}

test("a run whose worker was lost is begun anew once, and counted once", async () => {
  const { runs, run, sandbox } = await at({ number: 2, heard: false }, "batch");
  const { status, output } = await run.result;
  assert.deepEqual([status, output.stdout, sandbox.specs.length], ["success", "again\n", 1]);
  assert.equal((await runs.usage(GUEST)).used, 1);
});

test("a program that was talked to is not begun anew: what it was told would be lost", async () => {
  const { runs, run, sandbox } = await at({ number: 2, heard: true }, "interactive");
  const { status, message, usage } = await run.result;
  assert.deepEqual([status, usage.used, sandbox.specs.length], ["system_error", 0, 0]);
  assert.match(message ?? "", /lost after you had typed into it.*start it again/);
  assert.equal((await runs.usage(GUEST)).used, 0);
});

test("one that nobody has talked to yet is", async () => {
  const { runs, run, sandbox } = await at({ number: 2, heard: false }, "interactive");
  await runs.cancel(GUEST, run.id);
  await run.result;
  assert.equal(sandbox.specs.length, 1);
});

test("a run that two workers were lost over ends as a fault of ours, uncounted, and counts as one in the figures", async () => {
  const { runs, run, sandbox, figures } = await at({ number: 3, heard: false }, "batch");
  const { status, message } = await run.result;
  assert.deepEqual([status, sandbox.specs.length], ["system_error", 0]);
  assert.match(message ?? "", /and so was the next one/);
  assert.equal((await runs.usage(GUEST)).used, 0);
  assert.deepEqual([figures.hour().runs, figures.hour().failed], [1, 1]);
  assert.equal((await runs.get(GUEST, run.id)).status, "system_error");
});

test("a run that its lost worker had ended is told as it is stored: nothing is run again or given back", async () => {
  const { runs, run, sandbox } = await at(
    { number: 3, heard: false },
    "batch",
    (handle, store) =>
      async (job, ...more) => {
        await store.finishRun(job.id, aResult(job.id, "the first try\n"));
        await handle(job, ...more);
      },
  );
  const { status, output } = await run.result;
  assert.deepEqual([status, output.stdout, sandbox.specs.length], ["success", "the first try\n", 0]);
  assert.equal((await runs.usage(GUEST)).used, 1);
});

test("a run that was closed while it ran ends as it is stored, and is given back once", async () => {
  const { runs, run } = await at(
    { number: 1, heard: false },
    "batch",
    (handle, store) => async (job, _signal, release, attempt) => {
      const { account, day, request: asked } = job;
      const other = { id: "other", owner: "other", request: asked, createdAt: new Date() };
      await store.acceptRun(other, { account, day, limit: 100 });
      // What the search for lost runs does.
      await store.closeRuns([job.id]);
      await handle(job, AbortSignal.abort(new Interrupted()), release, attempt);
    },
  );
  const { status, message } = await run.result;
  assert.equal(status, "system_error");
  assert.equal((await runs.get(GUEST, run.id)).message, message);
  assert.equal((await runs.usage(GUEST)).used, 1);
});

test("a worker that a job was taken away from ends the program and records nothing of it", async () => {
  const taken = new AbortController();
  const handlers: Promise<void>[] = [];
  const { runs, run, sandbox } = await at(
    { number: 1, heard: false },
    "interactive",
    (handle) => (job, _signal, release, attempt) => {
      const work = handle(job, taken.signal, release, attempt);
      handlers.push(work);
      return work;
    },
  );
  taken.abort(new TakenAway());
  await Promise.all(handlers);
  assert.equal(sandbox.released, 1);
  assert.equal((await runs.get(GUEST, run.id)).status, "running");
  assert.equal((await runs.usage(GUEST)).used, 1);
});

/** A store whose queued runs are these; those that are closed leave the set. */
function storeOf(stored: Set<string>) {
  return {
    async *queuedRuns() {
      yield [...stored];
    },
    async closeRuns(ids: readonly string[]) {
      return ids.filter((id) => stored.delete(id)).length;
    },
  };
}

test("a run that nobody knows twice one after another is closed; what is known, or only unwritten, is not", async () => {
  const stored = new Set(["lost", "waits", "unwritten", "new"]);
  const known = new Set(["waits"]);
  const dropped: string[] = [];
  const lost = new LostRuns({
    store: storeOf(stored),
    queue: {
      knows: async (ids) => new Set(ids.filter((id) => known.has(id))),
      unbegun: async (ids) => new Set(ids.filter((id) => known.has(id))),
    },
    channel: { drop: (id) => void dropped.push(id) },
    fleet: { workers: () => [{ unwritten: ["unwritten"] }] },
    log: createLog("silent"),
  });
  await lost.close();
  assert.equal(stored.size, 4);
  // Being accepted at the first pass.
  known.add("new");
  await lost.close();
  assert.deepEqual([[...stored], dropped], [["waits", "unwritten", "new"], ["lost"]]);
  await lost.close();
  assert.equal(stored.size, 3);
});

test("runs that nobody has begun are closed after two minutes without a worker, in which the queue answered", async () => {
  const stored = new Set(["waits", "runs"]);
  const dropped: string[] = [];
  const workers: { unwritten: readonly string[] }[] = [];
  let isAway = false;
  const lost = new LostRuns({
    store: storeOf(stored),
    queue: {
      async knows(ids) {
        if (isAway) throw new AppError("queue_unavailable", "Redis is away.");
        return new Set(ids);
      },
      unbegun: async (ids) => new Set(ids.filter((id) => id === "waits")),
    },
    channel: { drop: (id) => void dropped.push(id) },
    fleet: { workers: () => workers },
    log: createLog("silent"),
  });
  const passes = async (count: number) => {
    for (let pass = 0; pass < count; pass++) await lost.close();
  };
  await passes(11);
  workers.push({ unwritten: [] });
  await passes(1);
  workers.pop();
  await passes(11);
  isAway = true;
  await assert.rejects(passes(1));
  isAway = false;
  await passes(11);
  assert.deepEqual([stored.size, dropped], [2, []]);
  await passes(1);
  assert.deepEqual([[...stored], dropped], [["runs"], ["waits"]]);
});
