#!/usr/bin/env node
/** `npm run admin -- grant EMAIL`: makes an admin of an account, for whoever has the machine. Works while the server runs. */
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
  if (action !== "grant" || email === undefined || rest.length > 0) {
    throw new SetupProblem("Use it as: npm run admin -- grant you@example.org");
  }
  // Nothing is installed: a server may be running on these packages. The product's own TypeScript, which needs tsx.
  const { status } = spawnSync(process.execPath, ["--import", "tsx", "bin/grant-admin.ts", email], {
    cwd: root,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
});
