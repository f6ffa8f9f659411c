import { makeBaseAhead } from "./base.mjs";
import { ensureCellProfile } from "./cell-profile.mjs";
import { findDocker, installDocker } from "./docker.mjs";
import { explainMissing, ImageMaker, makeCoreImages } from "./images.mjs";
import { ensurePackages } from "./packages.mjs";
import { allOf, inOrder } from "./steps.mjs";

/**
 * Makes this machine ready, starts Quicksand's process with `run`, and resolves with that process's exit code. Throws a `SetupProblem` for what a
 * person has to put right.
 *
 * Without `runsPrograms` nothing of Docker is looked for or made: a web process that has workers may be where there is none, and must not be the
 * reason that one comes there (ADR 92).
 *
 * @param {{ runsPrograms: boolean, dataDir: string, build(): Promise<unknown>,
 *   run(): { ready: Promise<unknown>, over: Promise<number> } }} options
 */
export async function setUpAndRun(terminal, root, { runsPrograms, dataDir, build, run }) {
  if (!runsPrograms) {
    await ensurePackages(terminal, root);
    await build();
    return run().over;
  }
  // Problems that need a person are reported before anything slow starts.
  const engineIsThere = await findDocker();
  const maker = new ImageMaker(terminal, root);
  const steps = inOrder({
    packages: () => ensurePackages(terminal, root),
    docker: async () => {
      if (!engineIsThere) await installDocker(terminal, { dataDir });
      await ensureCellProfile(terminal, root);
    },
    base: () => makeBaseAhead(terminal, root, dataDir),
    build,
    images: (base) => makeCoreImages(terminal, maker, base),
  });
  try {
    await allOf(steps.docker, steps.build);
    const { ready, over } = run();
    ready.then(
      async () => explainMissing(terminal, await maker.missing()),
      () => {},
    );
    return await over;
  } finally {
    maker.stop();
  }
}
