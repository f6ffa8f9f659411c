import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { AppError } from "../errors";
import { PLANS } from "../plans";
import {
  assertHas,
  bench,
  code,
  collect,
  echoing,
  firstOutput,
  GUEST,
  OTHER,
  outcome,
  printing,
  request,
  running,
  textOf,
  tick,
} from "./testing/runs-fixture";
import { instead, takeRuns, tempStore } from "./testing/temp-store";

test("watchers see queued with the id first, every event once and in order, and done last", async () => {
  const { runs } = await bench(printing("one\n", "two\n"));
  const run = await runs.submit(GUEST, request());
  const events = await collect(run.events());
  assert.match(run.id, /^[\w-]{22}$/);
  assert.deepEqual(events[0], { seq: 1, event: { type: "queued", id: run.id, position: 0 } });
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + 1),
  );
  assert.equal(events[1]?.event.type, "stage");
  assert.equal(textOf(events), "one\ntwo\n");
  assert.deepEqual(events.at(-1)?.event, { type: "done", run: await run.result });
  assert.equal(events.filter(({ event }) => event.type === "done").length, 1);
});

test("a late watcher sees everything, and one that resumes only what it has not seen", async () => {
  const { runs } = await bench(printing("one\n", "two\n"));
  const run = await runs.submit(GUEST, request());
  const events = await collect(run.events());
  assert.deepEqual(await collect(await runs.watch(GUEST, run.id, 0)), events);
  assert.deepEqual(await collect(await runs.watch(GUEST, run.id, 2)), events.slice(2));
  assert.deepEqual(await collect(await runs.watch(GUEST, run.id, 1_000)), []);
  assert.deepEqual(await collect(await runs.watch(GUEST, run.id, Number.NaN)), events);
});

test("the result has the outcome, the usage of the day and the run's own data", async () => {
  const { runs } = await bench(printing("x"), { clock: () => new Date("2026-11-22T23:59:59Z") });
  const { result } = await runs.submit(GUEST, request({ language: "py" }));
  const { id, queuedMs, ...rest } = await result;
  assert.equal(id.length, 22);
  assert.ok(queuedMs >= 0);
  assert.deepEqual(rest, {
    language: "python",
    status: "success",
    output: { stdout: "x", stderr: "", exitCode: 0, signal: null, truncated: false },
    compile: null,
    durationMs: 12,
    cpuMs: 8,
    memoryUsed: 4_000_000,
    isolation: "container",
    artifacts: [],
    tests: [],
    limits: { ...PLANS.guest.limits, attended: null },
    usage: { plan: "guest", used: 1, limit: 100, remaining: 99, resetsAt: "2026-11-23T00:00:00Z" },
    message: null,
    createdAt: "2026-11-22T23:59:59.000Z",
  });
});

test("the sandbox is given the plan's limits and nothing that the request could raise them with", async () => {
  const { runs, sandbox } = await bench();
  const { result, id } = await runs.submit(GUEST, request({ args: ["a"], code: "c" }));
  await result;
  const [spec] = sandbox.specs;
  assert.equal(spec?.id, id);
  assert.deepEqual(spec?.limits, { ...PLANS.guest.limits, attended: null });
  assert.deepEqual([spec?.code, spec?.args, spec?.language.id], ["c", ["a"], "python"]);
});

test("the last run of the day leaves none, and the next is refused with the time to come back", async () => {
  const store = tempStore();
  const { runs, sandbox, queue } = await bench(undefined, {
    store,
    clock: () => new Date("2026-11-22T12:00:00Z"),
  });
  await takeRuns(store, GUEST.account, 99);
  const { result } = await runs.submit(GUEST, request());
  const { usage } = await result;
  assert.deepEqual([usage.used, usage.remaining], [100, 0]);
  await assert.rejects(runs.submit(GUEST, request()), (error) => {
    assert.ok(error instanceof AppError);
    assert.deepEqual([error.code, error.retryAfterS], ["quota_exceeded", 12 * 3_600]);
    assert.equal(error.headers["RateLimit-Remaining"], "0");
    assert.match(
      error.message,
      /All 100 runs .* guest plan .*00:00 UTC, in 12 h 0 min .*1,000 a day: sign up/,
    );
    return true;
  });
  assert.equal(sandbox.specs.length, 1);
  assert.equal((await queue.state()).running, 0);
});

test("an unknown language is refused before anything happens", async () => {
  const { runs, sandbox, queue } = await bench();
  for (const language of ["cobol-68", "__proto__", "constructor"]) {
    await assert.rejects(runs.submit(GUEST, request({ language })), code("unknown_language"));
  }
  assert.equal(sandbox.specs.length, 0);
  assert.equal((await queue.state()).running, 0);
});

test("a file where the main program lies is refused, naming every such file", async () => {
  const { runs, sandbox } = await bench();
  const files = [
    { path: "ok.py", content: "" },
    { path: "main.py/inner.py", content: "" },
  ];
  await assert.rejects(runs.submit(GUEST, request({ files })), (error) => {
    code("invalid_request")(error);
    assert.deepEqual(
      (error as AppError).details.map(({ path }) => path),
      ["files[1].path"],
    );
    assert.match((error as AppError).message, /files\[1\]\.path.*main\.py/);
    return true;
  });
  assert.equal(sandbox.specs.length, 0);
});

