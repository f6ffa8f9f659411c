import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { runNpm } from "../setup/packages.mjs";
import { SetupProblem } from "../setup/problem.mjs";

/**
 * The releases of Node that tests run on besides the one that runs `npm test`. The first calls itself a long-term support release
 * (`process.release.lts`); the second is of the line that follows it, of which npm has no release yet that does.
 */
export const LTS = "24.21.0";
export const NEXT = "26.12.1";

/** Makes sure that a release is in the cache, from npm, which has each as a package; answers the path of its program. */
export async function ensureNode(terminal, cacheDir, version) {
  const folder = path.join(cacheDir, "node", version);
  const name = `node-${process.platform}-${process.arch}`;
  const program = path.join(folder, "node_modules", name, "bin/node");
  if (answers(program, version)) return program;
  await terminal.step(`Installing Node ${version} for the tests`, async (report) => {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    // npm looks for a project above the folder unless this is one.
    fs.writeFileSync(path.join(folder, "package.json"), "{}");
    report(`${name}@${version}`);
    const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"];
    await runNpm(["install", "--save-exact", ...options, `${name}@${version}`], { cwd: folder });
  });
  if (answers(program, version)) return program;
  throw new SetupProblem(`Node ${version} was installed from npm as ${name}, but does not run here.`, {
    remedy: ["`npm test -- <part> …` runs the parts that do without it."],
  });
}

function answers(program, version) {
  const { status, stdout } = spawnSync(program, ["-p", "process.versions.node"], { encoding: "utf8" });
  return status === 0 && stdout.trim() === version;
}
