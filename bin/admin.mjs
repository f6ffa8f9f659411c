#!/usr/bin/env node
/**
 * What whoever has the machine may do to an account, while the server runs or not: `npm run admin -- grant EMAIL` makes an admin of it,
 * `npm run admin -- end-two-factor EMAIL` lets in somebody whose telephone and recovery codes are lost.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./setup/node-version.mjs";
import { SetupProblem } from "./setup/problem.mjs";
import { loadEnvFile } from "./setup/settings.mjs";
import { command } from "./setup/terminal.mjs";

await command(async () => {
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  process.chdir(root);
  loadEnvFile();
  const [action, email, ...rest] = process.argv.slice(2);
  if (!["grant", "end-two-factor"].includes(action) || email === undefined || rest.length > 0) {
    throw new SetupProblem("Use it as: npm run admin -- grant|end-two-factor you@example.org");
  }
  // Nothing is installed: a server may be running on these packages. The product's own TypeScript, which needs tsx.
  const { status } = spawnSync(process.execPath, ["--import", "tsx", "bin/admin-action.ts", action, email], {
    cwd: root,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
});
