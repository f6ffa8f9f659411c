import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { AppError } from "../errors";
import { PLANS } from "../plans";
import { assertHas, bench, code, collect, GUEST, printing, request, tick } from "./testing/runs-fixture";
import { instead, tempStore } from "./testing/temp-store";

test("docker trouble known at once is thrown by submit, recorded, and not charged", async () => {
  const store = tempStore();
  const trouble = new AppError("docker_unavailable", "Docker is not running: start it.", {
    retryAfterS: 3,
    cause: new Error("connect ENOENT /var/run/docker.sock"),
  });
  const { runs, sandbox, queue } = await bench(
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
  assertHas(await runs.get(GUEST, record?.id ?? ""), record?.result);
  await tick();
  assert.equal((await queue.state()).running, 0);
  sandbox.script = printing("back");
  assert.equal((await (await runs.submit(GUEST, request())).result).status, "success");
});

test("trouble after the image was being prepared is the same error, at the end of the stream", async () => {
  const { runs } = await bench(async function* () {
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
  const { runs } = await bench(async function* () {
    yield { type: "stage", stage: "run" };
    yield { type: "stderr", text: "oh" };
    yield { type: "stdout", text: "so far" };
    throw new AppError("docker_unavailable", "Docker went away: start it again.");
  });
  const run = await runs.submit(GUEST, request());
  const result = await run.result;
  assert.equal(result.status, "system_error");
  assert.deepEqual([result.output.stdout, result.output.stderr], ["so far", "oh"]);
  assert.deepEqual(result.output.order, [0, 2, 6]);
  assert.equal(result.output.exitCode, null);
  assert.equal(result.message, "Docker went away: start it again.");
  assert.equal(result.usage.used, 0);
  assert.equal((await collect(run.events())).at(-1)?.event.type, "done");
});

test("what was printed while compiling stays apart when the sandbox breaks off", async () => {
  const { runs } = await bench(async function* () {
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
  const { runs } = await bench(async function* () {
    yield { type: "stage", stage: "run" };
  });
  const result = await (await runs.submit(GUEST, request())).result;
  assert.equal(result.status, "system_error");
});

test("an unexpected error before the start is `internal` and shows nothing of itself", async () => {
  const { runs } = await bench(() => {
    throw new TypeError("secret path /srv/x");
  });
  await assert.rejects(runs.submit(GUEST, request()), (error) => {
    code("internal")(error);
    assert.doesNotMatch((error as AppError).message, /secret/);
    return true;
  });
});

test("a sandbox that cannot even be asked costs no turn", async () => {
  const { runs, sandbox, queue } = await bench();
  sandbox.run = () => {
    throw new Error("not connected");
  };
  await assert.rejects(runs.submit(GUEST, request()), code("internal"));
  assert.equal((await queue.state()).running, 0);
});

test("a store that is away refuses runs before they start, and takes no turn", async () => {
  const store = tempStore();
  const away = new AppError("store_unavailable", "The database does not answer.");
  const { runs, sandbox, queue } = await bench(undefined, {
    store: instead(store, {
      acceptRun: () => Promise.reject(away),
    }),
  });
  await assert.rejects(runs.submit(GUEST, request()), code("store_unavailable"));
  await tick();
  assert.equal(sandbox.specs.length, 0);
  assertHas(await queue.state(), { running: 0, waiting: 0, limit: 10 });
});

test("a result that cannot be stored is answered all the same, and says so", async () => {
  const store = tempStore();
  const { runs } = await bench(undefined, {
    store: instead(store, { finishRun: () => Promise.reject(new Error("disk full")) }),
  });
  const run = await runs.submit(GUEST, request());
  const result = await run.result;
  assert.equal(result.status, "success");
  assert.match(result.message ?? "", /could not be kept/);
  assertHas(await runs.get(GUEST, run.id), result);
});

test("a sandbox that ignores the cancel is given up, and its turn with it", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, queue } = await bench(async function* () {
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
  assert.equal((await queue.state()).running, 1, "its sandbox may still be there");
  mock.timers.tick(5_001);
  await tick();
  assert.equal((await queue.state()).running, 0);
});

test("a sandbox that runs far beyond its limits is given up as a fault of ours", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs } = await bench(async function* () {
    yield { type: "stage", stage: "run" };
    await new Promise(() => {});
  });
  const run = await runs.submit(GUEST, request());
  await tick();
  mock.timers.tick(PLANS.guest.limits.run.timeoutMs + 15_001);
  assert.equal((await run.result).status, "system_error");
});

test("fifty tests on a sandbox that hangs have three times the time of a run stage together", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, queue } = await bench(async function* () {
    yield { type: "stage", stage: "run" };
    await new Promise(() => {});
  });
  const tests = Array.from({ length: 50 }, () => ({ stdin: "1\n", expected: "1\n" }));
  const run = await runs.submit(GUEST, request({ tests }));
  await tick();
  mock.timers.tick(3 * PLANS.guest.limits.run.timeoutMs + 14_990);
  await tick();
  assert.equal((await runs.get(GUEST, run.id)).status, "running");
  mock.timers.tick(11);
  await tick();
  assert.equal((await runs.get(GUEST, run.id)).status, "system_error");
  mock.timers.tick(5_001);
  await tick();
  assert.equal((await queue.state()).running, 0, "its turn is free");
});

test("of a sandbox that hangs between two tests the verdicts that had come are kept", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const passed = { status: "passed" as const, actual: "1\n", durationMs: 4 };
  const { runs, store } = await bench(async function* () {
    yield { type: "stage", stage: "run" };
    yield { type: "stdout", text: "1\n" };
    yield { type: "test", index: 0, result: passed };
    await new Promise(() => {});
  });
  const tests = [1, 2].map((n) => ({ stdin: `${n}\n`, expected: `${n}\n` }));
  const run = await runs.submit(GUEST, request({ tests }));
  await tick();
  mock.timers.tick(3 * PLANS.guest.limits.run.timeoutMs + 15_001);
  const skipped = { status: "skipped", actual: "", durationMs: 0 };
  assert.deepEqual((await run.result).tests, [passed, skipped]);
  await tick();
  assert.deepEqual((await store.getRun(run.id))?.result?.tests, [passed, skipped]);
});

test("a sandbox that a person types into is given up after the time that a person has, not a program's", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs } = await bench(async function* () {
    yield { type: "stage", stage: "run" };
    await new Promise(() => {});
  });
  const run = await runs.submit(GUEST, request({ mode: "interactive" }));
  await tick();
  mock.timers.tick(600_000);
  await tick();
  assert.equal((await runs.get(GUEST, run.id)).status, "running");
  mock.timers.tick(15_001);
  assert.equal((await run.result).status, "system_error");
});

test("an engine that hangs before the start is docker_unavailable, one that makes an image may take its time", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, sandbox, queue } = await bench(async function* () {
    yield { type: "preparing", message: "Building" };
    await new Promise(() => {});
  });
  const building = await runs.submit(GUEST, request());
  sandbox.script = async function* () {
    await new Promise(() => {});
  };
  const submitted = runs.submit(GUEST, request());
  await tick();
  mock.timers.tick(1_501);
  const hanging = await submitted;
  mock.timers.tick(30_001);
  await assert.rejects(hanging.result, code("docker_unavailable"));
  mock.timers.tick(600_000);
  await tick();
  assert.equal((await queue.state()).running, 1);
  await runs.cancel(GUEST, building.id);
  mock.timers.tick(5_001);
  assert.equal((await building.result).status, "cancelled");
});
