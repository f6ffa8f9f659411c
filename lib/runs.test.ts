import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { AppError } from "./errors";
import { PLANS } from "./plans";
import {
  aborted,
  bench,
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
} from "./runs/testing/runs-fixture";
import { createMemoryStore } from "./store/memory";

const tick = () => new Promise((resolve) => setImmediate(resolve));

function code(expected: string) {
  return (error: unknown) => {
    assert.ok(error instanceof AppError, String(error));
    assert.equal(error.code, expected);
    return true;
  };
}

test("watchers see queued with the id first, every event once and in order, and done last", async () => {
  const { runs } = bench(printing("one\n", "two\n"));
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
  const { runs } = bench(printing("one\n", "two\n"));
  const run = await runs.submit(GUEST, request());
  const events = await collect(run.events());
  assert.deepEqual(await collect(await runs.watch(GUEST, run.id, 0)), events);
  assert.deepEqual(await collect(await runs.watch(GUEST, run.id, 2)), events.slice(2));
  assert.deepEqual(await collect(await runs.watch(GUEST, run.id, 1_000)), []);
  assert.deepEqual(await collect(await runs.watch(GUEST, run.id, Number.NaN)), events);
});

test("the result has the outcome, the usage of the day and the run's own data", async () => {
  const { runs } = bench(printing("x"), { clock: () => new Date("2026-11-22T23:59:59Z") });
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
    artifacts: [],
    tests: [],
    usage: { plan: "guest", used: 1, limit: 100, remaining: 99, resetsAt: "2026-11-23T00:00:00Z" },
    message: null,
    createdAt: "2026-11-22T23:59:59.000Z",
  });
});

test("the sandbox is given the plan's limits and nothing that the request could change them with", async () => {
  const { runs, sandbox } = bench();
  const { result, id } = await runs.submit(GUEST, request({ args: ["a"], code: "c" }));
  await result;
  const [spec] = sandbox.specs;
  assert.equal(spec?.id, id);
  assert.deepEqual(spec?.limits, PLANS.guest.limits);
  assert.deepEqual([spec?.code, spec?.args, spec?.language.id], ["c", ["a"], "python"]);
});

test("remaining does not fall below 0", async () => {
  const store = createMemoryStore();
  const { runs } = bench(undefined, { store, clock: () => new Date("2026-11-22T12:00:00Z") });
  for (let i = 0; i < 105; i++) await store.countRun(GUEST.id, "2026-11-22", 1);
  const { result } = await runs.submit(GUEST, request());
  const { usage } = await result;
  assert.deepEqual([usage.used, usage.remaining], [106, 0]);
});

test("an unknown language is refused before anything happens", async () => {
  const { runs, sandbox, queue } = bench();
  for (const language of ["cobol-68", "__proto__", "constructor"]) {
    await assert.rejects(runs.submit(GUEST, request({ language })), code("unknown_language"));
  }
  assert.equal(sandbox.specs.length, 0);
  assert.equal(queue.state().running, 0);
});

test("a file where the main program lies is refused, naming every such file", async () => {
  const { runs, sandbox } = bench();
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
  const store = createMemoryStore();
  const { runs, queue } = bench(running(), { concurrency: 1, limit: 1, store });
  const first = await runs.submit(GUEST, request());
  const second = await runs.submit(OTHER, request());
  await assert.rejects(runs.submit(GUEST, request()), code("queue_full"));
  assert.deepEqual(queue.state(), { running: 1, waiting: 1, limit: 1 });
  await runs.cancel(GUEST, first.id);
  await firstOutput(second);
  await runs.cancel(OTHER, second.id);
  assert.equal((await first.result).usage.used, 1);
  assert.equal((await second.result).usage.used, 1);
});

test("a run that waits says at which place, and how long it waited", async () => {
  const { runs } = bench(running(), { concurrency: 1 });
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
  assert.ok(queuedMs >= 40 && queuedMs < 1_000, `${queuedMs} ms`);
});

