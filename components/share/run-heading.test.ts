import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunDetail } from "@/lib/schemas/history";
import { runDescription, runHeading } from "./run-heading";

function run(stdout: string, title: string | null = null) {
  return {
    title,
    language: "python",
    status: "success",
    output: { stdout, stderr: "", exitCode: 0, signal: null, truncated: false },
    tests: [] as RunDetail["tests"],
  } as RunDetail;
}

const python = { name: "Python" };

test("a run without a title is called by its language, even one that is offered no more", () => {
  assert.equal(runHeading({ run: run("", "Primes"), language: python }), "Primes");
  assert.equal(runHeading({ run: run(""), language: python }), "Python program");
  assert.equal(runHeading({ run: run(""), language: null }), "python program");
});

test("the description is one line of plain text, however the program printed", () => {
  const text = runDescription({ run: run("\x1b[31mred\x1b[0m\n\x1b[33m\n\ttwo\x07\r\n"), language: python });
  assert.equal(text, "Python, success. Output: red two");
});

test("a run with tests is described by how they ended", () => {
  const result = { actual: "", durationMs: 1 };
  const tests = [
    { status: "passed" as const, ...result },
    { status: "failed" as const, ...result },
  ];
  assert.equal(runDescription({ run: { ...run(""), tests }, language: python }), "Python, 1 of 2 failed.");
});

test("nothing of a character remains where only its half was read", () => {
  const codes = "\x1b[0m".repeat(499);
  const text = runDescription({ run: run(`${codes}abc🙂🙂`), language: python });
  assert.equal(text, "Python, success. Output: abc");
});

test("a long output is cut between characters", () => {
  const text = runDescription({ run: run("🦀".repeat(500)), language: python });
  assert.equal([...text].length, 160);
  assert.match(text, /🦀…$/u);
});