test("beyond the queue it is queue_full, and neither counted nor kept", async () => {
  const store = tempStore();
  const { runs, queue } = await bench(running(), { concurrency: 1, limit: 1, store });
  const first = await runs.submit(GUEST, request());
  const second = await runs.submit(OTHER, request());
  await assert.rejects(runs.submit(GUEST, request()), code("queue_full"));
  assertHas(await queue.state(), { running: 1, waiting: 1, limit: 1 });
  await runs.cancel(GUEST, first.id);
  await firstOutput(second);
  await runs.cancel(OTHER, second.id);
  assert.equal((await first.result).usage.used, 1);
  assert.equal((await second.result).usage.used, 1);
});

test("a run that finds the queue full only when it is added is neither counted nor kept", async () => {
  const { runs, store, queue } = await bench(running(), { concurrency: 1, limit: 4 });
  // The last quarter of the places is for others, which is known only to the queue itself.
  const accepted = [];
  for (let i = 0; i < 4; i++) accepted.push(await runs.submit(GUEST, request()));
  await assert.rejects(runs.submit(GUEST, request()), code("queue_full"));
  assertHas(await queue.state(), { running: 1, waiting: 3 });
  assert.equal((await runs.usage(GUEST)).used, 4);
  const listed = await store.listRuns(GUEST.id, {});
  assert.deepEqual(listed.runs.map(({ id }) => id).sort(), accepted.map(({ id }) => id).sort());
});

test("a refused run that cannot be taken back at once is taken back when the store answers", async () => {
  const store = tempStore();
  let away = false;
  const { runs, close } = await bench(running(), {
    concurrency: 1,
    limit: 4,
    store: instead(store, {
      async deleteRun(...asked) {
        if (away) throw new AppError("store_unavailable", "The database does not answer.");
        return store.deleteRun(...asked);
      },
    }),
  });
  const accepted = [];
  for (let i = 0; i < 4; i++) accepted.push(await runs.submit(GUEST, request()));
  away = true;
  await assert.rejects(runs.submit(GUEST, request()), code("queue_full"));
  assert.equal((await runs.usage(GUEST)).used, 5);
  away = false;
  for (const { id } of accepted) await runs.cancel(GUEST, id);
  await close(); // tries once more
  assert.equal((await runs.usage(GUEST)).used, 4);
  assert.equal((await store.listRuns(GUEST.id, {})).runs.length, 4);
});

test("a run by another name of its language is kept by the language's id, which lists are filtered by", async () => {
  const { runs } = await bench();
  const run = await runs.submit(GUEST, request({ language: "py" }));
  await run.result;
  assert.equal((await runs.get(GUEST, run.id)).request.language, "python");
  assert.deepEqual(
    (await runs.list(GUEST, { language: "python" })).runs.map(({ id }) => id),
    [run.id],
  );
});

test("a run that waits says at which place, and how long it waited", async () => {
  const { runs } = await bench(running(), { concurrency: 1 });
  const first = await runs.submit(GUEST, request());
  const second = await runs.submit(GUEST, request());
  await new Promise((resolve) => setTimeout(resolve, 50));
  await runs.cancel(GUEST, first.id);
  await firstOutput(second);
  await runs.cancel(GUEST, second.id);
  const positions = (await collect(second.events())).flatMap(({ event }) =>
    event.type === "queued" ? [event.position] : [],
  );
  assert.deepEqual(positions, [1, 0]);
  const { queuedMs } = await second.result;
  assert.ok(queuedMs >= 40, `${queuedMs} ms`);
});

test("without interactive the program gets its stdin and then its end", async () => {
  const { runs } = await bench(echoing);
  const run = await runs.submit(GUEST, request({ stdin: "given" }));
  assert.equal((await run.result).output.stdout, "given");
});

test("an interactive program gets stdin first, then what is typed, until the end of input", async () => {
  const { runs } = await bench(echoing);
  const run = await runs.submit(GUEST, request({ stdin: "a", interactive: true }));
  await firstOutput(run);
  await runs.input(GUEST, run.id, { text: "b", eof: false });
  await runs.input(GUEST, run.id, { text: "c", eof: true });
  await assert.rejects(runs.input(GUEST, run.id, { text: "d", eof: false }), code("conflict"));
  assert.equal((await run.result).output.stdout, "abc");
  await assert.rejects(runs.input(GUEST, run.id, { text: "e", eof: false }), code("conflict"));
});

