import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createPendingDeletes } from "./pending-deletes";

function setUp(remove = async (_id: string, _leaving: boolean) => {}) {
  const removed: [string, boolean][] = [];
  const failed: string[] = [];
  const pending = createPendingDeletes({
    delayMs: 20,
    remove: (id, leaving) => {
      removed.push([id, leaving]);
      return remove(id, leaving);
    },
    onFailure: (id) => failed.push(id),
  });
  return { pending, removed, failed };
}

test("a deletion is hidden at once and carried out after the time to undo", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { pending, removed } = setUp();
  pending.add("a");
  assert.equal(pending.hidden().has("a"), true);
  mock.timers.tick(19);
  assert.deepEqual(removed, []);
  mock.timers.tick(1);
  assert.deepEqual(removed, [["a", false]]);
  assert.equal(pending.hidden().has("a"), true);
  mock.timers.reset();
});

test("what is taken back is shown again and never asked of the server", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { pending, removed } = setUp();
  pending.add("a");
  assert.equal(pending.undo("a"), true);
  mock.timers.tick(100);
  assert.deepEqual(removed, []);
  assert.equal(pending.hidden().size, 0);
  assert.equal(pending.undo("a"), false);
  mock.timers.reset();
});

test("leaving the page carries out what waits, once", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { pending, removed } = setUp();
  pending.add("a");
  pending.add("b");
  pending.flush();
  pending.flush();
  mock.timers.tick(100);
  assert.deepEqual(removed, [
    ["a", true],
    ["b", true],
  ]);
  mock.timers.reset();
});

test("what the server would not delete is shown again", async () => {
  const { pending, failed } = setUp(() => Promise.reject(new Error("no")));
  pending.add("a");
  pending.flush();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(failed, ["a"]);
  assert.equal(pending.hidden().size, 0);
});
