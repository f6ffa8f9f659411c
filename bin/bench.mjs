#!/usr/bin/env node
/**
 * `npm run bench`: what the sandbox costs. The same program, `print(2+2)`, three ways in the same minute on the same machine: by the
 * bare host's Python, by Quicksand's HTTP API, and in a new container for each request.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { bareHost, median, newContainer, overHttp, percentile } from "./bench/ways.mjs";
import { ensureBuild } from "./setup/build.mjs";
import { ensureDocker } from "./setup/docker.mjs";
import { loadDotenv } from "./setup/dotenv.mjs";
import { ensureImages, imagesProblem } from "./setup/images.mjs";
import { checkNode } from "./setup/node-version.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { claimPort } from "./setup/port.mjs";
import { launch } from "./setup/serve.mjs";
import { listenAddress } from "./setup/settings.mjs";
import { command, createTerminal } from "./setup/terminal.mjs";

const ROUNDS = 30;
/** Long enough for the pool to have its next sandbox ready, as it is when a person presses Run. */
const PAUSE_MS = 300;

await command(async () => {
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  process.chdir(root);
  loadDotenv();
  const terminal = createTerminal();
  await ensurePackages(terminal, root);
  await ensureDocker(terminal, listenAddress());
  const { failed } = await ensureImages(terminal, root, ["python"]);
  if (failed.length > 0) throw imagesProblem(failed);
  await ensureBuild(terminal, root);

  const host = "127.0.0.1";
  const port = await claimPort(0, host);
  // Its own data, so that a server that is running, and its history, are left alone.
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-bench-"));
  const environment = { QUICKSAND_DATA_DIR: dataDir, QUICKSAND_LOG_LEVEL: "warn", MONGODB_URI: "" };
  const app = launch(root, { port, host, environment });
  try {
    await terminal.step("Starting", () => app.answering);
    const bare = await measure(terminal, "Bare host", bareHost);
    const warm = await measure(terminal, "Quicksand", await overHttp(`http://${host}:${port}`));
    const naive = await measure(terminal, "New container", await newContainer());
    report(terminal, { bare, warm, naive });
  } finally {
    app.child.kill("SIGTERM");
    await app.over;
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
});

/** Times in milliseconds. The first three are left out: they fill caches. */
async function measure(terminal, title, work) {
  const times = [];
  await terminal.step(title, async (progress) => {
    for (let round = -3; round < ROUNDS; round++) {
      progress("measuring", (100 * Math.max(0, round)) / ROUNDS);
      const since = performance.now();
      await work();
      if (round >= 0) times.push(performance.now() - since);
      await sleep(PAUSE_MS);
    }
  });
  return times;
}

function report(terminal, { bare, warm, naive }) {
  const base = median(bare);
  terminal.line(`\nprint(2+2), ${ROUNDS} times each: median, 95th percentile, against the bare host\n`);
  for (const [name, times] of [
    ["python3 on the bare host, no sandbox", bare],
    ["Quicksand, over HTTP, warm sandbox", warm],
    ["a new container for each request", naive],
  ]) {
    const [middle, high] = [median(times), percentile(times, 95)];
    const factor = `${(middle / base).toFixed(2)} ×`;
    terminal.line(
      `${name.padEnd(40)}${middle.toFixed(1).padStart(8)} ms${high.toFixed(1).padStart(9)} ms${factor.padStart(10)}`,
    );
  }
  const kept = median(warm) <= 3 * base;
  terminal.line(`\n${kept ? "✓" : "✗"} a warm run takes at most 3 × the bare host's time`);
  if (!kept) process.exitCode = 1;
}
