import assert from "node:assert/strict";
import { test } from "node:test";
import { RUN_STATUSES } from "../../schemas/run-status";
import { allStatuses, statusOfSignal } from "./statuses";
import {
  type JudgedRun,
  type Judgement,
  pending,
  together,
  type Verdict,
  verdictOf,
  withVerdict,
} from "./verdict";

const ASKED: Judgement = {
  ...{ language_id: 71, expected_output: null, cpu_time_limit: 5, redirect_stderr_to_stdout: false },
};

function run(
  changes: Partial<Omit<JudgedRun, "output">> & { output?: Partial<JudgedRun["output"]> } = {},
): JudgedRun {
  return {
    ...{
      id: "token",
      status: "success",
      compile: null,
      durationMs: 20,
      cpuMs: 10,
      memoryUsed: 1_024,
      message: null,
    },
    ...changes,
    output: { stdout: "", stderr: "", exitCode: 0, signal: null, truncated: false, ...changes.output },
  };
}

const verdict = (
  status: Verdict["status"],
  cpuMs: number | null,
  memoryBytes: number | null = null,
): Verdict => ({
  ...verdictOf(run(), ASKED),
  ...{ status, cpuMs, memoryBytes },
});

test("every status that a run of ours can have is one of Judge0's, and there are 14 of those", () => {
  assert.deepEqual(
    allStatuses().map(({ id }) => id),
    Array.from({ length: 14 }, (_, at) => at + 1),
  );
  const ids = RUN_STATUSES.map((status) => [status, verdictOf(run({ status }), ASKED).status]);
  assert.deepEqual(Object.fromEntries(ids), {
    ...{ success: 3, error: 11, compile_error: 6, timeout: 5, memory_limit: 11, output_limit: 8 },
    ...{ cancelled: 13, system_error: 13 },
  });
});

test("signals have their statuses, and any other is Other", () => {
  const signals = ["SIGSEGV", "SIGXFSZ", "SIGFPE", "SIGABRT", "SIGKILL", "SIGTERM", "SIGWHAT"];
  assert.deepEqual(signals.map(statusOfSignal), [7, 8, 9, 10, 12, 12, 12]);
});

test("what broke off on our side keeps what was printed, and says why", () => {
  const broken = verdictOf(
    run({ status: "system_error", message: "It broke.", output: { stdout: "a" } }),
    ASKED,
  );
  assert.deepEqual(
    [broken.status, broken.stdout, broken.message, broken.cpuMs],
    [13, "a", "It broke.", null],
  );
});

test("with redirection both streams are one, in the order in which they were written", () => {
  const output = { stdout: "ac", stderr: "b", order: [1, 1, 1] };
  const { stdout, stderr } = verdictOf(run({ output }), { ...ASKED, redirect_stderr_to_stdout: true });
  assert.deepEqual([stdout, stderr], ["abc", null]);
  const expected = { ...ASKED, redirect_stderr_to_stdout: true, expected_output: "abc" };
  assert.equal(verdictOf(run({ output }), expected).status, 3);
});

test("a program of several files that does not compile is told from one that fails", () => {
  const asked = { ...ASKED, language_id: 89 };
  const failed = { stdout: "[compilation of token failed]", stderr: "no\n", exitCode: 1 };
  const { status, compileOutput, stdout, stderr } = verdictOf(
    run({ status: "error", output: failed }),
    asked,
  );
  assert.deepEqual([status, compileOutput, stdout, stderr], [6, "no\n", null, null]);
  assert.equal(verdictOf(run({ status: "error", output: failed }), ASKED).status, 11);
  const other = { ...failed, stdout: "[compilation of another failed]" };
  assert.equal(verdictOf(run({ status: "error", output: other }), asked).status, 11);
});

test("a compiler that needed too much memory did not compile the program", () => {
  const compile = { stdout: "", stderr: "killed\n", exitCode: null, durationMs: 1 };
  const made = verdictOf(run({ status: "memory_limit", compile }), ASKED);
  assert.deepEqual([made.status, made.compileOutput], [6, "killed\nCompilation memory limit exceeded."]);
});

test("of several runs the first that was not accepted decides, with the averages up to it", () => {
  const all = together([verdict(3, 10, 100), verdict(3, 20, 300), verdict(3, 60, 500)]);
  assert.deepEqual([all.status, all.cpuMs, all.memoryBytes], [3, 30, 300]);
  const second = together([verdict(3, 10, 100), verdict(4, 20, 300), verdict(5, 900, 900)]);
  assert.deepEqual([second.status, second.cpuMs, second.memoryBytes], [4, 15, 200]);
  const unknown = together([verdict(3, null), verdict(3, 20)]);
  assert.deepEqual([unknown.cpuMs, unknown.memoryBytes], [20, null]);
});

test("of several runs, none is over while one is not, and they wait while all do", () => {
  assert.equal(together([verdict(3, 1), pending(false)]).status, 2);
  assert.equal(together([pending(false), pending(true)]).status, 2);
  assert.equal(together([pending(false), pending(false)]).status, 1);
});

test("of several runs only the one that is shown keeps what it printed", () => {
  const said = (status: Verdict["status"], stdout: string): Verdict => ({ ...pending(true), status, stdout });
  const rows: [Verdict[], (string | null)[]][] = [
    [
      [said(3, "a"), said(3, "b"), said(3, "c")],
      [null, null, "c"],
    ],
    [
      [said(3, "a"), said(4, "b"), said(3, "c")],
      [null, "b", null],
    ],
    [
      [said(11, "a"), said(4, "b")],
      ["a", null],
    ],
  ];
  for (const [verdicts, kept] of rows) {
    const held = verdicts.reduce<Verdict[]>(withVerdict, []);
    assert.deepEqual(
      held.map(({ stdout }) => stdout),
      kept,
    );
    assert.deepEqual(together(held), together(verdicts));
  }
});
