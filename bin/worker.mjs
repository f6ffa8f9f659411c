#!/usr/bin/env node
/**
 * `npm run worker`: a process that runs programs for web processes on other machines, from a fresh clone on. The same set-up as `npm start`, without
 * a build and without a port. Nothing here may import a package before it is installed.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { makeBaseAhead } from "./setup/base.mjs";
import { ensureCellProfile } from "./setup/cell-profile.mjs";
import { findDocker, installDocker } from "./setup/docker.mjs";
import { explainMissing, ImageMaker, makeCoreImages } from "./setup/images.mjs";
import { checkNode } from "./setup/node-version.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { SetupProblem } from "./setup/problem.mjs";
import { runWorker } from "./setup/run-worker.mjs";
import { listenAddress, loadEnvFile } from "./setup/settings.mjs";
import { allOf, inOrder } from "./setup/steps.mjs";
import { command, createTerminal } from "./setup/terminal.mjs";

await command(async () => {
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  process.chdir(root);
  loadEnvFile();
  demandSharedParts(process.env);
  const terminal = createTerminal();
  const { dataDir } = listenAddress();
  const engineIsThere = await findDocker();
  const maker = new ImageMaker(terminal, root);
  const steps = inOrder({
    packages: () => ensurePackages(terminal, root),
    docker: async () => {
      if (!engineIsThere) await installDocker(terminal, { dataDir });
      await ensureCellProfile(terminal, root);
    },
    base: () => makeBaseAhead(terminal, root, dataDir),
    // tsx reads the sources as they are: nothing is built.
    build: async () => {},
    images: (base) => makeCoreImages(terminal, maker, base),
  });
  try {
    await allOf(steps.docker, steps.build);
    const worker = runWorker(terminal, root);
    worker.ready.then(
      async () => explainMissing(terminal, await maker.missing()),
      () => {},
    );
    process.exitCode = await worker.over;
  } finally {
    maker.stop();
  }
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
