import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./node-version.mjs";
import { loadEnvFile } from "./settings.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * What `npm run backup` and `npm run restore` share: their words are passed on to `bin/backup-action.ts`, which checks them. Nothing is installed,
 * since a server may be running on these packages. Answers the exit code.
 */
export function backupCommand(action) {
  checkNode();
  // A file is named from where npm was called, which is not always this folder.
  const from = process.env.INIT_CWD ?? process.cwd();
  const words = process.argv.slice(2).map((word) => (word.startsWith("-") ? word : path.resolve(from, word)));
  process.chdir(ROOT);
  loadEnvFile();
  // The product's own TypeScript, which needs tsx.
  const args = ["--import", "tsx", "bin/backup-action.ts", action, ...words];
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: "inherit" }).status ?? 1;
}
