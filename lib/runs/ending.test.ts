import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { mock, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  assertHas,
  bench,
  code,
  collect,
  echoing,
  firstOutput,
  GUEST,
  OTHER,
  printing,
  request,
  running,
  tick,
} from "./testing/runs-fixture";
import { instead, tempStore } from "./testing/temp-store";

test("a run cancelled while it is being recorded never reaches the sandbox, and frees its turn", async () => {
  const store = tempStore();
  const client = new AbortController();
  const { runs, sandbox, queue } = await bench(undefined, {
    store: instead(store, {
      async acceptRun(...asked) {
        const charged = await store.acceptRun(...asked);
        client.abort();
        return charged;
      },
    }),
  });
  const run = await runs.submit(GUEST, request(), { signal: client.signal });
  assert.equal((await run.result).status, "cancelled");
  assert.equal(sandbox.specs.length, 0);
  assert.equal((await queue.state()).running, 0);
});

test("a run whose client goes away is cancelled, with what it had printed", async () => {
  const { runs, sandbox, queue } = await bench(running("first\n"));
  const client = new AbortController();
  const run = await runs.submit(GUEST, request(), { signal: client.signal });
  await firstOutput(run);
  client.abort();
  const result = await run.result;
  assert.equal(result.status, "cancelled");
  assert.equal(result.output.stdout, "first\n");
  await tick();
  assert.equal(sandbox.released, 1);
  assert.equal((await queue.state()).running, 0);
});

test("a run without a client's signal goes on when nobody watches", async () => {
  const { runs } = await bench(echoing);
  const run = await runs.submit(GUEST, request({ interactive: true }));
  const events = run.events();
  await events.next();
  await events.return?.();
  await runs.input(GUEST, run.id, { text: "still here\n", eof: true });
  assert.equal((await run.result).output.stdout, "still here\n");
});

test("a run that has ended, and is kept for a while, no longer listens on behalf of its sandbox", async () => {
  const signals: AbortSignal[] = [];
  const { runs } = await bench(async function* (spec, io) {
    signals.push(io.signal);
    yield* printing("x")(spec, io);
  });
  await (await runs.submit(GUEST, request())).result;
  await tick();
  assert.deepEqual(
    signals.map((signal) => getEventListeners(signal, "abort").length),
    [0],
  );
});

test("a run cancelled while it waits leaves the queue and never reaches the sandbox", async () => {
  const { runs, sandbox, queue } = await bench(running(), { concurrency: 1 });
  const first = await runs.submit(GUEST, request());
  const second = await runs.submit(GUEST, request());
  assert.equal(await runs.cancel(GUEST, second.id), true);
  const result = await second.result;
  assert.equal(result.status, "cancelled");
  assert.equal(result.output.exitCode, null);
  assert.equal((await collect(second.events())).at(-1)?.event.type, "done");
  assertHas(await queue.state(), { running: 1, waiting: 0, limit: 10 });
  await runs.cancel(GUEST, first.id);
  await first.result;
  assert.equal(sandbox.specs.length, 1);
});

test("a cancelled run has each of its tests skipped, at whatever moment it was cancelled", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, sandbox } = await bench(
    async function* () {
      await new Promise(() => {});
    },
    { concurrency: 3 },
  );
  const tests = [
    { stdin: "1\n", expected: "1\n" },
    { stdin: "2\n", expected: "2\n" },
  ];
  const submit = async () => {
    const submitted = runs.submit(GUEST, request({ tests }));
    await tick();
    mock.timers.tick(1_501);
    return submitted;
  };
  const beforeStage = await submit();
  sandbox.script = async function* () {
    yield { type: "stage", stage: "run" };
    await new Promise(() => {});
  };
  const inStage = await submit();
  sandbox.script = running();
  const answered = await submit();
  const waiting = await submit();
  const cancelled = [waiting, beforeStage, inStage];
  for (const run of cancelled) await runs.cancel(GUEST, run.id);
  mock.timers.tick(5_001);
  const skipped = { status: "skipped", actual: "", durationMs: 0 };
  for (const run of cancelled) {
    const result = await run.result;
    assert.deepEqual([result.status, result.tests], ["cancelled", [skipped, skipped]]);
  }
  await runs.cancel(GUEST, answered.id);
  assert.equal((await answered.result).status, "cancelled");
});

test("a run that fails before its program starts has each of its tests skipped", async () => {
  const { runs, store, sandbox } = await bench(() => {
    throw new Error("not connected");
  });
  await assert.rejects(
    runs.submit(GUEST, request({ tests: [{ stdin: "", expected: "" }] })),
    code("internal"),
  );
  const id = sandbox.specs[0]?.id ?? "";
  assert.deepEqual(
    (await store.getRun(id))?.result?.tests.map(({ status }) => status),
    ["skipped"],
  );
});

