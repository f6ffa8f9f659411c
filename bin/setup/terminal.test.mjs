import assert from "node:assert/strict";
import { test } from "node:test";
import { createTerminal, duration } from "./terminal.mjs";

test("without a terminal a step writes whole lines, without control characters, and not too many", async () => {
  let written = "";
  const terminal = createTerminal({ write: (text) => (written += text) });
  const outcome = await terminal.step("Packages", async (report) => {
    for (let percent = 0; percent < 100; percent++) report(`downloading ${percent}`, percent);
    return "all there";
  });
  await assert.rejects(terminal.step("Docker", () => Promise.reject(new Error("no"))));
  assert.equal(outcome, "all there");
  assert.match(written, /✓ Packages: all there \(\d+ ms\)\n✗ Docker/);
  assert.ok(!written.includes("\x1b") && !written.includes("\r"));
  assert.ok(written.split("\n").length < 6, written);
});

test("durations are as exact as a person wants them", () => {
  assert.deepEqual([820, 4230, 65_000, 125_400].map(duration), [
    "820 ms",
    "4.2 s",
    "1 min 05 s",
    "2 min 05 s",
  ]);
});

test("in a terminal each step under way has a line of its own, and what is said meanwhile stands above them", async (t) => {
  const { CI } = process.env;
  delete process.env.CI;
  t.after(() => {
    if (CI !== undefined) process.env.CI = CI;
  });
  const screen = new Screen();
  const terminal = createTerminal(screen);
  const ends = new Map();
  const step = (title) =>
    terminal.step(title, (report) => {
      report("downloading", 40);
      return new Promise((resolve) => ends.set(title, resolve));
    });
  const packages = step("Installing packages");
  const docker = step("Installing Docker");
  terminal.line("a word in between");
  const [word, first, second, last] = screen.lines;
  assert.equal(word, "a word in between");
  assert.match(first, /^. Installing packages · downloading · 40 % · \d+ ms$/);
  assert.match(second, /^. Installing Docker · downloading · 40 % · \d+ ms$/);
  assert.equal(last, "");

  ends.get("Installing Docker")("there");
  await docker;
  assert.match(screen.lines[1], /^✓ Installing Docker: there \(\d+ ms\)$/);
  assert.match(screen.lines[2], /^. Installing packages · /);
  ends.get("Installing packages")();
  await packages;
  assert.match(screen.lines[2], /^✓ Installing packages \(\d+ ms\)$/);
  assert.equal(screen.lines.length, 4, screen.lines.join("\n"));
});

const ESCAPE = "\x1b";

/** As much of a terminal as ours writes for: lines, and the way up with clearing from there. */
class Screen {
  isTTY = true;
  columns = 80;
  rows = 24;
  lines = [""];

  write(written) {
    const pattern = new RegExp(`${ESCAPE}\\[(\\d+)A\\r${ESCAPE}\\[J|([^${ESCAPE}]+)`, "g");
    for (const [, up, text = ""] of written.matchAll(pattern)) {
      if (up !== undefined) this.lines = [...this.lines.slice(0, this.lines.length - 1 - Number(up)), ""];
      const [rest, ...more] = text.split("\n");
      this.lines[this.lines.length - 1] += rest;
      this.lines.push(...more);
    }
  }
}
