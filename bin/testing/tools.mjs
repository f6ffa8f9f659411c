import path from "node:path";
import { composeCommand } from "../check/compose.mjs";
import { findProgram } from "../setup/child.mjs";
import { aptInstall, canInstallPackages } from "../setup/debian.mjs";
import { SetupProblem } from "../setup/problem.mjs";

const CHROMIUM = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A browser for the end-to-end tests: `CHROMIUM_PATH`, one that is installed, or Debian's. */
export async function ensureChromium(terminal) {
  const found = process.env.CHROMIUM_PATH || findProgram(...CHROMIUM);
  process.env.CHROMIUM_PATH = found ?? (await installed(terminal, "Chromium", ["chromium"], CHROMIUM));
}

/** An image registry of our own on loopback, for the tests that pull an image. */
export async function ensureRegistry(terminal) {
  if (findProgram("docker-registry")) return;
  await installed(terminal, "docker-registry", ["docker-registry"], ["docker-registry"]);
}

/** The OpenSSH client programs, for the tests of an engine behind `ssh://`. */
export async function ensureSsh(terminal) {
  if (findProgram("ssh") && findProgram("ssh-agent") && findProgram("ssh-keygen")) return;
  await installed(terminal, "OpenSSH", ["openssh-client"], ["ssh"]);
}

/** A Redis server, which the tests of the shared queue start and kill themselves: an installed one, or Debian's. */
export async function ensureRedis(terminal) {
  if (findProgram("redis-server")) return;
  await installed(terminal, "Redis", ["redis-server"], ["redis-server"]);
}

/** gVisor's `runsc`, for the tests that start an engine with it: an installed one, or Debian's. */
export async function ensureGvisor(terminal) {
  if (findProgram("runsc")) return;
  await installed(terminal, "gVisor", ["runsc"], ["runsc"]);
}

/** Docker Compose, to validate docker-compose.yml: an installed one of any version, or Debian's. */
export async function ensureCompose(terminal) {
  if (await composeCommand()) return;
  await installed(terminal, "Docker Compose", ["docker-compose"], ["docker-compose"]);
}

/** Debian packages `venv` separately, so a `python3` on the PATH may lack it. */
export async function ensurePython(terminal, works) {
  for (const python of [findProgram("python3"), "/usr/bin/python3"]) {
    if (python && (await works(python))) return python;
  }
  await installed(terminal, "Python", ["python3", "python3-venv"], ["/usr/bin/python3"]);
  return "/usr/bin/python3";
}

/** apt runs once at a time; a step that is only waiting for it is not shown. */
let turn = Promise.resolve();

async function installed(terminal, what, packages, programs) {
  if (!canInstallPackages()) {
    throw new SetupProblem(
      `${what} is missing, and only root on a Debian system can have it installed by this command.`,
      {
        remedy: ["Install it, then start again:", `  sudo apt-get install -y ${packages.join(" ")}`],
      },
    );
  }
  turn = turn
    .catch(() => {})
    .then(() => terminal.step(`Installing ${what}`, (report) => aptInstall(packages, report)));
  await turn;
  const program = findProgram(...programs);
  if (!program)
    throw new SetupProblem(
      `${packages.join(" ")} was installed, but there is no ${path.basename(programs[0])}.`,
    );
  return program;
}
