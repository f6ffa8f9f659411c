import assert from "node:assert/strict";
import { test } from "node:test";
import { bench, code, echoing, GUEST, printing, request, running, type Script } from "./testing/runs-fixture";

/** The figures of one run of a script. */
async function figuresOf(
  script: Script,
  use: (runs: Awaited<ReturnType<typeof bench>>["runs"]) => Promise<unknown>,
) {
  const { runs, figures, close } = await bench(script);
  await use(runs);
  await close();
  return figures.hour();
}

test("a run that ended is counted with its wait and its whole time; a program that fails is no fault", async () => {
  const hour = await figuresOf(printing("x"), async (runs) => (await runs.submit(GUEST, request())).result);
  assert.deepEqual([hour.runs, hour.failed], [1, 0]);
  assert.ok(hour.wait && hour.total && hour.wait.p50 <= hour.total.p50);
});

test("a run that a person typed into, or stopped, tells nothing of how long runs take", async () => {
  const typed = await figuresOf(echoing, async (runs) => {
    const run = await runs.submit(GUEST, request({ mode: "interactive" }));
    await runs.input(GUEST, run.id, { text: "x", eof: true });
    return run.result;
  });
  assert.deepEqual([typed.runs, typed.failed, typed.total], [1, 0, null]);
  assert.ok(typed.wait);
  const stopped = await figuresOf(running(), async (runs) => {
    const run = await runs.submit(GUEST, request());
    await runs.cancel(GUEST, run.id);
    return run.result;
  });
  assert.deepEqual([stopped.runs, stopped.failed, stopped.total], [1, 0, null]);
});

test("a run that could not be started for a fault of ours is counted as one", async () => {
  const broken: Script = () => {
    throw new Error("the engine broke");
  };
  const hour = await figuresOf(broken, (runs) =>
    assert.rejects(runs.submit(GUEST, request()), code("internal")),
  );
  assert.deepEqual(hour, { runs: 1, failed: 1, wait: null, total: null });
});
