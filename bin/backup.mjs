#!/usr/bin/env node
/**
 * `npm run backup -- FILE [--without-secret]`: everything that is kept, in one file that `npm run restore` reads, while the server runs or not.
 * `-` is standard output (`npm run --silent backup -- -`).
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./setup/node-version.mjs";
import { SetupProblem } from "./setup/problem.mjs";
import { loadEnvFile } from "./setup/settings.mjs";
import { command } from "./setup/terminal.mjs";

const FLAG = "--without-secret";

await command(async () => {
  checkNode();
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const given = process.argv.slice(2);
  const [file, ...more] = given.filter((word) => word !== FLAG);
  if (file === undefined || more.length > 0 || (file.startsWith("-") && file !== "-")) {
    throw new SetupProblem(`Use it as: npm run backup -- FILE [${FLAG}]`, {
      remedy: ["FILE may be -, for standard output."],
    });
  }
  // Named from where npm was called, which is not always this folder.
  const from = process.env.INIT_CWD ?? process.cwd();
  const named = file === "-" ? file : path.resolve(from, file);
  process.chdir(root);
  loadEnvFile();
  const flags = given.includes(FLAG) ? [FLAG] : [];
  // Nothing is installed: a server may be running on these packages. The product's own TypeScript, which needs tsx.
  const { status } = spawnSync(
    process.execPath,
    ["--import", "tsx", "bin/backup-action.ts", "backup", named, ...flags],
    { cwd: root, stdio: "inherit" },
  );
  process.exitCode = status ?? 1;
});
