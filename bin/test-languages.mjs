#!/usr/bin/env node
/** `npm run test:languages [-- lua go]`: every test of these languages, or of all, after making their images; then what their samples cost. */
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ended } from "./setup/child.mjs";
import { ensureDocker } from "./setup/docker.mjs";
import { ImageMaker, imagesProblem } from "./setup/images.mjs";
import { checkNode } from "./setup/node-version.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { SetupProblem } from "./setup/problem.mjs";
import { listenAddress } from "./setup/settings.mjs";
import { command, createTerminal } from "./setup/terminal.mjs";

await command(async () => {
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  process.chdir(root);
  const words = process.argv.slice(2);
  const option = words.find((word) => word.startsWith("-"));
  if (option) {
    throw new SetupProblem(`There is no option ${option}.`, {
      remedy: ["npm run test:languages -- lua go    ids of languages, or core; all without any"],
    });
  }
  const which = words.length > 0 ? words : ["all"];
  const terminal = createTerminal();
  await ensurePackages(terminal, root);
  await ensureDocker(terminal, listenAddress());
  const { failed } = await new ImageMaker(terminal, root).make(which);
  if (failed.length > 0) throw imagesProblem(failed);
  // The product's own TypeScript, which needs tsx.
  const args = ["--import", "tsx", "bin/testing/languages.ts", ...which];
  const child = spawn(process.execPath, args, {
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "test" },
  });
  process.exitCode = (await ended(child)).code ?? 1;
});
