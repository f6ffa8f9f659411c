#!/usr/bin/env node
/**
 * The health check of the container's image: ends with 0 when all is well, else with 1 and says what is not.
 *
 * `health.mjs` asks the web process, or the single one, whether it could take a run. `health.mjs worker` reads what the worker beside it
 * has written (lib/workers/pulse.ts); with `live` only whether it still writes: a worker is not to be restarted for a Redis that is away.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const PATIENCE_MS = 4_000;
/** Four times what a worker takes between two notes. */
const HUNG_AFTER_MS = 20_000;

const [role = "web", depth = "ready"] = process.argv.slice(2);

try {
  const problem = role === "worker" ? workerProblem() : await webProblem();
  console.log(problem ?? "ok");
  process.exitCode = problem === null ? 0 : 1;
} catch (error) {
  console.log(error instanceof Error ? `${error.message} ${error.cause ?? ""}`.trim() : String(error));
  process.exitCode = 1;
}

/** What is full or has no image yet is no reason to hide or restart a container: people must get in to delete, and to wait. */
async function webProblem() {
  const address = `http://127.0.0.1:${process.env.PORT || 3000}/api/health`;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(`${address}/ready`, { signal });
  if (answer.ok) return null;
  const { docker, store, queue } = await (await fetch(address, { signal })).json();
  const said = [docker, store, queue].flatMap(({ ok, message }) => (ok || !message ? [] : [message]));
  return said.join(" ") || `${address}/ready answers ${answer.status}`;
}

function workerProblem() {
  const folder = path.join(process.env.QUICKSAND_DATA_DIR || ".data", "workers");
  const { at, problem } = JSON.parse(fs.readFileSync(path.join(folder, `${os.hostname()}.json`), "utf8"));
  const ageMs = Date.now() - Date.parse(at);
  if (!(ageMs < HUNG_AFTER_MS)) return `The worker has written nothing since ${at}: it hangs, or has ended.`;
  return depth === "live" ? null : problem;
}
