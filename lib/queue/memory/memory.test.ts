import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../errors";
import { createMemoryQueue, type Queue, type Release } from "..";

/** Enters and remembers what was told; `release` is there once the turn has come. */
function enter(queue: Queue, owner = "somebody") {
  const controller = new AbortController();
  const positions: number[] = [];
  const entry = {
    positions,
    release: undefined as Release | undefined,
    error: undefined as unknown,
    abort: () => controller.abort(new Error("left")),
    settled: Promise.resolve(),
  };
  entry.settled = queue
    .enter({
      owner,
      parallel: 1_000,
      signal: controller.signal,
      onPosition: (position) => positions.push(position),
    })
    .then(
      (release) => {
        entry.release = release;
      },
      (error: unknown) => {
        entry.error = error;
      },
    );
  return entry;
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("a turn comes at once where one is free, and says position 0", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 10 });
  const first = enter(queue);
  await first.settled;
  assert.ok(first.release);
  assert.deepEqual(first.positions, [0]);
  assert.deepEqual(queue.state(), { running: 1, waiting: 0, limit: 10 });
});

test("positions fall to 0 as turns end", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 10 });
  const entries = Array.from({ length: 4 }, () => enter(queue));
  await settle();
  assert.deepEqual(
    entries.map(({ positions }) => positions),
    [[0], [1], [2], [3]],
  );
  for (const entry of entries) {
    await entry.settled;
    entry.release?.();
  }
  await settle();
  assert.deepEqual(
    entries.map(({ positions }) => positions),
    [[0], [1, 0], [2, 1, 0], [3, 2, 1, 0]],
  );
  assert.deepEqual(queue.state(), { running: 0, waiting: 0, limit: 10 });
});

test("no more turns are held at once than the concurrency", async () => {
  const queue = createMemoryQueue({ concurrency: 3, limit: 100 });
  let held = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const release = await queue.enter({
        owner: `owner ${index % 7}`,
        parallel: 1_000,
        signal: new AbortController().signal,
        onPosition: () => {},
      });
      held++;
      most = Math.max(most, held);
      await settle();
      held--;
      release();
    }),
  );
  assert.equal(most, 3);
  assert.deepEqual(queue.state(), { running: 0, waiting: 0, limit: 100 });
});

test("beyond the limit it is queue_full at once, with the time to come back", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 2 });
  const entries = [enter(queue), enter(queue, "a"), enter(queue, "b")];
  const refused = enter(queue, "c");
  await refused.settled;
  assert.ok(refused.error instanceof AppError);
  assert.equal(refused.error.code, "queue_full");
  assert.ok((refused.error.retryAfterS ?? 0) >= 1);
  assert.deepEqual(refused.positions, []);
  entries[0]?.release?.();
  await entries[1]?.settled;
  const later = enter(queue, "c");
  await settle();
  assert.equal(later.error, undefined);
});

test("a limit of 0 takes what can start at once and nothing else", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 0 });
  const first = enter(queue);
  const second = enter(queue);
  await Promise.all([first.settled, second.settled]);
  assert.ok(first.release);
  assert.ok(second.error instanceof AppError);
});

test("turns go round the owners, first in first out within one", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 100 });
  const order: string[] = [];
  const running = enter(queue, "x");
  await running.settled;
  const entered = ["a1", "a2", "a3", "a4", "b1", "b2", "c1"].map(async (name) => {
    const entry = enter(queue, name[0]);
    await entry.settled;
    order.push(name);
    await settle();
    entry.release?.();
  });
  running.release?.();
  await Promise.all(entered);
  assert.deepEqual(order, ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]);
});

test("the position of a waiting run never grows when others get their fair turns before it", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 100 });
  enter(queue, "x");
  const greedy = Array.from({ length: 3 }, () => enter(queue, "a"));
  const late = enter(queue, "b");
  await settle();
  assert.deepEqual(late.positions, [2]);
  assert.deepEqual(
    greedy.map(({ positions }) => positions),
    [[1], [2], [3]],
  );
});

test("one owner cannot take all places: the last quarter is for owners who have none", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 8 });
  enter(queue, "greedy");
  const greedy = Array.from({ length: 8 }, () => enter(queue, "greedy"));
  await settle();
  assert.equal(greedy.filter(({ error }) => error !== undefined).length, 2);
  const others = [enter(queue, "a"), enter(queue, "b")];
  await settle();
  assert.deepEqual(
    others.map(({ error }) => error),
    [undefined, undefined],
  );
});

test("who leaves while waiting frees the place and moves the others up", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 10 });
  const first = enter(queue);
  const second = enter(queue);
  const third = enter(queue);
  await settle();
  second.abort();
  await second.settled;
  assert.equal((second.error as Error).message, "left");
  assert.deepEqual(third.positions, [2, 1]);
  assert.equal(queue.state().waiting, 1);
  first.release?.();
  await third.settled;
  assert.ok(third.release);
  assert.equal(second.release, undefined);
});

test("who has left before entering is not let in", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 10 });
  await assert.rejects(
    queue.enter({
      owner: "a",
      parallel: 1_000,
      signal: AbortSignal.abort(new Error("gone")),
      onPosition: () => {},
    }),
    /gone/,
  );
  assert.equal(queue.state().running, 0);
});

test("an abort after the turn has come changes nothing", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 10 });
  const first = enter(queue);
  const second = enter(queue);
  await settle();
  first.release?.();
  await second.settled;
  second.abort();
  assert.deepEqual(queue.state(), { running: 1, waiting: 0, limit: 10 });
});

test("a release called twice frees one turn only", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 10 });
  const first = enter(queue);
  const second = enter(queue);
  const third = enter(queue);
  await settle();
  first.release?.();
  first.release?.();
  await settle();
  assert.ok(second.release);
  assert.equal(third.release, undefined);
  assert.deepEqual(queue.state(), { running: 1, waiting: 1, limit: 10 });
});

test("a turn that is never given back blocks only itself", async () => {
  const queue = createMemoryQueue({ concurrency: 2, limit: 10 });
  enter(queue, "stuck");
  for (let round = 0; round < 5; round++) {
    const entry = enter(queue, "other");
    await entry.settled;
    entry.release?.();
  }
  assert.deepEqual(queue.state(), { running: 1, waiting: 0, limit: 10 });
});

test("a turn taken inside the release of another does not deadlock", async () => {
  const queue = createMemoryQueue({ concurrency: 1, limit: 10 });
  const inner: Promise<Release>[] = [];
  const first = enter(queue);
  await first.settled;
  const second = queue.enter({
    owner: "a",
    parallel: 1_000,
    signal: new AbortController().signal,
    onPosition(position) {
      if (position > 0) return;
      const signal = new AbortController().signal;
      inner.push(queue.enter({ owner: "a", parallel: 1_000, signal, onPosition: () => {} }));
    },
  });
  first.release?.();
  (await second)();
  (await Promise.all(inner))[0]?.();
  assert.deepEqual(queue.state(), { running: 0, waiting: 0, limit: 10 });
});
