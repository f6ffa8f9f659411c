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
 * Builds the base of the language images as a tar file and returns its path. Without a registry it is bootstrapped from Debian's packages: the
 * slowest part of the images, and one that can start before our npm packages are installed. Returns `undefined` when the base exists or can
 * be pulled, and then the image builder takes care of it.
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
    // The image builder tries again, and reports the reason.
    fs.rmSync(file, { force: true });
    return undefined;
  }
}

/** Whether neither the base nor any image built on it exists, so that all of them have to be built. */
async function isMissing() {
  const filters = encodeURIComponent(JSON.stringify({ reference: ["quicksand/*", BASE_IMAGE] }));
  const { status, text } = await askEngine(`/images/json?filters=${filters}`, REGISTRY_LIMIT_MS);
  return status === 200 && JSON.parse(text).length === 0;
}

/** Whether the engine can reach a registry; asks only for the image's manifest. */
async function registryAnswers() {
  const { status } = await askEngine(`/distribution/${BASE_IMAGE}/json`, REGISTRY_LIMIT_MS);
  return status === 200;
}

async function writeBase(root, file, report) {
  const script = path.join(root, "bin/setup/make-base.sh");
  const tar = fs.openSync(file, "w");
  const child = spawn("sh", [script, BASE_IMAGE], { stdio: ["ignore", tar, "pipe"] });
  fs.closeSync(tar);
  // The first page waits for the app's build, not for this.
  if (child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  readline.createInterface({ input: child.stderr }).on("line", (line) => report(line.slice(0, 60)));
  const { code } = await ended(child, script);
  if (code !== 0) throw new Error(`${script} ended with exit code ${code}`);
}
