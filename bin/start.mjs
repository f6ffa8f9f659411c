#!/usr/bin/env node
/**
 * `npm start`: from a fresh clone to a running IDE. Nothing here may import a package: one of the first things it does is to install them.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuild } from "./setup/build.mjs";
import { ensureLanguageServers } from "./setup/language-servers.mjs";
import { checkNode } from "./setup/node-version.mjs";
import { claimPort } from "./setup/port.mjs";
import { serve } from "./setup/serve.mjs";
import { setUpAndRun } from "./setup/set-up.mjs";
import { listenAddress, loadEnvFile, runsPrograms } from "./setup/settings.mjs";
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
  process.exitCode = await setUpAndRun(terminal, root, {
    ...{ dataDir, runsPrograms: runsPrograms() },
    build: async () => (dev ? ensureLanguageServers(root) : ensureBuild(terminal, root)),
    run: () => serve(terminal, root, { port, host, dev }),
  });
});
