import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { AWAY_MS, keepServer, RETRY_MS } from "./keep-server";

/** A server that says what happens to it. `idle()` is the page's idle moment; a start resolves or rejects by `answer`. */
function fixture() {
  const happened: string[] = [];
  const idle: (() => void)[] = [];
  let fail: (error: Error) => void = () => {};
  let answer: () => Promise<void> = () => Promise.resolve();
  const kept = keepServer({
    whenIdle: (begin) => {
      idle.push(begin);
      return () => idle.splice(idle.indexOf(begin), 1);
    },
    start: async (onFailure) => {
      happened.push("start");
      fail = onFailure;
      await answer();
      return { stop: () => happened.push("stop") };
    },
  });
  return {
    kept,
    happened,
    break: (error: Error) => fail(error),
    answers: (next: () => Promise<void>) => {
      answer = next;
    },
    async idle() {
      for (const begin of idle.splice(0)) begin();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test.beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(console, "warn", () => {});
});
test.afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

test("a server is started once, and not before the page is idle", async () => {
  const { kept, happened, idle } = fixture();
  kept.need(true);
  kept.need(true);
  assert.deepEqual(happened, []);
  await idle();
  kept.need(true);
  await idle();
  assert.deepEqual(happened, ["start"]);
});

test("a server that nobody needs is ended after a while, and kept when it is needed again before", async () => {
  const { kept, happened, idle } = fixture();
  kept.need(true);
  await idle();
  kept.need(false);
  mock.timers.tick(AWAY_MS - 1);
  kept.need(true);
  mock.timers.tick(AWAY_MS);
  assert.deepEqual(happened, ["start"]);
  kept.need(false);
  mock.timers.tick(AWAY_MS);
  assert.deepEqual(happened, ["start", "stop"]);
  kept.need(true);
  await idle();
  assert.deepEqual(happened, ["start", "stop", "start"]);
});

test("switched off, it ends at once, also while it starts", async () => {
  const { kept, happened, idle, answers } = fixture();
  let started = () => {};
  answers(() => new Promise((resolve) => (started = resolve)));
  kept.need(true);
  await idle();
  kept.stop();
  started();
  await idle();
  assert.deepEqual(happened, ["start", "stop"]);
});

test("a start that fails, and a server that breaks, are tried again, but not without end", async () => {
  const { kept, happened, idle, answers, break: breakIt } = fixture();
  answers(() => Promise.reject(new Error("offline")));
  kept.need(true);
  await idle();
  answers(() => Promise.resolve());
  mock.timers.tick(RETRY_MS[0] ?? 0);
  await idle();
  assert.deepEqual(happened, ["start", "start"]);
  for (const delay of [...RETRY_MS.slice(1), 1e9, 1e9]) {
    breakIt(new Error("out of memory"));
    mock.timers.tick(delay);
    await idle();
  }
  assert.equal(happened.filter((what) => what === "start").length, RETRY_MS.length + 1);
});

test("a retry does not come when the server was switched off meanwhile", async () => {
  const { kept, happened, idle, answers } = fixture();
  answers(() => Promise.reject(new Error("offline")));
  kept.need(true);
  await idle();
  kept.stop();
  mock.timers.tick(RETRY_MS[0] ?? 0);
  await idle();
  assert.deepEqual(happened, ["start"]);
});
