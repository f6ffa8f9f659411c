import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { runNpm } from "../setup/packages.mjs";
import { SetupProblem } from "../setup/problem.mjs";

/**
 * The Node releases that tests run on besides the one that runs `npm test`. `LTS` declares itself a long-term support release
 * (`process.release.lts`). `NEXT` is of the release line after it; of the releases that npm has, none declares itself LTS yet.
 */
export const LTS = "24.21.0";
export const NEXT = "26.12.1";

/** Installs a Node release from npm into the cache unless it is there; returns the path of its executable. */
export async function ensureNode(terminal, cacheDir, version) {
  const folder = path.join(cacheDir, "node", version);
  const name = `node-${process.platform}-${process.arch}`;
  const program = path.join(folder, "node_modules", name, "bin/node");
  if (answers(program, version)) return program;
  await terminal.step(`Installing Node ${version} for the tests`, async (report) => {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    // Without it npm would install into a project further up.
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
