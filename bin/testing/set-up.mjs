import path from "node:path";
import { makeBaseAhead } from "../setup/base.mjs";
import { ensureBuild } from "../setup/build.mjs";
import { ensureDocker } from "../setup/docker.mjs";
import { ImageMaker, imagesProblem } from "../setup/images.mjs";
import { ensurePackages } from "../setup/packages.mjs";
import { listenAddress } from "../setup/settings.mjs";
import { inOrder } from "../setup/steps.mjs";
import { ensureClients } from "./clients.mjs";
import { ensureMongoServer } from "./mongodb.mjs";
import { ensureNode, LTS, NEXT } from "./nodes.mjs";
import {
  ensureChromium,
  ensureCompose,
  ensureGvisor,
  ensureRedis,
  ensureRegistry,
  ensureSsh,
} from "./tools.mjs";

/**
 * Starts the whole set-up at once, so that downloads overlap with checks that do not need it. A part waits only for what it needs; a failure
 * is reported by the part that needs it.
 *
 * @param {ReadonlySet<string>} needs
 * @returns {{ packages: Promise<unknown>, ready: ReadonlyMap<string, Promise<{ value?: unknown, problem?: unknown }>> }}
 */
export function beginSetUp(terminal, root, needs) {
  const cacheDir = path.resolve(process.env.QUICKSAND_CACHE_DIR || ".cache");
  const wantsImages = needs.has("images") || needs.has("all-images");
  const { dataDir } = listenAddress();
  const steps = inOrder({
    packages: () => ensurePackages(terminal, root),
    docker: async () => wantsImages && ensureDocker(terminal, { dataDir }),
    base: async () => (wantsImages ? makeBaseAhead(terminal, root, cacheDir) : undefined),
    build: async () => needs.has("build") && ensureBuild(terminal, root),
    images: async (base) => wantsImages && makeImages(new ImageMaker(terminal, root), ["core"], base),
  });
  // apt runs once at a time, and Docker goes first: the images wait for it, and they take longest.
  const dockerFirst = steps.docker.catch(() => {});
  const work = {
    images: () => steps.images,
    // Behind the core ones, for which more parts wait.
    "all-images": () => steps.images.then(() => makeImages(new ImageMaker(terminal, root), ["all"])),
    build: () => steps.build,
    "node-lts": () => ensureNode(terminal, cacheDir, LTS),
    "node-next": () => ensureNode(terminal, cacheDir, NEXT),
    chromium: () => dockerFirst.then(() => ensureChromium(terminal)),
    registry: () => dockerFirst.then(() => ensureRegistry(terminal)),
    ssh: () => dockerFirst.then(() => ensureSsh(terminal)),
    gvisor: () => dockerFirst.then(() => ensureGvisor(terminal)),
    compose: () => dockerFirst.then(() => ensureCompose(terminal)),
    clients: () => dockerFirst.then(() => ensureClients(terminal, cacheDir)),
    redis: () => dockerFirst.then(() => ensureRedis(terminal)),
    mongodb: () => dockerFirst.then(() => ensureMongoServer(terminal, cacheDir)),
  };
  const ready = new Map();
  for (const need of needs) {
    const settled = work[need]().then(
      (value) => ({ value }),
      (problem) => ({ problem }),
    );
    ready.set(need, settled);
  }
  return { packages: steps.packages, ready };
}

/** Without an image its language is not tested at all: that is a failure everywhere, not a part that is skipped. */
async function makeImages(maker, which, base) {
  const { failed } = await maker.make(which, { base });
  if (failed.length > 0) throw Object.assign(imagesProblem(failed), { isFailure: true });
}