test("docker trouble known at once is thrown by submit, recorded, and not charged", async () => {
  const store = createMemoryStore();
  const trouble = new AppError("docker_unavailable", "Docker is not running: start it.", {
    retryAfterS: 3,
    cause: new Error("connect ENOENT /var/run/docker.sock"),
  });
  const { runs, sandbox, queue } = bench(
    // biome-ignore lint/correctness/useYield: it fails before it has anything to yield
    async function* () {
      throw trouble;
    },
    { store },
  );
  await assert.rejects(runs.submit(GUEST, request()), (error) => {
    code("docker_unavailable")(error);
    assert.equal((error as AppError).retryAfterS, 3);
    assert.equal((error as AppError).cause, undefined);
    return true;
  });
  const record = await store.getRun(sandbox.specs[0]?.id ?? "");
  assert.equal(record?.result?.status, "system_error");
  assert.equal(record?.result?.message, "Docker is not running: start it.");
  assert.equal(record?.result?.usage.used, 0);
  assert.deepEqual(await runs.get(GUEST, record?.id ?? ""), record?.result);
  await tick();
  assert.equal(queue.state().running, 0);
  sandbox.script = printing("back");
  assert.equal((await (await runs.submit(GUEST, request())).result).status, "success");
});

test("trouble after the image was being prepared is the same error, at the end of the stream", async () => {
  const { runs } = bench(async function* () {
    yield { type: "preparing", message: "Pulling python", percent: 10 };
    throw new AppError("image_unavailable", "The image of Python cannot be pulled.");
  });
  const run = await runs.submit(GUEST, request());
  await assert.rejects(run.result, code("image_unavailable"));
  const seen: string[] = [];
  await assert.rejects(async () => {
    for await (const { event } of run.events()) seen.push(event.type);
  }, code("image_unavailable"));
  assert.deepEqual(seen, ["queued", "preparing"]);
});

test("a sandbox that breaks off in the middle ends as system_error with the partial output, not charged", async () => {
  const { runs } = bench(async function* () {
    yield { type: "stage", stage: "run" };
    yield { type: "stdout", text: "so far" };
    yield { type: "stderr", text: "oh" };
    throw new AppError("docker_unavailable", "Docker went away: start it again.");
  });
  const run = await runs.submit(GUEST, request());
  const result = await run.result;
  assert.equal(result.status, "system_error");
  assert.deepEqual([result.output.stdout, result.output.stderr], ["so far", "oh"]);
  assert.equal(result.output.exitCode, null);
  assert.equal(result.message, "Docker went away: start it again.");
  assert.equal(result.usage.used, 0);
  assert.equal((await collect(run.events())).at(-1)?.event.type, "done");
});

test("what was printed while compiling stays apart when the sandbox breaks off", async () => {
  const { runs } = bench(async function* () {
    yield { type: "stage", stage: "compile" };
    yield { type: "stderr", text: "warning" };
    yield { type: "stage", stage: "run" };
    yield { type: "stdout", text: "ran" };
    throw new Error("socket hang up at 10.0.0.1");
  });
  const result = await (await runs.submit(GUEST, request({ language: "c" }))).result;
  assert.equal(result.compile?.stderr, "warning");
  assert.equal(result.output.stdout, "ran");
  assert.equal(result.output.stderr, "");
  assert.doesNotMatch(result.message ?? "", /socket|10\.0/);
});

test("a sandbox that ends without an outcome is a fault of ours, never a success", async () => {
  const { runs } = bench(async function* () {
    yield { type: "stage", stage: "run" };
  });
  const result = await (await runs.submit(GUEST, request())).result;
  assert.equal(result.status, "system_error");
});

