import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { BASE_IMAGE } from "../../lib/sandbox/base-image.mjs";
import { ended } from "./child.mjs";
import { canInstallPackages } from "./debian.mjs";
import { askEngine } from "./docker.mjs";

const REGISTRY_LIMIT_MS = 5_000;

/**
 * Makes the base of the language images as a tar, and answers its path; `undefined` where the image maker has it already, or gets it sooner by
 * itself. Without a registry it is made from Debian's packages, which takes longest of all that the images need, and can begin before our
 * packages are there.
 */
export async function makeBaseAhead(terminal, root, dataDir) {
  if (!canInstallPackages() || !(await isMissing()) || (await registryAnswers())) return undefined;
  fs.mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, "base.tar");
  try {
    await terminal.step(`Making ${BASE_IMAGE}, since no registry answers`, (report) =>
      writeBase(root, file, report),
    );
    return file;
  } catch {
    // The image maker tries it too, and has the words for it.
    fs.rmSync(file, { force: true });
    return undefined;
  }
}

/** Neither the base is there nor any image that stands on it: then everything is still to be made. */
async function isMissing() {
  const filters = encodeURIComponent(JSON.stringify({ reference: ["quicksand/*", BASE_IMAGE] }));
  const { status, text } = await askEngine(`/images/json?filters=${filters}`, REGISTRY_LIMIT_MS);
  return status === 200 && JSON.parse(text).length === 0;
}

/** Asks the registry, by the engine, for the image's description alone. */
async function registryAnswers() {
  const { status } = await askEngine(`/distribution/${BASE_IMAGE}/json`, REGISTRY_LIMIT_MS);
  return status === 200;
}

async function writeBase(root, file, report) {
  const script = path.join(root, "bin/setup/make-base.sh");
  const tar = fs.openSync(file, "w");
  const child = spawn("sh", [script, BASE_IMAGE], { stdio: ["ignore", tar, "pipe"] });
  fs.closeSync(tar);
  // The build of the app is waited for, this is not.
  if (child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  readline.createInterface({ input: child.stderr }).on("line", (line) => report(line.slice(0, 60)));
  const { code } = await ended(child, script);
  if (code !== 0) throw new Error(`${script} ended with exit code ${code}`);
}
