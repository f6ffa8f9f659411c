#!/usr/bin/env node
/**
 * `npm run worker`: a process that runs programs for web processes on other machines, from a fresh clone on. The same set-up as `npm start`, without
 * a build and without a port. Nothing here may import a package before it is installed.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./setup/node-version.mjs";
import { SetupProblem } from "./setup/problem.mjs";
import { runWorker } from "./setup/run-worker.mjs";
import { setUpAndRun } from "./setup/set-up.mjs";
import { listenAddress, loadEnvFile } from "./setup/settings.mjs";
import { command, createTerminal } from "./setup/terminal.mjs";

await command(async () => {
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  process.chdir(root);
  loadEnvFile();
  demandSharedParts(process.env);
  const terminal = createTerminal();
  process.exitCode = await setUpAndRun(terminal, root, {
    ...{ dataDir: listenAddress().dataDir, runsPrograms: true },
    // tsx reads the sources as they are: nothing is built.
    build: async () => {},
    run: () => runWorker(terminal, root),
  });
});

/** Said before anything slow starts; that they lead somewhere is seen when they are used. */
function demandSharedParts(environment) {
  const missing = ["REDIS_URL", "MONGODB_URI"].filter((name) => !environment[name]);
  if (missing.length === 0) return;
  throw new SetupProblem(`A worker needs ${missing.join(" and ")}, as the web processes have them.`, {
    remedy: [
      'Set them in the environment or in .env (docs/operation.md, "More than one machine").',
      "A single machine needs no worker: npm start.",
    ],
  });
}
