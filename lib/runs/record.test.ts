import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { AppError } from "../errors";
import { PLANS } from "../plans";
import type { Store } from "../store";
import {
  aborted,
  bench,
  bytesOf,
  code,
  firstOutput,
  GUEST,
  outcome,
  printing,
  request,
  tick,
} from "./testing/runs-fixture";
import { instead, takeRuns, tempStore } from "./testing/temp-store";

const NOON = new Date("2026-11-22T12:00:00Z");
const TODAY = "2026-11-22";
const PLOT = { name: "plot.png", type: "image/png", bytes: Buffer.from("png") };

/** A store that can be made to be away, for what ends runs or for everything. */
function fragile() {
  const store = tempStore();
  const state = { away: false };
  const check = () => {
    if (state.away) throw new AppError("store_unavailable", "The database does not answer.");
  };
  const faulty: Partial<Store> = {
    async acceptRun(...asked) {
      check();
      return store.acceptRun(...asked);
    },
    async refundRun(...asked) {
      check();
      return store.refundRun(...asked);
    },
    async putArtifacts(...asked) {
      check();
      return store.putArtifacts(...asked);
    },
    async finishRun(...asked) {
      check();
      return store.finishRun(...asked);
    },
  };
  return { store, state, port: instead(store, faulty) };
}

test("a run is kept from its acceptance on: limits, plan and expiry, and its image and files at its end", async () => {
  const store = tempStore();
  const { runs } = await bench(
    async function* (_spec, { signal }) {
      yield { type: "stage", stage: "run" };
      yield { type: "stdout", text: "first" };
      await aborted(signal);
      yield { type: "done", outcome: outcome({ status: "cancelled", artifacts: [PLOT], image: "sha256:1" }) };
    },
    { store, clock: () => NOON },
  );
  const run = await runs.submit(GUEST, request({ language: "cpp" }));
  await firstOutput(run);
  const before = await store.findRun(run.id, GUEST.id);
  assert.deepEqual([before?.status, before?.plan, before?.image], ["running", "guest", null]);
  assert.deepEqual(before?.limits?.run, PLANS.guest.limits.run);
  assert.deepEqual(before?.expiresAt, new Date("2026-11-29T12:00:00Z"));
  await runs.cancel(GUEST, run.id);
  const { artifacts } = await run.result;
  const after = await store.findRun(run.id, GUEST.id);
  assert.deepEqual([after?.status, after?.image], ["cancelled", "sha256:1"]);
  assert.deepEqual(artifacts, [
    { name: "plot.png", type: "image/png", bytes: 3, url: `/api/runs/${run.id}/artifacts/plot.png` },
  ]);
  assert.deepEqual(await bytesOf(await runs.artifact(GUEST, run.id, "plot.png")), PLOT.bytes);
});

test("runs of the pro plan are kept for ever, of the free plan for 90 days", async () => {
  const store = tempStore();
  const { runs } = await bench(undefined, { store, clock: () => NOON });
  for (const [plan, expiry] of [
    ["free", new Date("2027-02-20T12:00:00Z")],
    ["pro", null],
  ] as const) {
    const { id, result } = await runs.submit(
      { id: `user_${plan}`, plan, account: `user_${plan}` },
      request(),
    );
    await result;
    assert.deepEqual((await store.findRun(id, `user_${plan}`))?.expiresAt, expiry);
  }
});

test("an end that cannot be written is answered, says so, is not counted, and is written when it can be", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setInterval"] });
  const { store, state, port } = fragile();
  const { runs, close } = await bench(
    async function* () {
      yield { type: "stage", stage: "run" };
      state.away = true;
      const output = { stdout: "4\n", stderr: "", exitCode: 0, signal: null, truncated: false };
      yield { type: "done", outcome: outcome({ output, artifacts: [PLOT] }) };
    },
    { store: port, clock: () => NOON },
  );
  const run = await runs.submit(GUEST, request());
  const result = await run.result;
  assert.deepEqual([result.status, result.output.stdout, result.artifacts], ["success", "4\n", []]);
  assert.match(result.message ?? "", /could not be kept yet.*goes on trying.*not counted/);
  assert.deepEqual([result.usage.used, result.usage.remaining], [0, 100]);
  assert.deepEqual((await runs.get(GUEST, run.id)).output, result.output);
  assert.equal((await store.findRun(run.id, GUEST.id))?.status, "running");

  mock.timers.tick(3_000);
  await tick();
  assert.equal((await store.findRun(run.id, GUEST.id))?.status, "running");
  state.away = false;
  mock.timers.tick(3_000);
  await tick();
  const kept = await runs.get(GUEST, run.id);
  assert.deepEqual([kept.status, kept.message, kept.artifacts.length], ["success", null, 1]);
  assert.deepEqual(await bytesOf(await runs.artifact(GUEST, run.id, "plot.png")), PLOT.bytes);
  assert.deepEqual(await store.usage(GUEST.account, TODAY, TODAY), []);
  await close();
});

