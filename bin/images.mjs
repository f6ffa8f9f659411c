#!/usr/bin/env node
/** `npm run images -- core|all|<id>…`: makes the images of languages ahead of their first use. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDocker } from "./setup/docker.mjs";
import { ImageMaker, imagesProblem } from "./setup/images.mjs";
import { checkNode } from "./setup/node-version.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { listenAddress, loadEnvFile } from "./setup/settings.mjs";
import { command, createTerminal } from "./setup/terminal.mjs";

await command(async () => {
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  process.chdir(root);
  loadEnvFile();
  const terminal = createTerminal();
  await ensurePackages(terminal, root);
  await ensureDocker(terminal, listenAddress());
  const which = process.argv.slice(2);
  const { failed } = await new ImageMaker(terminal, root).make(which.length > 0 ? which : ["core"]);
  if (failed.length > 0) throw imagesProblem(failed);
});
