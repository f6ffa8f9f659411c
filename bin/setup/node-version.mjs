import { SetupProblem } from "./problem.mjs";

const LEAST = [20, 19];

/** @param {string} version as in `process.versions.node` */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return;
  throw new SetupProblem(`Quicksand needs Node ${LEAST.join(".")} or newer; this is Node ${version}.`, {
    remedy: [
      "Install a newer one from https://nodejs.org or with your system's package manager, then start again.",
    ],
  });
}
