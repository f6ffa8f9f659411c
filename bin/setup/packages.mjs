import fs from "node:fs";
import path from "node:path";
import { run } from "./child.mjs";
import { SetupProblem } from "./problem.mjs";

/**
 * Whether `installed` (`node_modules/.package-lock.json`, which npm writes last) matches `wanted` (`package-lock.json`). Optional packages may
 * be absent: they are for other platforms.
 */
export function lockMatches(wanted, installed) {
  const want = wanted.packages ?? {};
  const have = installed.packages ?? {};
  for (const [where, entry] of Object.entries(want)) {
    if (where === "" || entry.link) continue;
    const found = have[where];
    if (!found) {
      if (entry.optional || entry.devOptional || entry.peer) continue;
      return false;
    }
    if (found.version !== entry.version || (entry.integrity && found.integrity !== entry.integrity))
      return false;
  }
  return Object.keys(have).every((where) => where in want);
}

/** Runs `npm ci` unless `node_modules` already matches `package-lock.json`. */
export async function ensurePackages(terminal, root) {
  if (packagesAreThere(root)) return;
  await terminal.step("Installing packages", async (report) => {
    const wanted = readJson(path.join(root, "package-lock.json"));
    if (!wanted) throw new SetupProblem("package-lock.json is missing or is not JSON; get it back with git.");
    const total = Object.keys(wanted.packages ?? {}).length;
    let fetched = 0;
    const onLine = (line) => {
      if (!/^npm http /.test(line)) return true;
      fetched++;
      report("downloading", Math.min(99, (fetched / total) * 100));
      return false;
    };
    // With NODE_ENV=production npm would leave out devDependencies, which the build needs.
    await runNpm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=http"], {
      cwd: root,
      onLine,
    });
    return `${total} packages`;
  });
}

/** Runs npm: the one that started this process, or else the one on the PATH. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  const [file, before] = npm && /\.c?js$/.test(npm) ? [process.execPath, [npm]] : ["npm", []];
  return run(file, [...before, ...args], {
    ...options,
    shell: file === "npm" && process.platform === "win32",
  });
}

function packagesAreThere(root) {
  const wanted = readJson(path.join(root, "package-lock.json"));
  const installed = readJson(path.join(root, "node_modules/.package-lock.json"));
  return wanted !== undefined && installed !== undefined && lockMatches(wanted, installed);
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