test("an unexpected error before the start is `internal` and shows nothing of itself", async () => {
  const { runs } = bench(() => {
    throw new TypeError("secret path /srv/x");
  });
  await assert.rejects(runs.submit(GUEST, request()), (error) => {
    code("internal")(error);
    assert.doesNotMatch((error as AppError).message, /secret/);
    return true;
  });
});

test("a sandbox that cannot even be asked costs no turn", async () => {
  const { runs, sandbox, queue } = bench();
  sandbox.run = () => {
    throw new Error("not connected");
  };
  await assert.rejects(runs.submit(GUEST, request()), code("internal"));
  assert.equal(queue.state().running, 0);
});

test("a run cancelled while it is being recorded never reaches the sandbox, and frees its turn", async () => {
  const store = createMemoryStore();
  const client = new AbortController();
  const { runs, sandbox, queue } = bench(undefined, {
    store: {
      ...store,
      async createRun(run) {
        await store.createRun(run);
        client.abort();
      },
    },
  });
  const run = await runs.submit(GUEST, request(), { signal: client.signal });
  assert.equal((await run.result).status, "cancelled");
  assert.equal(sandbox.specs.length, 0);
  assert.equal(queue.state().running, 0);
});

test("a run whose client goes away is cancelled, with what it had printed", async () => {
  const { runs, sandbox, queue } = bench(running("first\n"));
  const client = new AbortController();
  const run = await runs.submit(GUEST, request(), { signal: client.signal });
  await firstOutput(run);
  client.abort();
  const result = await run.result;
  assert.equal(result.status, "cancelled");
  assert.equal(result.output.stdout, "first\n");
  await tick();
  assert.equal(sandbox.letGo, 1);
  assert.equal(queue.state().running, 0);
});

test("a run without a client's signal goes on when nobody watches", async () => {
  const { runs } = bench(echoing);
  const run = await runs.submit(GUEST, request({ interactive: true }));
  const events = run.events();
  await events.next();
  await events.return?.();
  await runs.input(GUEST, run.id, { text: "still here\n", eof: true });
  assert.equal((await run.result).output.stdout, "still here\n");
});

test("a run cancelled while it waits leaves the queue and never reaches the sandbox", async () => {
  const { runs, sandbox, queue } = bench(running(), { concurrency: 1 });
  const first = await runs.submit(GUEST, request());
  const second = await runs.submit(GUEST, request());
  assert.equal(await runs.cancel(GUEST, second.id), true);
  const result = await second.result;
  assert.equal(result.status, "cancelled");
  assert.equal(result.output.exitCode, null);
  assert.equal((await collect(second.events())).at(-1)?.event.type, "done");
  assert.deepEqual(queue.state(), { running: 1, waiting: 0, limit: 10 });
  await runs.cancel(GUEST, first.id);
  await first.result;
  assert.equal(sandbox.specs.length, 1);
});

test("cancelling what has ended says so and changes nothing", async () => {
  const { runs } = bench();
  const run = await runs.submit(GUEST, request());
  await run.result;
  assert.equal(await runs.cancel(GUEST, run.id), false);
  assert.equal((await runs.get(GUEST, run.id)).status, "success");
});

test("without interactive the program gets its stdin and then its end", async () => {
  const { runs } = bench(echoing);
  const run = await runs.submit(GUEST, request({ stdin: "given" }));
  assert.equal((await run.result).output.stdout, "given");
});

test("an interactive program gets stdin first, then what is typed, until the end of input", async () => {
  const { runs } = bench(echoing);
  const run = await runs.submit(GUEST, request({ stdin: "a", interactive: true }));
  await firstOutput(run);
  await runs.input(GUEST, run.id, { text: "b", eof: false });
  await runs.input(GUEST, run.id, { text: "c", eof: true });
  await assert.rejects(runs.input(GUEST, run.id, { text: "d", eof: false }), code("conflict"));
  assert.equal((await run.result).output.stdout, "abc");
  await assert.rejects(runs.input(GUEST, run.id, { text: "e", eof: false }), code("conflict"));
});

