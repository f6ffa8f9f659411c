#!/usr/bin/env node
/**
 * `npm start`: from a fresh clone to a running IDE. Nothing here may import a package: the first thing it does is to install them.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuild } from "./setup/build.mjs";
import { ensureDocker } from "./setup/docker.mjs";
import { ensureImages } from "./setup/images.mjs";
import { checkNode } from "./setup/node-version.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { claimPort } from "./setup/port.mjs";
import { serve } from "./setup/serve.mjs";
import { listenAddress, loadEnvFile } from "./setup/settings.mjs";
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

  await ensurePackages(terminal, root);
  await ensureDocker(terminal, { dataDir });
  const { failed } = await ensureImages(terminal, root, ["core"]);
  for (const { name, message } of failed) console.error(`! ${name} is not available yet: ${message}`);
  if (!dev) await ensureBuild(terminal, root);
  process.exitCode = await serve(terminal, root, { port, host, dev });
});