test("signals reach a run that was submitted to take them, also after the end of its input; others refuse them", async () => {
  const { runs } = await bench(async function* (_spec, { stdin }) {
    yield { type: "stage", stage: "run" };
    const said: unknown[] = [];
    for await (const each of stdin) {
      said.push(each);
      if (typeof each !== "string" && each.type === "signal") break;
    }
    const output = { stdout: JSON.stringify(said), stderr: "", exitCode: 0, signal: null, truncated: false };
    yield { type: "done", outcome: outcome({ output }) };
  });
  const run = await runs.submit(GUEST, request({ mode: "interactive" }), { signals: true });
  await runs.input(GUEST, run.id, { text: "a", eof: true });
  await assert.rejects(runs.input(GUEST, run.id, { text: "b", eof: false }), code("conflict"));
  await assert.rejects(runs.signal(OTHER, run.id, "SIGTERM"), code("not_found"));
  await runs.signal(GUEST, run.id, "SIGTERM");
  const said = ["a", { type: "end" }, { type: "signal", signal: "SIGTERM" }];
  assert.deepEqual(JSON.parse((await run.result).output.stdout), said);
  await assert.rejects(runs.signal(GUEST, run.id, "SIGTERM"), code("conflict"));
  const plain = await runs.submit(GUEST, request({ mode: "interactive" }));
  await assert.rejects(runs.signal(GUEST, plain.id, "SIGTERM"), code("conflict"));
  await runs.input(GUEST, plain.id, { text: "", eof: true });
});

test("input for a run that takes none is a conflict that says why", async () => {
  const { runs } = await bench(running());
  const plain = await runs.submit(GUEST, request());
  await assert.rejects(runs.input(GUEST, plain.id, { text: "x", eof: false }), /interactive: true/);
  const tests = [{ stdin: "", expected: "" }];
  const tested = await runs.submit(GUEST, request({ interactive: true, tests }));
  await assert.rejects(runs.input(GUEST, tested.id, { text: "x", eof: false }), /`tests`/);
  await runs.cancel(GUEST, plain.id);
  await runs.cancel(GUEST, tested.id);
});

test("input that the program does not read is bounded at 1 MB", async () => {
  const { runs } = await bench(running());
  const run = await runs.submit(GUEST, request({ interactive: true }));
  const text = "x".repeat(65_536);
  for (let i = 0; i < 16; i++) await runs.input(GUEST, run.id, { text, eof: false });
  await assert.rejects(runs.input(GUEST, run.id, { text: "x", eof: false }), code("body_too_large"));
  await runs.cancel(GUEST, run.id);
});

test("a program that reads its input may be given any amount", async () => {
  const { runs } = await bench(echoing);
  const run = await runs.submit(GUEST, request({ interactive: true }));
  const text = "x".repeat(65_536);
  for (let i = 0; i < 40; i++) {
    await runs.input(GUEST, run.id, { text, eof: i === 39 });
    await tick();
  }
  assert.equal((await run.result).output.stdout.length, 40 * 65_536);
});

test("another viewer's run looks exactly like one that is not there", async () => {
  const { runs } = await bench(running());
  const run = await runs.submit(GUEST, request({ interactive: true }));
  for (const use of [
    (id: string) => runs.get(OTHER, id),
    (id: string) => runs.watch(OTHER, id, 0),
    (id: string) => runs.cancel(OTHER, id),
    (id: string) => runs.input(OTHER, id, { text: "x", eof: true }),
  ]) {
    const forbidden = await use(run.id).catch((error: unknown) => error);
    const absent = await use("nothing-at-all-is-here").catch((error: unknown) => error);
    code("not_found")(forbidden);
    assert.equal((forbidden as AppError).message, (absent as AppError).message);
  }
  assert.equal((await runs.get(GUEST, run.id)).status, "running");
  await runs.cancel(GUEST, run.id);
  await run.result;
  await assert.rejects(runs.get(OTHER, run.id), code("not_found"));
});

test("hundreds of runs at once each get their own output", async () => {
  const { runs, queue } = await bench(
    async function* (spec) {
      yield { type: "stage", stage: "run" };
      await tick();
      yield { type: "stdout", text: spec.code };
      const output = { stdout: spec.code, stderr: "", exitCode: 0, signal: null, truncated: false };
      yield { type: "done", outcome: outcome({ output }) };
    },
    { concurrency: 8, limit: 400 },
  );
  const results = await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      const viewer = { ...GUEST, id: `guest_${index % 20}`, account: `address_${index % 20}` };
      const run = await runs.submit(viewer, request({ code: `${index}` }));
      return (await run.result).output.stdout;
    }),
  );
  assert.deepEqual(
    results,
    results.map((_, index) => `${index}`),
  );
  await tick();
  assertHas(await queue.state(), { running: 0, waiting: 0, limit: 400 });
});

test("a run that asked for it ends when nobody has followed it for that long, and goes on while somebody does", async (t) => {
  const { runs } = await bench(async function* (_spec, { signal }) {
    yield { type: "stage", stage: "run" };
    yield { type: "stdout", text: "first\n" };
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
    yield { type: "done", outcome: outcome({ status: "cancelled" }) };
  });
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const run = await runs.submit(GUEST, request(), { lingerMs: 10_000 });
  await firstOutput(run);
  mock.timers.tick(9_000);
  const again = await runs.watch(GUEST, run.id, 0);
  mock.timers.tick(9_000);
  assert.equal((await runs.get(GUEST, run.id)).status, "running");
  await again.return?.();
  mock.timers.tick(10_000);
  assert.equal((await run.result).status, "cancelled");
});
