import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunEvent, RunResult, RunTest, TestResult } from "../schemas/run";
import { type EarlierRun, IDLE, isActive, type RunState, reduceRun } from "./run-state";
import { testKey } from "./test-key";

function result(output: Partial<RunResult["output"]> = {}, compile: RunResult["compile"] = null): RunResult {
  return {
    id: "r1",
    language: "c",
    status: "success",
    output: { stdout: "", stderr: "", exitCode: 0, signal: null, truncated: false, ...output },
    compile,
    durationMs: 1,
    cpuMs: 1,
    memoryUsed: 1,
    queuedMs: 0,
    isolation: "container",
    artifacts: [],
    tests: [],
    usage: { plan: "guest", used: 1, limit: 2, remaining: 1, resetsAt: "" },
    message: null,
    createdAt: "",
  };
}

const ORIGIN = { program: "c", language: "c", interactive: true, terminal: false, stdin: "", givenLines: 0 };
const EARLIER: EarlierRun = { ...ORIGIN, runId: "r1", inputEnded: false, typed: [{ at: 6, text: "Ada\n" }] };

function after(...events: RunEvent[]): RunState {
  const started = reduceRun(IDLE, { type: "start", ...ORIGIN });
  return reduceRun(started, { type: "events", events });
}

const QUEUED: RunEvent = { type: "queued", id: "r1", position: 2 };

test("a run passes from starting over queued and preparing to running and done", () => {
  assert.deepEqual(after().phase, { name: "starting" });
  assert.deepEqual(after(QUEUED).phase, { name: "queued", position: 2 });
  assert.deepEqual(after(QUEUED, { type: "preparing", message: "m", percent: 40 }).phase, {
    name: "preparing",
    message: "m",
    percent: 40,
  });
  assert.deepEqual(after(QUEUED, { type: "stage", stage: "run" }).phase, { name: "running", stage: "run" });
  const done = after(QUEUED, { type: "done", run: result() });
  assert.equal(done.phase.name, "done");
  assert.equal(isActive(done), false);
});

test("a run that begins anew, since its machine was lost, forgets what the first try printed", () => {
  const first: RunEvent[] = [QUEUED, { type: "stage", stage: "run" }, { type: "stdout", text: "first" }];
  const lost = after(...first, { type: "queued", id: "r1", position: 0, attempt: 2 });
  assert.deepEqual([lost.stdout, lost.transcript, lost.phase.name], ["", [], "queued"]);
  assert.ok(lost.revision > after(...first).revision);
  const second = after(
    ...first,
    { type: "queued", id: "r1", position: 0, attempt: 2 },
    { type: "stage", stage: "run" },
    { type: "stdout", text: "second" },
  );
  assert.equal(second.stdout, "second");
});

test("what is printed while compiling is the compiler's, what comes after is the program's", () => {
  const state = after(
    { type: "stage", stage: "compile" },
    { type: "stderr", text: "warning\n" },
    { type: "stage", stage: "run" },
    { type: "stdout", text: "a" },
    { type: "stdout", text: "b" },
    { type: "stderr", text: "oops" },
  );
  assert.equal(state.compiler, "warning\n");
  assert.equal(state.stdout, "ab");
  assert.equal(state.stderr, "oops");
  assert.deepEqual(state.transcript, [
    { kind: "stdout", text: "ab" },
    { kind: "stderr", text: "oops" },
  ]);
});

test("what is typed stands in the transcript where it was typed, and is no part of standard output", () => {
  let state = after({ type: "stage", stage: "run" }, { type: "stdout", text: "Name? " });
  state = reduceRun(state, { type: "typed", text: "Ada\n" });
  state = reduceRun(state, { type: "events", events: [{ type: "stdout", text: "Hi Ada\n" }] });
  state = reduceRun(state, {
    type: "events",
    events: [{ type: "done", run: result({ stdout: "Name? Hi Ada\n" }) }],
  });
  assert.deepEqual(
    state.transcript.map((part) => part.kind),
    ["stdout", "typed", "stdout"],
  );
  assert.equal(state.stdout, "Name? Hi Ada\n");
});

test("a result that has more than the stream brought replaces what was shown", () => {
  const state = after(
    { type: "stage", stage: "run" },
    { type: "stdout", text: "half" },
    { type: "done", run: result({ stdout: "half and the rest", stderr: "e" }) },
  );
  assert.deepEqual(state.transcript, [
    { kind: "stdout", text: "half and the rest" },
    { kind: "stderr", text: "e" },
  ]);
  assert.equal(state.stderr, "e");
  assert.notEqual(state.revision, after().revision, "a view must start over");
});

test("a compile error's text is there even when none of it was streamed", () => {
  const compile = { stdout: "", stderr: "main.c:1:1: error: no", exitCode: 1, durationMs: 3 };
  assert.equal(after({ type: "done", run: result({}, compile) }).compiler, "main.c:1:1: error: no");
});

test("a failure keeps what was printed before it", () => {
  const state = reduceRun(after({ type: "stage", stage: "run" }, { type: "stdout", text: "x" }), {
    type: "failed",
    failure: { code: "docker_unavailable", message: "m", retryAfterS: 5 },
  });
  assert.equal(state.stdout, "x");
  assert.equal(isActive(state), false);
});

test("Clear waits for the end of the run", () => {
  const running = after({ type: "stage", stage: "run" });
  assert.equal(reduceRun(running, { type: "clear" }), running);
  assert.equal(reduceRun(after({ type: "done", run: result() }), { type: "clear" }).phase.name, "idle");
});

