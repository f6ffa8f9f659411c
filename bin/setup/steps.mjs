/**
 * Runs the steps of the set-up concurrently: each starts as soon as the steps that it depends on are done. Serving depends on the engine and
 * the build, but not on the images.
 *
 *     packages ─┬─ build ──────────┐
 *               ├─ images          ├─ ready to serve
 *     docker ───┼──────────────────┘
 *               └ base (of the images)
 *
 * @param {{ packages(): Promise<unknown>, docker(): Promise<unknown>, base(): Promise<string | undefined>,
 *   build(): Promise<unknown>, images(base: string | undefined): Promise<unknown> }} steps
 * @returns {{ packages: Promise<unknown>, docker: Promise<unknown>, build: Promise<unknown>, images: Promise<unknown> }}
 */
export function inOrder({ packages, docker, base, build, images }) {
  const begun = {
    packages: packages(),
    docker: docker(),
  };
  // If this fails, the image builder pulls or builds the base itself, and reports why it cannot.
  const baseAhead = begun.docker.then(() => base().catch(() => undefined));
  const all = {
    ...begun,
    build: begun.packages.then(build),
    images: Promise.all([begun.packages, baseAhead]).then(([, file]) => images(file)),
  };
  // Avoids unhandled rejections until somebody awaits the step; awaiters still see them.
  for (const step of Object.values(all)) step.catch(() => {});
  return all;
}

/** Resolves when all steps are done. If one fails, the others finish first: a half-finished installation is worse than none. */
export async function allOf(...steps) {
  const outcomes = await Promise.allSettled(steps);
  const failed = outcomes.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}
