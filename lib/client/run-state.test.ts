import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunEvent, RunResult } from "../schemas/run";
import { IDLE, isActive, type RunState, reduceRun } from "./run-state";

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

function after(...events: RunEvent[]): RunState {
  const started = reduceRun(IDLE, { type: "start", language: "c", mode: "interactive" });
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
  assert.deepEqual(state.transcript, [{ kind: "printed", text: "ab" }]);
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
    ["printed", "typed", "printed"],
  );
  assert.equal(state.stdout, "Name? Hi Ada\n");
});

test("a result that has more than the stream brought replaces what was shown", () => {
  const state = after(
    { type: "stage", stage: "run" },
    { type: "stdout", text: "half" },
    { type: "done", run: result({ stdout: "half and the rest", stderr: "e" }) },
  );
  assert.deepEqual(state.transcript, [{ kind: "printed", text: "half and the rest" }]);
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