test("cancelling what has ended says so and changes nothing", async () => {
  const { runs } = await bench();
  const run = await runs.submit(GUEST, request());
  await run.result;
  assert.equal(await runs.cancel(GUEST, run.id), false);
  assert.equal((await runs.get(GUEST, run.id)).status, "success");
});

test("a finished run is kept in the store and remains, without its events, when memory has let it go", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, store } = await bench(printing("kept"));
  const run = await runs.submit(GUEST, request());
  const result = await run.result;
  const all = await collect(await runs.watch(GUEST, run.id, 0));
  await tick();
  mock.timers.tick(60_001);
  assert.deepEqual((await store.getRun(run.id))?.result, result);
  const replayed = await collect(await runs.watch(GUEST, run.id, 0));
  assert.ok(all.length > 2);
  assert.deepEqual(replayed, [
    { seq: 1, event: { type: "queued", id: run.id, position: 0 } },
    { seq: 2, event: { type: "done", run: result } },
  ]);
  assert.equal((await collect(await runs.watch(GUEST, run.id, 7))).at(-1)?.event.type, "done");
  assertHas(await runs.get(GUEST, run.id), result);
  assert.equal(await runs.cancel(GUEST, run.id), false);
  await assert.rejects(runs.input(GUEST, run.id, { text: "x", eof: false }), code("conflict"));
  await assert.rejects(runs.watch(OTHER, run.id, 0), code("not_found"));
});

test("many large outputs do not stay in memory: the oldest runs are then only in the store", async () => {
  const { runs } = await bench(printing("x".repeat(1_000_000)));
  const submitted = [];
  for (let i = 0; i < 20; i++) {
    const run = await runs.submit(GUEST, request());
    await run.result;
    submitted.push(run.id);
  }
  const events = async (id = "") => (await collect(await runs.watch(GUEST, id, 0))).length;
  assert.equal(await events(submitted[0]), 2);
  assert.equal(await events(submitted.at(-1)), 4);
});

test("what is held of ended runs is bounded, however much they printed", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  let runsMade = 0;
  const { runs } = await bench((spec, io) => printing(`${runsMade++}`.repeat(1_000_000))(spec, io));
  const run = async () => {
    await (await runs.submit(GUEST, request())).result;
  };
  await run();
  await tick();
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 60; i++) await run();
  await tick();
  collectGarbage();
  const heldMb = (process.memoryUsage().heapUsed - before) / 1_048_576;
  assert.ok(heldMb < 40, `${heldMb.toFixed(1)} MB of 120 MB are held`);
});

test("a run that its viewer had cancelled is not blamed on the server that stops meanwhile", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, close } = await bench(async function* () {
    yield { type: "stage", stage: "run" };
    await new Promise(() => {});
  });
  const run = await runs.submit(GUEST, request());
  await runs.cancel(GUEST, run.id);
  const closed = close();
  mock.timers.tick(4_001);
  await tick();
  mock.timers.tick(1_001);
  assert.equal((await run.result).status, "cancelled");
  await closed;
});

test("closing refuses new runs, lets quick ones end, and ends the others as a fault of ours", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, sandbox, close } = await bench(running());
  const slow = await runs.submit(GUEST, request());
  sandbox.script = echoing;
  const quick = await runs.submit(GUEST, request({ interactive: true }));
  const closed = close();
  await assert.rejects(runs.submit(GUEST, request()), code("queue_full"));
  await runs.input(GUEST, quick.id, { text: "in time", eof: true });
  assert.equal((await quick.result).output.stdout, "in time");
  mock.timers.tick(4_001);
  await closed;
  const { status, output, message, usage } = await slow.result;
  assert.deepEqual([status, output.stdout, usage.used], ["system_error", "first\n", 1]);
  assert.match(message ?? "", /server was stopped/);
  assert.equal(sandbox.released, 2);
});

test("closing an idle pipeline is immediate", async (t) => {
  t.after(() => mock.timers.reset());
  const { runs, close } = await bench();
  await (await runs.submit(GUEST, request())).result;
  mock.timers.enable({ apis: ["setTimeout"] });
  // With the clock standing still, any wait would last for ever.
  await close();
});

test("a client that is gone before its run is accepted leaves nothing behind", async () => {
  const { runs, sandbox, queue } = await bench();
  await assert.rejects(runs.submit(GUEST, request(), { signal: AbortSignal.abort() }), code("conflict"));
  assert.equal(sandbox.specs.length, 0);
  assert.equal((await queue.state()).running, 0);
});

test("a client that goes away before its run is accepted is not charged for it", async () => {
  const { runs, sandbox, queue } = await bench();
  const client = new AbortController();
  const submitted = runs.submit(GUEST, request(), { signal: client.signal });
  client.abort();
  await assert.rejects(submitted, code("conflict"));
  assert.equal((await runs.usage(GUEST)).used, 0);
  assert.equal(sandbox.specs.length, 0);
  assert.equal((await queue.state()).running, 0);
});