test("the minutely upkeep does not make a system error of an end that is still to be written", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setInterval"] });
  const { store, state, port } = fragile();
  let closings = 0;
  const counting = instead(port, {
    // The store would end every run whose end it was not told.
    async closeInterrupted() {
      closings++;
      return store.closeInterrupted();
    },
  });
  const { runs, close } = await bench(
    async function* () {
      yield { type: "stage", stage: "run" };
      state.away = true;
      yield { type: "done", outcome: outcome({ status: "error" }) };
    },
    { store: counting },
  );
  const run = await runs.submit(GUEST, request());
  await run.result;
  mock.timers.tick(60_000);
  for (let i = 0; i < 30; i++) await tick();
  assert.equal((await store.findRun(run.id, GUEST.id))?.status, "running");
  assert.equal(closings, 1, "only the one at the start");
  state.away = false;
  mock.timers.tick(60_000);
  for (let i = 0; i < 30; i++) await tick();
  assert.equal(closings, 2);
  assert.equal((await store.findRun(run.id, GUEST.id))?.status, "error");
  await close();
});

test("a fault of ours while the store is away is given back once, not twice", async () => {
  const { store, state, port } = fragile();
  const { runs, close } = await bench(
    async function* () {
      yield { type: "stage", stage: "run" };
      state.away = true;
      throw new Error("the engine broke");
    },
    { store: port, clock: () => NOON },
  );
  await takeRuns(store, GUEST.account, 1);
  const result = await (await runs.submit(GUEST, request())).result;
  assert.deepEqual([result.status, result.usage.used], ["system_error", 1]);
  state.away = false;
  await close(); // tries once more
  assert.deepEqual(await store.usage(GUEST.account, TODAY, TODAY), [{ day: TODAY, runs: 1 }]);
});

test("a store that is away refuses new runs at once, and nothing runs", async () => {
  const { state, port } = fragile();
  const { runs, sandbox } = await bench(printing("x"), { store: port });
  state.away = true;
  await assert.rejects(runs.submit(GUEST, request()), code("store_unavailable"));
  assert.equal(sandbox.specs.length, 0);
  state.away = false;
  assert.equal((await (await runs.submit(GUEST, request())).result).status, "success");
});

test("a store that is away at the start does not keep the server from starting", async () => {
  const store = instead(tempStore(), {
    closeInterrupted: () =>
      Promise.reject(new AppError("store_unavailable", "The database does not answer.")),
  });
  const { runs, close } = await bench(undefined, { store });
  assert.equal((await (await runs.submit(GUEST, request())).result).status, "success");
  await close();
});

test("expired runs are removed soon after the start and then every hour", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  let now = NOON;
  const store = tempStore();
  const { runs, close } = await bench(undefined, { store, clock: () => now });
  const { id, result } = await runs.submit(GUEST, request());
  await result;
  mock.timers.tick(10_000);
  for (let i = 0; i < 5; i++) await tick();
  assert.ok(await store.findRun(id, GUEST.id));
  now = new Date("2026-11-29T12:00:00Z");
  mock.timers.tick(3_600_000);
  for (let i = 0; i < 5; i++) await tick();
  assert.equal(await store.findRun(id, GUEST.id), null);
  await close();
});

test("files of one name, too many of them or too large ones do not cost a run its end", async () => {
  const store = tempStore();
  const file = (name: string, bytes = 1) => ({ name, type: "text/plain", bytes: Buffer.alloc(bytes) });
  for (const [artifacts, kept] of [
    [
      [file("a", 1), file("a", 2), file("b")],
      ["a", "b"],
    ],
    [Array.from({ length: 12 }, (_, index) => file(`f${index}`)), 10],
    [
      [file("a", 4_000_000), file("b", 4_000_000), file("c")],
      ["a", "c"],
    ],
  ] as const) {
    const { runs } = await bench(
      async function* () {
        yield { type: "stage", stage: "run" };
        yield { type: "done", outcome: outcome({ artifacts }) };
      },
      { store },
    );
    const { result } = await runs.submit(GUEST, request());
    const names = (await result).artifacts.map(({ name }) => name);
    assert.deepEqual(typeof kept === "number" ? names.length : names, kept);
    assert.equal((await result).message, null);
  }
});

test("work that the store does not take is given up, and what came after it is done", async () => {
  const { store, state, port } = fragile();
  const { runs, close } = await bench(
    async function* ({ id }) {
      yield { type: "stage", stage: "run" };
      state.away = true;
      yield { type: "done", outcome: outcome({ message: id }) };
    },
    {
      store: instead(port, {
        async finishRun(id, result) {
          if (result.language === "bash" && !state.away) throw new TypeError("a bug");
          return port.finishRun(id, result);
        },
      }),
    },
  );
  const first = await runs.submit(GUEST, request({ language: "bash" }));
  state.away = false;
  await first.result;
  state.away = false;
  const second = await runs.submit(GUEST, request());
  await second.result;
  state.away = false;
  await close();
  assert.equal((await store.findRun(second.id, GUEST.id))?.status, "success");
});

test("a run deleted just before its end is written is not brought back by its files or its end", async () => {
  const store = tempStore();
  const { runs } = await bench(
    async function* ({ id }) {
      yield { type: "stage", stage: "run" };
      await runs.remove(GUEST, id);
      yield { type: "done", outcome: outcome({ artifacts: [PLOT] }) };
    },
    { store },
  );
  const run = await runs.submit(GUEST, request());
  const result = await run.result;
  assert.deepEqual(result.artifacts, []);
  assert.equal(await store.findRun(run.id, GUEST.id), null);
  assert.equal(await store.findArtifact(run.id, "plot.png", GUEST.id), null);
  await assert.rejects(runs.get(GUEST, run.id), code("not_found"));
  await assert.rejects(runs.watch(GUEST, run.id, 0), code("not_found"));
});
