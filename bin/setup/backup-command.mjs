import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./node-version.mjs";
import { SetupProblem } from "./problem.mjs";
import { loadEnvFile } from "./settings.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * What `npm run backup` and `npm run restore` share: one FILE, or `-` for the stream that `dash` names, and one flag. Nothing is installed, since a
 * server may be running on these packages. Answers the exit code.
 */
export function backupCommand(action, { flag, dash }) {
  checkNode();
  const given = process.argv.slice(2);
  const [file, ...more] = given.filter((word) => word !== flag);
  if (file === undefined || more.length > 0 || (file.startsWith("-") && file !== "-")) {
    throw new SetupProblem(`Use it as: npm run ${action} -- FILE [${flag}]`, {
      remedy: [`FILE may be -, for ${dash}.`],
    });
  }
  // Named from where npm was called, which is not always this folder.
  const from = process.env.INIT_CWD ?? process.cwd();
  const named = file === "-" ? file : path.resolve(from, file);
  process.chdir(ROOT);
  loadEnvFile();
  const flags = given.includes(flag) ? [flag] : [];
  // The product's own TypeScript, which needs tsx.
  const args = ["--import", "tsx", "bin/backup-action.ts", action, named, ...flags];
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: "inherit" }).status ?? 1;
}
