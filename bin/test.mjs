#!/usr/bin/env node
/** `npm test`: the set-up of `npm start`, then everything that can be checked. `npm test -- unit e2e` runs only those parts. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDocker } from "./setup/docker.mjs";
import { ensureImages, imagesProblem } from "./setup/images.mjs";
import { checkNode } from "./setup/node-version.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { explain, SetupProblem } from "./setup/problem.mjs";
import { listenAddress } from "./setup/settings.mjs";
import { command, createTerminal, duration } from "./setup/terminal.mjs";
import { ensureMongoServer } from "./testing/mongodb.mjs";
import { PARTS } from "./testing/parts.mjs";
import { closingLine, count } from "./testing/tally.mjs";
import { ensureChromium, ensureCompose, ensureRegistry } from "./testing/tools.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

await command(async () => {
  checkNode();
  process.chdir(root);
  const terminal = createTerminal();
  const parts = chosenParts(process.argv.slice(2));
  await ensurePackages(terminal, root);
  const context = { terminal, root };
  const ready = beginSetUp(terminal, new Set(parts.flatMap(({ needs }) => needs)));

  const outcomes = [];
  for (const part of parts) outcomes.push(...(await runPart(part, context, ready)));

  for (const { name, reason } of outcomes.filter(({ outcome }) => outcome === "skipped")) {
    console.log(`SKIPPED: ${name}${reason ? ` (${reason})` : ""}`);
  }
  for (const { name } of outcomes.filter(({ outcome }) => outcome === "failed"))
    console.log(`FAILED: ${name}`);
  const total = count(outcomes);
  console.log(`\n${closingLine(total)}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});

function chosenParts(ids) {
  const known = PARTS.map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new SetupProblem(`There is no part called ${unknown.join(", ")}.`, {
      remedy: [`Parts: ${known.join(", ")}`],
    });
  }
  return ids.length === 0 ? PARTS : PARTS.filter(({ id }) => ids.includes(id));
}

/**
 * Starts all the slow set-up at once, so that downloads overlap with the checks that need none of it. Each part waits for its own;
 * a failure is kept until a part asks, and is then that part's failure.
 */
function beginSetUp(terminal, needs) {
  const cacheDir = path.resolve(process.env.QUICKSAND_CACHE_DIR || ".cache");
  const docker = needs.has("images") ? ensureDocker(terminal, listenAddress()) : Promise.resolve();
  // apt takes one call at a time, and the images, which take longest, wait for Docker.
  const dockerFirst = docker.catch(() => {});
  const work = {
    async images() {
      await docker;
      const { failed } = await ensureImages(terminal, root, ["core"]);
      if (failed.length > 0) throw imagesProblem(failed);
    },
    chromium: () => dockerFirst.then(() => ensureChromium(terminal)),
    registry: () => dockerFirst.then(() => ensureRegistry(terminal)),
    compose: () => dockerFirst.then(() => ensureCompose(terminal)),
    async mongodb() {
      await dockerFirst;
      await ensureMongoServer(terminal, cacheDir);
    },
  };
  const begun = new Map();
  for (const need of Object.keys(work).filter((name) => needs.has(name))) {
    const settled = work[need]().then(
      () => undefined,
      (error) => error,
    );
    begun.set(need, settled);
  }
  return begun;
}

async function runPart(part, context, ready) {
  const { terminal } = context;
  const problems = (await Promise.all(part.needs.map((need) => ready.get(need)))).filter(Boolean);
  terminal.line(`\n── ${part.title} ${"─".repeat(Math.max(3, 70 - part.title.length))}`);
  const since = performance.now();
  const outcomes = problems.length > 0 ? notRun(part, problems) : await attempt(part, context);
  const { passed, failed, skipped } = count(outcomes);
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  terminal.line(
    `${failed > 0 ? "✗" : "✓"} ${part.title}: ${counts} in ${duration(performance.now() - since)}`,
  );
  return outcomes;
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

/** On a person's machine a tool that cannot be had is a reason to skip; in CI, where nobody reads along, it is a failure. */
function notRun(part, problems) {
  for (const problem of problems) console.log(explain(problem));
  const reason = problems.map((problem) => problem.message).join(" ");
  const ours = problems.some((problem) => !(problem instanceof SetupProblem));
  return [{ name: part.title, outcome: process.env.CI || ours ? "failed" : "skipped", reason }];
}
