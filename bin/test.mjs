#!/usr/bin/env node
/**
 * `npm test`: the set-up of `npm start`, then everything that can be checked. `npm test -- unit e2e` runs only those parts;
 * `npm run test:all` runs the parts and the cases, too, that are left to a sample else. `--write` has the part `faults` run all of its cases and write their
 * table to docs/faults.md.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./setup/node-version.mjs";
import { SetupProblem } from "./setup/problem.mjs";
import { command, createTerminal } from "./setup/terminal.mjs";
import { PARTS } from "./testing/parts.mjs";
import { nodeVersion, runPart, timeTable } from "./testing/run-parts.mjs";
import { beginSetUp } from "./testing/set-up.mjs";
import { closingLine, count } from "./testing/tally.mjs";

const REASON_LINES = 12;

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

await command(async () => {
  const since = performance.now();
  checkNode();
  process.chdir(root);
  const terminal = createTerminal();
  const words = process.argv.slice(2);
  const all = words.includes("--all");
  const writes = words.includes("--write");
  // For suites that go through a matrix: all of it, instead of the sample that `npm test` has time for.
  if (all || writes) process.env.QUICKSAND_TEST_ALL = "1";
  if (writes) process.env.QUICKSAND_FAULTS_WRITE = "1";
  const parts = chosenParts(
    words.filter((word) => !["--all", "--write"].includes(word)),
    all,
  );
  const needs = new Set(parts.flatMap((part) => part.needs));
  const { packages, ready } = beginSetUp(terminal, root, needs);
  await packages;

  const outcomes = [];
  const times = [];
  for (const part of parts) {
    const { outcomes: ofPart, ms } = await runPart(part, { terminal, root, ready });
    outcomes.push(...ofPart);
    times.push({ title: `${part.title}, Node ${nodeVersion(part)}`, ms });
  }

  for (const { name, reason } of outcomes.filter(({ outcome }) => outcome === "skipped")) {
    console.log(`SKIPPED: ${name}${reason ? ` (${reason})` : ""}`);
  }
  for (const { name, reason } of outcomes.filter(({ outcome }) => outcome === "failed")) {
    console.log(`FAILED: ${name}`);
    // What is kept of a run elsewhere is often its end only.
    if (reason) console.log(indented(reason, REASON_LINES));
  }
  console.log(`\n${timeTable(times, performance.now() - since)}`);
  const total = count(outcomes);
  console.log(`\n${closingLine(total)}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});

function indented(text, lines) {
  return text
    .trim()
    .split("\n")
    .slice(0, lines)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join("\n");
}

function chosenParts(ids, all) {
  const known = PARTS.map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new SetupProblem(`There is no part called ${unknown.join(", ")}.`, {
      remedy: [`Parts: ${known.join(", ")}`],
    });
  }
  if (ids.length > 0) return PARTS.filter(({ id }) => ids.includes(id));
  return PARTS.filter(({ full }) => all || !full);
}
