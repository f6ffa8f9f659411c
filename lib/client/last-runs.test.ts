import assert from "node:assert/strict";
import { test } from "node:test";
import { createLastRuns, keepLastRun } from "./last-runs";
import { IDLE, type RunState } from "./run-state";
import { safeStorage } from "./storage";

/** Storage that a test can look into, as a browser has it. */
function fakeStorage() {
  const entries = new Map<string, string>();
  const storage = safeStorage(() => ({
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
  }));
  return { entries, storage };
}

const RUN = { runId: "r1", typed: [{ at: 3, text: "secret\n" }], inputEnded: false };

test("a tab has its last run with what was typed; another tab and the next visit have it without", () => {
  const [tab, browser, other] = [fakeStorage(), fakeStorage(), fakeStorage()];
  createLastRuns(tab.storage, browser.storage).save("python", RUN);
  assert.deepEqual(createLastRuns(tab.storage, browser.storage).load("python"), RUN);
  assert.deepEqual(createLastRuns(other.storage, browser.storage).load("python"), { ...RUN, typed: [] });
  assert.doesNotMatch([...browser.entries.values()].join(), /secret/);
});

test("each program has its own, until it is forgotten", () => {
  const [tab, browser] = [fakeStorage(), fakeStorage()];
  const runs = createLastRuns(tab.storage, browser.storage);
  runs.save("python", RUN);
  assert.equal(runs.load("c"), null);
  runs.forget("python");
  assert.equal(runs.load("python"), null);
});

test("what cannot be read is nothing", () => {
  for (const text of [
    "{",
    "[]",
    '{"v":2,"runId":"r"}',
    '{"v":1,"runId":""}',
    '{"v":1,"runId":"r","typed":[1]}',
  ]) {
    const [tab, browser] = [fakeStorage(), fakeStorage()];
    tab.entries.set("quicksand:last-run:c", text);
    assert.equal(createLastRuns(tab.storage, browser.storage).load("c"), null, text);
  }
});

test("of very much that was typed the end is kept", () => {
  const [tab, browser] = [fakeStorage(), fakeStorage()];
  const runs = createLastRuns(tab.storage, browser.storage);
  const typed = Array.from({ length: 3 }, (_, at) => ({ at, text: `${at}`.repeat(60_000) }));
  runs.save("c", { ...RUN, typed });
  assert.deepEqual(runs.load("c")?.typed, typed.slice(2));
});

test("a run is kept from its first event on, again with each thing typed, and forgotten when it is cleared", () => {
  const [tab, browser] = [fakeStorage(), fakeStorage()];
  const runs = createLastRuns(tab.storage, browser.storage);
  let before = IDLE;
  const become = (change: Partial<RunState>) => {
    const now = { ...before, ...change };
    keepLastRun(runs, before, now);
    before = now;
  };
  become({ program: "c", phase: { name: "starting" } });
  assert.equal(runs.load("c"), null);
  become({ runId: "r1", phase: { name: "queued", position: 0 } });
  assert.equal(runs.load("c")?.runId, "r1");
  become({ typed: RUN.typed });
  become({ inputEnded: true });
  assert.deepEqual(runs.load("c"), { ...RUN, inputEnded: true });
  become({ ...IDLE, phase: { name: "loading" } });
  assert.equal(runs.load("c")?.runId, "r1", "it is on its way back");
  become({ program: "c", runId: "r1", phase: { name: "starting" } });
  become(IDLE);
  assert.equal(runs.load("c"), null);
});
