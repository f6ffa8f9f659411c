/**
 * The order of the set-up: each step begins as soon as what it needs is there, and beside whatever else is going on. What is served needs
 * the engine and the build; the images are waited for by nobody here.
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
  // A base that cannot be made ahead is for the images to pull, or to fail at in words.
  const baseAhead = begun.docker.then(() => base().catch(() => undefined));
  const all = {
    ...begun,
    build: begun.packages.then(build),
    images: Promise.all([begun.packages, baseAhead]).then(([, file]) => images(file)),
  };
  // Each failure is told to whoever waits for that step; until somebody does, it must not count as one that nobody handles.
  for (const step of Object.values(all)) step.catch(() => {});
  return all;
}

/** Resolves when all of these are done. When one fails the others are let finish first: half an installation is worse than none. */
export async function allOf(...steps) {
  const outcomes = await Promise.allSettled(steps);
  const failed = outcomes.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}
