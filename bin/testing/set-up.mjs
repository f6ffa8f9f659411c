import path from "node:path";
import { makeBaseAhead } from "../setup/base.mjs";
import { ensureBuild } from "../setup/build.mjs";
import { ensureDocker } from "../setup/docker.mjs";
import { ImageMaker, imagesProblem } from "../setup/images.mjs";
import { ensurePackages } from "../setup/packages.mjs";
import { listenAddress } from "../setup/settings.mjs";
import { inOrder } from "../setup/steps.mjs";
import { ensureMongoServer } from "./mongodb.mjs";
import { ensureNode, LTS, NEXT } from "./nodes.mjs";
import { ensureChromium, ensureCompose, ensureGvisor, ensureRegistry, ensureSsh } from "./tools.mjs";

/**
 * Starts all the slow set-up at once, so that downloads overlap with the checks that need none of it. Each part waits for its own; a
 * failure is kept until a part asks, and is then that part's failure.
 *
 * @param {ReadonlySet<string>} needs
 * @returns {{ packages: Promise<unknown>, ready: ReadonlyMap<string, Promise<{ value?: unknown, problem?: unknown }>> }}
 */
export function beginSetUp(terminal, root, needs) {
  const cacheDir = path.resolve(process.env.QUICKSAND_CACHE_DIR || ".cache");
  const wantsImages = needs.has("images");
  const { dataDir } = listenAddress();
  const steps = inOrder({
    packages: () => ensurePackages(terminal, root),
    docker: async () => wantsImages && ensureDocker(terminal, { dataDir }),
    base: async () => (wantsImages ? makeBaseAhead(terminal, root, cacheDir) : undefined),
    build: async () => needs.has("build") && ensureBuild(terminal, root),
    images: async (base) => wantsImages && allImages(new ImageMaker(terminal, root), base),
  });
  // apt takes one call at a time, and the images, which take longest, wait for Docker.
  const dockerFirst = steps.docker.catch(() => {});
  const work = {
    images: () => steps.images,
    build: () => steps.build,
    "node-lts": () => ensureNode(terminal, cacheDir, LTS),
    "node-next": () => ensureNode(terminal, cacheDir, NEXT),
    chromium: () => dockerFirst.then(() => ensureChromium(terminal)),
    registry: () => dockerFirst.then(() => ensureRegistry(terminal)),
    ssh: () => dockerFirst.then(() => ensureSsh(terminal)),
    gvisor: () => dockerFirst.then(() => ensureGvisor(terminal)),
    compose: () => dockerFirst.then(() => ensureCompose(terminal)),
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

async function allImages(maker, base) {
  const { failed } = await maker.make(["core"], base);
  if (failed.length > 0) throw imagesProblem(failed);
}
