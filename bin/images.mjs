#!/usr/bin/env node
/** `npm run images`: lists the images of languages; with words makes, rebuilds, removes and prunes them, see `USAGE`. */
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ended } from "./setup/child.mjs";
import { ensureDocker } from "./setup/docker.mjs";
import { imageArguments } from "./setup/image-arguments.mjs";
import { ImageMaker, imagesProblem } from "./setup/images.mjs";
import { madeTable } from "./setup/images-made.mjs";
import { checkNode } from "./setup/node-version.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { listenAddress, loadEnvFile } from "./setup/settings.mjs";
import { command, createTerminal } from "./setup/terminal.mjs";

await command(async () => {
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  process.chdir(root);
  loadEnvFile();
  const { action, which } = imageArguments(process.argv.slice(2));
  const terminal = createTerminal();
  await ensurePackages(terminal, root);
  if (action === "make" || action === "rebuild") await make(terminal, root, which, action === "rebuild");
  else process.exitCode = await keep(root, action, which);
});

async function make(terminal, root, which, rebuild) {
  await ensureDocker(terminal, listenAddress());
  const since = performance.now();
  const { made, failed, bytes } = await new ImageMaker(terminal, root).make(which, { rebuild, sum: true });
  terminal.line(madeTable(made, { bytes, ms: performance.now() - since }));
  if (failed.length > 0) throw imagesProblem(failed);
}

/** What makes no image; the product's own TypeScript, which needs tsx. */
async function keep(root, action, which) {
  const args = ["--import", "tsx", "bin/keep-images.ts", action, ...which];
  const { code } = await ended(spawn(process.execPath, args, { cwd: root, stdio: "inherit" }));
  return code ?? 1;
}
