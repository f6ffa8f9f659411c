import assert from "node:assert/strict";
import { test } from "node:test";
import { RunFigures } from "./metrics";
import { serverStatusSchema } from "./schemas/status";
import { type Asked, serverStatus } from "./status";

function asked(changes: Partial<Asked> = {}): Asked {
  return {
    engine: { ok: true, warm: 3, running: 1, ready: ["python"], missing: [] },
    images: { ok: true, ready: ["python"], missing: [] },
    store: { ok: true, kind: "embedded" },
    queue: { ok: true, running: 1, concurrency: 8, waiting: 0, limit: 200 },
    ...changes,
  };
}

function told(changes: Partial<Asked> = {}) {
  const status = serverStatus(asked(changes), new RunFigures());
  const { parts, state } = serverStatusSchema.strict().parse({ ...status, workers: null, versions: null });
  return { state, parts: new Map(parts.map(({ part, ...rest }) => [part, rest])) };
}

test("with every part well the server is, and nothing is said of them", () => {
  const { state, parts } = told();
  assert.equal(state, "ok");
  assert.deepEqual([...parts.values()], Array(5).fill({ state: "ok", message: null }));
});

test("without Docker it is told what to do, and what stands on Docker cannot be told", () => {
  const message = "Docker is not running: start it.";
  const { state, parts } = told({
    engine: { ok: false, message, warm: 0, running: 0, ready: [], missing: ["python"] },
    images: { ok: false, message: "Not made yet", ready: [], missing: ["python"] },
  });
  assert.equal(state, "down");
  assert.deepEqual(parts.get("docker"), { state: "down", message });
  for (const part of ["isolation", "images"] as const)
    assert.deepEqual(parts.get(part), { state: "unknown", message: null });
  assert.equal(parts.get("store")?.state, "ok");
});

test("an engine that works and holds programs to no limit is told of as isolation in part", () => {
  const message = "Docker's runtime runsc holds sandboxes to no limit";
  const { state, parts } = told({ engine: { ...asked().engine, message } });
  assert.equal(state, "degraded");
  assert.deepEqual(parts.get("docker"), { state: "ok", message: null });
  assert.deepEqual(parts.get("isolation"), { state: "degraded", message });
});

test("a store that is full works in part, one that is away does not work", () => {
  const message = "Delete runs.";
  const full = told({ store: { ok: false, full: true, kind: "embedded", message } });
  assert.deepEqual([full.state, full.parts.get("store")], ["degraded", { state: "degraded", message }]);
  const away = told({ store: { ok: false, kind: "mongodb", message: "away" } });
  assert.deepEqual([away.state, away.parts.get("store")?.state], ["down", "down"]);
});

test("a language whose image is missing is made when it is used; without any nothing runs", () => {
  const message = "Not made yet: cpp.";
  const some = told({ images: { ok: true, message, ready: ["python"], missing: ["cpp"] } });
  assert.deepEqual([some.state, some.parts.get("images")], ["ok", { state: "ok", message }]);
  const none = told({ images: { ok: false, message, ready: [], missing: ["cpp"] } });
  assert.deepEqual([none.state, none.parts.get("images")?.state], ["down", "down"]);
});

test("a full queue is busy, which is said with the number and the setting", () => {
  const { state, parts } = told({
    queue: { ok: true, running: 8, concurrency: 8, waiting: 200, limit: 200 },
  });
  assert.equal(state, "degraded");
  assert.match(parts.get("queue")?.message ?? "", /200 runs wait.*QUICKSAND_QUEUE_LIMIT/);
  assert.equal(told({ queue: { ok: true, running: 8, concurrency: 8, waiting: 0, limit: 0 } }).state, "ok");
});