test("input for a run that takes none is a conflict that says why", async () => {
  const { runs } = bench(running());
  const plain = await runs.submit(GUEST, request());
  await assert.rejects(runs.input(GUEST, plain.id, { text: "x", eof: false }), /interactive: true/);
  const tests = [{ stdin: "", expected: "" }];
  const tested = await runs.submit(GUEST, request({ interactive: true, tests }));
  await assert.rejects(runs.input(GUEST, tested.id, { text: "x", eof: false }), /`tests`/);
  await runs.cancel(GUEST, plain.id);
  await runs.cancel(GUEST, tested.id);
});

test("input that the program does not read is bounded at 1 MB", async () => {
  const { runs } = bench(running());
  const run = await runs.submit(GUEST, request({ interactive: true }));
  const text = "x".repeat(65_536);
  for (let i = 0; i < 16; i++) await runs.input(GUEST, run.id, { text, eof: false });
  await assert.rejects(runs.input(GUEST, run.id, { text: "x", eof: false }), code("body_too_large"));
  await runs.cancel(GUEST, run.id);
});

test("a program that reads its input may be given any amount", async () => {
  const { runs } = bench(echoing);
  const run = await runs.submit(GUEST, request({ interactive: true }));
  const text = "x".repeat(65_536);
  for (let i = 0; i < 40; i++) {
    await runs.input(GUEST, run.id, { text, eof: i === 39 });
    await tick();
  }
  assert.equal((await run.result).output.stdout.length, 40 * 65_536);
});

test("another viewer's run looks exactly like one that is not there", async () => {
  const { runs } = bench(running());
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
  await assert.rejects(runs.get(GUEST, run.id), code("conflict"));
  await runs.cancel(GUEST, run.id);
  await run.result;
  await assert.rejects(runs.get(OTHER, run.id), code("not_found"));
});

test("a store that is away refuses runs before they start, and takes no turn", async () => {
  const store = createMemoryStore();
  const away = new AppError("store_unavailable", "The database does not answer.");
  let counted = 0;
  const { runs, sandbox, queue } = bench(undefined, {
    store: {
      ...store,
      countRun: async (_owner, _day, change) => {
        counted += change;
        return counted;
      },
      createRun: () => Promise.reject(away),
    },
  });
  await assert.rejects(runs.submit(GUEST, request()), code("store_unavailable"));
  await tick();
  assert.equal(counted, 0);
  assert.equal(sandbox.specs.length, 0);
  assert.deepEqual(queue.state(), { running: 0, waiting: 0, limit: 10 });
});

test("a result that cannot be stored is answered all the same, and says so", async () => {
  const store = createMemoryStore();
  const { runs } = bench(undefined, {
    store: { ...store, finishRun: () => Promise.reject(new Error("disk full")) },
  });
  const run = await runs.submit(GUEST, request());
  const result = await run.result;
  assert.equal(result.status, "success");
  assert.match(result.message ?? "", /could not be saved/);
  assert.deepEqual(await runs.get(GUEST, run.id), result);
});

test("a finished run is kept in the store and remains, without its events, when memory has let it go", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, store } = bench(printing("kept"));
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
  assert.deepEqual(await runs.get(GUEST, run.id), result);
  assert.equal(await runs.cancel(GUEST, run.id), false);
  await assert.rejects(runs.input(GUEST, run.id, { text: "x", eof: false }), code("conflict"));
  await assert.rejects(runs.watch(OTHER, run.id, 0), code("not_found"));
});

test("many large outputs do not stay in memory: the oldest runs are then only in the store", async () => {
  const store = createMemoryStore({ maxChars: 1e9 });
  const { runs } = bench(printing("x".repeat(1_000_000)), { store });
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

test("a run that its viewer had cancelled is not blamed on the server that stops meanwhile", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs } = bench(async function* () {
    yield { type: "stage", stage: "run" };
    await new Promise(() => {});
  });
  const run = await runs.submit(GUEST, request());
  await runs.cancel(GUEST, run.id);
  const closed = runs.close();
  mock.timers.tick(4_001);
  await tick();
  mock.timers.tick(1_001);
  assert.equal((await run.result).status, "cancelled");
  await closed;
});

