import path from "node:path";
import { ensureBuild } from "../setup/build.mjs";
import { ensureDocker } from "../setup/docker.mjs";
import { ensureImages, imagesProblem } from "../setup/images.mjs";
import { listenAddress } from "../setup/settings.mjs";
import { ensureMongoServer } from "./mongodb.mjs";
import { ensureNode, LTS, NEXT } from "./nodes.mjs";
import { ensureChromium, ensureCompose, ensureGvisor, ensureRegistry, ensureSsh } from "./tools.mjs";

/**
 * Starts all the slow set-up at once, so that downloads overlap with the checks that need none of it. Each part waits for its own; a
 * failure is kept until a part asks, and is then that part's failure.
 *
 * @param {ReadonlySet<string>} needs
 * @returns {ReadonlyMap<string, Promise<{ value?: unknown, problem?: unknown }>>}
 */
export function beginSetUp(terminal, root, needs) {
  const cacheDir = path.resolve(process.env.QUICKSAND_CACHE_DIR || ".cache");
  const docker = needs.has("images") ? ensureDocker(terminal, listenAddress()) : Promise.resolve();
  // apt takes one call at a time, and the images, which take longest, wait for Docker.
  const dockerFirst = docker.catch(() => {});
  const work = {
    async images() {
      await docker;
      const { failed } = await ensureImages(terminal, root, ["core"]);
      if (failed.length > 0) throw imagesProblem(failed);
    },
    build: () => ensureBuild(terminal, root),
    "node-lts": () => ensureNode(terminal, cacheDir, LTS),
    "node-next": () => ensureNode(terminal, cacheDir, NEXT),
    chromium: () => dockerFirst.then(() => ensureChromium(terminal)),
    registry: () => dockerFirst.then(() => ensureRegistry(terminal)),
    ssh: () => dockerFirst.then(() => ensureSsh(terminal)),
    gvisor: () => dockerFirst.then(() => ensureGvisor(terminal)),
    compose: () => dockerFirst.then(() => ensureCompose(terminal)),
    mongodb: () => dockerFirst.then(() => ensureMongoServer(terminal, cacheDir)),
  };
  const begun = new Map();
  for (const need of needs) {
    const settled = work[need]().then(
      (value) => ({ value }),
      (problem) => ({ problem }),
    );
    begun.set(need, settled);
  }
  return begun;
}
