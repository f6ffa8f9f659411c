#!/usr/bin/env node
/**
 * `npm run doctor [-- --json]`: what is wrong with this machine, its settings and its database, and what to do. Exit code 1 when something has to
 * be put right. Changes nothing, and ends within 15 seconds.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./setup/node-version.mjs";
import { SetupProblem } from "./setup/problem.mjs";
import { loadEnvFile } from "./setup/settings.mjs";
import { command } from "./setup/terminal.mjs";

const LIMIT_MS = 14_500;

await command(async () => {
  const since = Date.now();
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const flags = process.argv.slice(2);
  if (flags.some((flag) => flag !== "--json"))
    throw new SetupProblem("Use it as: npm run doctor [-- --json]");
  process.chdir(root);
  loadEnvFile();
  if (!fs.existsSync("node_modules/tsx")) {
    throw new SetupProblem("The packages are not installed.", {
      remedy: ["`npm start` installs them, or `npm ci`."],
    });
  }
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "bin/doctor-action.ts", `${since + LIMIT_MS}`, ...flags],
    {
      stdio: "inherit",
    },
  );
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  const [code, signal] = await once(child, "exit");
  clearTimeout(timer);
  if (signal === "SIGKILL") {
    throw new SetupProblem(
      `Nothing was found out within ${LIMIT_MS / 1000} s: the machine hangs somewhere.`,
      {
        remedy: ["Look at its load and disks (`uptime`, `df -h`, `docker info`), then ask again."],
      },
    );
  }
  process.exitCode = code ?? 1;
});
