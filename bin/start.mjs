#!/usr/bin/env node
/**
 * `npm start`: from a fresh clone to a running IDE. Nothing here may import a package: one of the first things it does is to install them.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { makeBaseAhead } from "./setup/base.mjs";
import { ensureBuild } from "./setup/build.mjs";
import { ensureCellProfile } from "./setup/cell-profile.mjs";
import { findDocker, installDocker } from "./setup/docker.mjs";
import { explainMissing, ImageMaker, makeCoreImages } from "./setup/images.mjs";
import { ensureLanguageServers } from "./setup/language-servers.mjs";
import { checkNode } from "./setup/node-version.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { claimPort } from "./setup/port.mjs";
import { serve } from "./setup/serve.mjs";
import { listenAddress, loadEnvFile } from "./setup/settings.mjs";
import { allOf, inOrder } from "./setup/steps.mjs";
import { command, createTerminal } from "./setup/terminal.mjs";

await command(async () => {
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  process.chdir(root);
  loadEnvFile();
  const dev = process.argv.includes("--dev");
  const terminal = createTerminal();
  const { host, port: wanted, dataDir } = listenAddress();
  const port = await claimPort(wanted, host);
  // Problems that need a person are reported before anything slow starts.
  const engineIsThere = await findDocker();

  const maker = new ImageMaker(terminal, root);
  const steps = inOrder({
    packages: () => ensurePackages(terminal, root),
    docker: async () => {
      if (!engineIsThere) await installDocker(terminal, { dataDir });
      await ensureCellProfile(terminal, root);
    },
    base: () => makeBaseAhead(terminal, root, dataDir),
    build: async () => (dev ? ensureLanguageServers(root) : ensureBuild(terminal, root)),
    images: (base) => makeCoreImages(terminal, maker, base),
  });
  try {
    await allOf(steps.docker, steps.build);
    const app = serve(terminal, root, { port, host, dev });
    app.ready.then(
      async () => explainMissing(terminal, await maker.missing()),
      () => {},
    );
    process.exitCode = await app.over;
  } finally {
    maker.stop();
  }
});
