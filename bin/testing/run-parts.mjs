import { explain, SetupProblem } from "../setup/problem.mjs";
import { duration } from "../setup/terminal.mjs";
import { LTS, NEXT } from "./nodes.mjs";
import { count } from "./tally.mjs";

/** @typedef {import("./tally.mjs").Outcome} Outcome */

/** The version of Node that a part runs on. */
export function nodeVersion({ node }) {
  return { this: process.versions.node, lts: LTS, next: NEXT }[node];
}

/**
 * Runs a part when its set-up is done, and prints the result with the Node version and the duration, not counting the wait for the set-up.
 * @returns {Promise<{ outcomes: Outcome[], ms: number }>}
 */
export async function runPart(part, { terminal, root, ready }) {
  const prepared = await Promise.all(part.needs.map((need) => ready.get(need)));
  const problems = prepared.map(({ problem }) => problem).filter(Boolean);
  const title = `${part.title}, Node ${nodeVersion(part)}`;
  terminal.line(`\n── ${title} ${"─".repeat(Math.max(3, 70 - title.length))}`);
  const since = performance.now();
  const node =
    part.node === "this" ? process.execPath : prepared[part.needs.indexOf(`node-${part.node}`)].value;
  const outcomes =
    problems.length > 0 ? notRun(part, problems) : await attempt(part, { terminal, root, node });
  const ms = performance.now() - since;
  const { passed, failed, skipped } = count(outcomes);
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  terminal.line(`${failed > 0 ? "✗" : "✓"} ${title}: ${counts} in ${duration(ms)}`);
  return { outcomes, ms };
}

async function attempt(part, context) {
  context.terminal.hold();
  try {
    const outcomes = await part.run(context);
    if (outcomes.length > 0) return outcomes;
    return [{ name: `${part.title}: no test ran`, outcome: "failed", reason: "" }];
  } catch (error) {
    console.log(explain(error));
    return [{ name: part.title, outcome: "failed", reason: "" }];
  } finally {
    context.terminal.release();
  }
}

/**
 * A missing tool skips the part on a developer's machine, and fails it in CI, where a skip would go unnoticed. What is no tool of the machine's
 * (`isFailure`, or an error of our own) fails it everywhere.
 */
export function notRun(part, problems) {
  for (const problem of problems) console.log(explain(problem));
  const reason = problems.map(reasonOf).join(" ");
  const ours = problems.some((problem) => problem.isFailure || !(problem instanceof SetupProblem));
  return [{ name: part.title, outcome: process.env.CI || ours ? "failed" : "skipped", reason }];
}

function reasonOf(problem) {
  return problem.isFailure ? [problem.message, ...problem.remedy].join(" ") : problem.message;
}

/** The duration of each part, and the total including the set-up. */
export function timeTable(rows, totalMs) {
  const lines = rows.map(({ title, ms }) => [duration(ms), title]);
  lines.push([duration(totalMs), "in all, with the set-up"]);
  const width = Math.max(...lines.map(([time]) => time.length));
  return lines.map(([time, title]) => `  ${time.padStart(width)}  ${title}`).join("\n");
}