test("a sandbox that ignores the cancel is given up, and its turn with it", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, queue } = bench(async function* () {
    yield { type: "stage", stage: "run" };
    yield { type: "stdout", text: "deaf" };
    await new Promise(() => {});
  });
  const run = await runs.submit(GUEST, request());
  await runs.cancel(GUEST, run.id);
  mock.timers.tick(5_001);
  const result = await run.result;
  assert.equal(result.status, "cancelled");
  assert.equal(result.output.stdout, "deaf");
  await tick();
  assert.equal(queue.state().running, 1, "its sandbox may still be there");
  mock.timers.tick(5_001);
  await tick();
  assert.equal(queue.state().running, 0);
});

test("a sandbox that runs far beyond its limits is given up as a fault of ours", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs } = bench(async function* () {
    yield { type: "stage", stage: "run" };
    await new Promise(() => {});
  });
  const run = await runs.submit(GUEST, request());
  await tick();
  mock.timers.tick(PLANS.guest.limits.run.timeoutMs + 15_001);
  assert.equal((await run.result).status, "system_error");
});

test("closing refuses new runs, lets quick ones end, and ends the others as a fault of ours", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, sandbox } = bench(running());
  const slow = await runs.submit(GUEST, request());
  sandbox.script = echoing;
  const quick = await runs.submit(GUEST, request({ interactive: true }));
  const closed = runs.close();
  await assert.rejects(runs.submit(GUEST, request()), code("queue_full"));
  await runs.input(GUEST, quick.id, { text: "in time", eof: true });
  assert.equal((await quick.result).output.stdout, "in time");
  mock.timers.tick(4_001);
  await closed;
  const { status, output, message, usage } = await slow.result;
  assert.deepEqual([status, output.stdout, usage.used], ["system_error", "first\n", 1]);
  assert.match(message ?? "", /server was stopped/);
  assert.equal(sandbox.letGo, 2);
});

test("closing an idle pipeline is immediate", async () => {
  const { runs } = bench();
  await (await runs.submit(GUEST, request())).result;
  const start = performance.now();
  await runs.close();
  assert.ok(performance.now() - start < 100);
});

test("hundreds of runs at once each get their own output", async () => {
  const { runs, queue } = bench(
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
      const viewer = { id: `guest_${index % 20}`, plan: "guest" as const };
      const run = await runs.submit(viewer, request({ code: `${index}` }));
      return (await run.result).output.stdout;
    }),
  );
  assert.deepEqual(
    results,
    results.map((_, index) => `${index}`),
  );
  await tick();
  assert.deepEqual(queue.state(), { running: 0, waiting: 0, limit: 400 });
});

test("a client that is gone before its run is accepted leaves nothing behind", async () => {
  const { runs, sandbox, queue } = bench();
  await assert.rejects(runs.submit(GUEST, request(), { signal: AbortSignal.abort() }), code("conflict"));
  assert.equal(sandbox.specs.length, 0);
  assert.equal(queue.state().running, 0);
});

test("an abort between the acceptance and the turn still ends as cancelled", async () => {
  const { runs, sandbox } = bench(async function* (_spec, { signal }) {
    await aborted(signal);
    yield { type: "done", outcome: outcome({ status: "cancelled" }) };
  });
  const client = new AbortController();
  const submitted = runs.submit(GUEST, request(), { signal: client.signal });
  await Promise.resolve();
  client.abort();
  const run = await submitted;
  assert.equal((await run.result).status, "cancelled");
  assert.ok(sandbox.specs.length <= 1);
});
