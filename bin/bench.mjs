#!/usr/bin/env node
import { spawn } from "node:child_process";
/** `npm run bench [-- latency|burst|load|isolation|languages|machines|metrics|order|soak|store|pages|queue] [options]`: measures; `latency` when nothing is named. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ended } from "./setup/child.mjs";
import { checkNode } from "./setup/node-version.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { SetupProblem } from "./setup/problem.mjs";
import { loadEnvFile } from "./setup/settings.mjs";
import { command, createTerminal } from "./setup/terminal.mjs";

const KINDS = [
  "latency",
  "burst",
  "load",
  "isolation",
  "languages",
  "machines",
  "metrics",
  "order",
  "soak",
  "store",
  "pages",
  "queue",
];

await command(async () => {
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  process.chdir(root);
  loadEnvFile();
  const given = process.argv.slice(2);
  const [kind, ...options] = given[0] && !given[0].startsWith("-") ? given : ["latency", ...given];
  const file = `bin/bench/${kind}.ts`;
  if (!KINDS.includes(kind) || !fs.existsSync(file)) {
    throw new SetupProblem(`There is no benchmark called ${kind}.`, {
      remedy: [`Benchmarks: ${KINDS.join(", ")}`],
    });
  }
  await ensurePackages(createTerminal(), root);
  const child = spawn(process.execPath, ["--import", "tsx", file, ...options], { stdio: "inherit" });
  process.exitCode = (await ended(child, file)).code ?? 1;
});
