import assert from "node:assert/strict";
import { test } from "node:test";
import { type RunResult, type RunStatus, runStatusSchema } from "@/lib/schemas/run";
import {
  endWords,
  explain,
  failureTitle,
  inputEndedWords,
  phaseWords,
  runWords,
  STATUS_WORDS,
} from "./status-words";

function result(status: RunStatus, output: Partial<RunResult["output"]> = {}, message: string | null = null) {
  return {
    status,
    message,
    compile: null,
    output: { stdout: "", stderr: "", exitCode: null, signal: null, truncated: false, ...output },
  } as RunResult;
}

test("every status has words of its own", () => {
  const labels = runStatusSchema.options.map((status) => STATUS_WORDS[status].label);
  assert.equal(new Set(labels).size, labels.length);
});

test("every status but success and a plain error is explained", () => {
  for (const status of runStatusSchema.options) {
    const words = explain(result(status, { exitCode: 1 }), null);
    assert.equal(words === null, status === "success" || status === "error", status);
  }
});

test("a signal is named and explained", () => {
  assert.match(
    explain(result("error", { exitCode: 139, signal: "SIGSEGV" }), null) ?? "",
    /SIGSEGV.*not its own/,
  );
});

test("the server's own words go before ours", () => {
  assert.equal(explain(result("timeout", {}, "Too slow."), null), "Too slow.");
});

test("a failure is titled by its code, whatever the code is called", () => {
  const failure = { message: "Docker is not running: start it.", retryAfterS: null };
  assert.equal(failureTitle({ code: "docker_unavailable", ...failure }), "Programs cannot be run now");
  for (const code of ["constructor", "__proto__", "new_code"]) {
    assert.equal(failureTitle({ code, ...failure }), "The run did not take place");
  }
});

test("a run with tests is called by how they ended, unless something else ended it", () => {
  const words = (passed: number, failed: number, skipped: number, status: RunStatus = "success") => {
    const { label, tone } = runWords({ status, tests: { passed, failed, skipped } });
    return `${label} (${tone})`;
  };
  assert.equal(words(1, 1, 0), "1 of 2 failed (bad)");
  assert.equal(words(1, 2, 7, "timeout"), "2 of 10 failed (bad)");
  assert.equal(words(2, 0, 0), "All 2 passed (good)");
  assert.equal(words(1, 0, 0), "Test passed (good)");
  assert.equal(words(1, 0, 1, "timeout"), "1 of 2 skipped (warn)");
  assert.equal(words(0, 0, 2, "compile_error"), "Compile error (bad)");
  assert.equal(words(1, 0, 1, "cancelled"), "Stopped (neutral)");
  assert.equal(runWords({ status: "timeout", tests: null }).label, "Timed out");
});

test("the status line says where in the line a run waits", () => {
  assert.match(phaseWords({ name: "queued", position: 3 }, false).label, /number 3/);
  assert.equal(phaseWords({ name: "queued", position: 0 }, false).label, "Starting…");
});

test("screen readers hear of a run's end what its status leaves out", () => {
  const ended = { ...result("error", { exitCode: 3 }), durationMs: 16, artifacts: [] };
  assert.equal(endWords(ended), "The run has ended: exit code 3, after 16 ms.");
  const file = { name: "a.png", type: "image/png", bytes: 1, url: "" };
  assert.match(endWords({ ...ended, artifacts: [file] }), / It left a file\.$/);
  assert.equal(endWords({ ...ended, status: "compile_error" }), "The run has ended.");
});

test("a program that asked for more input is told how many lines there were", () => {
  assert.match(inputEndedWords(1), /than there was: 1 line\.$/);
  assert.match(inputEndedWords(0), /than there was: none\.$/);
  assert.match(inputEndedWords(1200), /than there was: 1,200 lines\.$/);
});