test("what was written in turns stays in turns, streamed or brought by the result alone", () => {
  const output = { stdout: "1\n3\n", stderr: "2\n4\n", order: [2, 2, 2, 2] };
  const turns = ["1\n", "2\n", "3\n", "4\n"].map((text, index) => ({
    kind: index % 2 === 0 ? ("stdout" as const) : ("stderr" as const),
    text,
  }));
  const streamed = after(
    { type: "stage", stage: "run" },
    ...turns.map(({ kind: type, text }): RunEvent => ({ type, text })),
    { type: "done", run: result(output) },
  );
  assert.deepEqual(streamed.transcript, turns);
  assert.equal(streamed.revision, after().revision, "nothing was replaced");
  assert.deepEqual(after({ type: "done", run: result(output) }).transcript, turns);
});

test("a run that is followed again has what was typed where it was typed, however its output is cut", () => {
  const whole = [
    { kind: "stdout", text: "Name? " },
    { kind: "typed", text: "Ada\n" },
    { kind: "stdout", text: "Hi" },
  ];
  for (const pieces of [["Name? Hi"], ["Name? ", "Hi"], ["Na", "me? H", "i"]]) {
    let state = reduceRun(IDLE, { type: "follow", ...EARLIER });
    assert.equal(isActive(state), true);
    const events = pieces.map((text): RunEvent => ({ type: "stdout", text }));
    state = reduceRun(state, { type: "events", events: [{ type: "stage", stage: "run" }, ...events] });
    assert.deepEqual(state.transcript, whole, pieces.join("|"));
  }
});

test("what was typed shows at once when the program had printed just that much", () => {
  const followed = reduceRun(IDLE, { type: "follow", ...EARLIER });
  const events: RunEvent[] = [
    { type: "stage", stage: "run" },
    { type: "stdout", text: "Name? " },
  ];
  const kinds = reduceRun(followed, { type: "events", events }).transcript.map(({ kind }) => kind);
  assert.deepEqual(kinds, ["stdout", "typed"]);
  const first = reduceRun(IDLE, { type: "follow", ...EARLIER, typed: [{ at: 0, text: "x\n" }] });
  assert.deepEqual(first.transcript, [{ kind: "typed", text: "x\n" }]);
});

test("an earlier result is there with its order and what was typed, and is no active run", () => {
  const { usage: _, ...shown } = result({ stdout: "Name? Hi", stderr: "e", order: [6, 1, 2] });
  const state = reduceRun(IDLE, { type: "restored", result: { ...shown, usage: null }, ...EARLIER });
  assert.deepEqual(
    state.transcript.map(({ kind, text }) => [kind, text]),
    [
      ["stdout", "Name? "],
      ["typed", "Ada\n"],
      ["stderr", "e"],
      ["stdout", "Hi"],
    ],
  );
  assert.equal(isActive(state), false);
  assert.equal(state.runId, "r1");
});

test("a program that writes to its streams in turns many times is taken in without copying all of it each time", () => {
  const events: RunEvent[] = Array.from({ length: 100_000 }, (_, index) => ({
    type: index % 2 === 0 ? "stdout" : "stderr",
    text: "x\n",
  }));
  const before = process.cpuUsage();
  const state = after({ type: "stage", stage: "run" }, ...events);
  assert.equal(state.transcript.length, 100_000);
  const usedMs = process.cpuUsage(before).user / 1000;
  assert.ok(usedMs < 10_000, `used ${Math.round(usedMs)} ms`);
});

function aTest(stdin: string): RunTest {
  return { name: stdin, stdin, expected: stdin, compare: "trimmed" };
}

function startTests(state: RunState, tests: RunTest[], program = "c"): RunState {
  return reduceRun(state, { type: "start", ...ORIGIN, interactive: false, tests, program });
}

const happened = (state: RunState, ...events: RunEvent[]) => reduceRun(state, { type: "events", events });
const ended = (status: TestResult["status"]): TestResult => ({ status, actual: "", durationMs: 1 });
const statuses = ({ tests }: RunState) => tests.map(({ result }) => result?.status ?? null);

test("verdicts come one by one, and at the end those of the result count", () => {
  let state = startTests(IDLE, [aTest("a"), aTest("b")]);
  assert.deepEqual(statuses(state), [null, null]);
  state = happened(state, { type: "test", index: 1, result: ended("failed") });
  assert.deepEqual(statuses(state), [null, "failed"]);
  state = happened(state, { type: "done", run: { ...result(), tests: [ended("passed"), ended("timeout")] } });
  assert.deepEqual(statuses(state), ["passed", "timeout"]);
});

test("tests that are run again lose their verdicts, others keep theirs, and another program has none", () => {
  const [a, b] = [aTest("a"), aTest("b")];
  const both = happened(startTests(IDLE, [a, b]), {
    type: "done",
    run: { ...result(), tests: [ended("passed"), ended("failed")] },
  });
  const again = startTests(both, [b]);
  assert.deepEqual(
    [again.verdicts.get(testKey(a))?.status, again.verdicts.get(testKey(b))],
    ["passed", undefined],
  );
  const alone = reduceRun(both, { type: "start", ...ORIGIN });
  assert.deepEqual([alone.tests, alone.verdicts.size], [[], 2]);
  assert.equal(reduceRun(both, { type: "clear" }).verdicts.size, 2);
  assert.equal(startTests(both, [b], "other").verdicts.size, 0);
  assert.equal(both.verdicts.get(testKey({ ...a, name: "renamed" }))?.status, "passed");
  assert.equal(both.verdicts.get(testKey({ ...a, compare: "exact" })), undefined);
});
