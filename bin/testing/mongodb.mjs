import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ended, findProgram, run, succeeds } from "../setup/child.mjs";
import { claimPort } from "../setup/port.mjs";
import { SetupProblem } from "../setup/problem.mjs";
import { ensurePython } from "./tools.mjs";

const SERVER = "SecantusDB==0.7.0b3";
const START_LIMIT_MS = 30_000;

/**
 * Finds or installs a server that speaks MongoDB's protocol: a real `mongod`, or else one from PyPI, since neither npm nor Debian
 * has one. Answers the command that starts it; `undefined` when `MONGODB_TEST_URI` names one that runs.
 */
export async function ensureMongoServer(terminal, cacheDir) {
  if (process.env.MONGODB_TEST_URI) return undefined;
  const mongod = findProgram("mongod");
  if (mongod) return (port, folder) => [mongod, "--bind_ip", "127.0.0.1", "--port", port, "--dbpath", folder];

  const home = path.join(cacheDir, "secantusdb");
  const program = path.join(home, "bin", "secantusd-py");
  const stamp = path.join(home, "quicksand-version");
  if (
    !fs.existsSync(stamp) ||
    fs.readFileSync(stamp, "utf8") !== SERVER ||
    !(await succeeds(program, ["--help"]))
  ) {
    const python = await ensurePython(terminal, (file) => succeeds(file, ["-c", "import venv, ensurepip"]));
    await terminal.step("Installing a database server for the tests", async (report) => {
      fs.rmSync(home, { recursive: true, force: true });
      await run(python, ["-m", "venv", home]);
      report(`pip install ${SERVER}`);
      await run(path.join(home, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", SERVER]);
      fs.writeFileSync(stamp, SERVER);
    });
  }
  return (port, folder) => [
    program,
    ...["--host", "127.0.0.1", "--port", port, "--storage-path", folder, "--sync-on-commit"],
  ];
}

/** Runs a server for as long as `work` takes, with `MONGODB_TEST_URI` set to it and its data thrown away afterwards. */
export async function withMongoServer(command, work) {
  if (!command) return work({});
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-mongodb-"));
  const port = await claimPort(0, "127.0.0.1");
  const [file, ...args] = command(String(port), folder);
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output = `${output}${chunk}`.slice(-4000);
    });
  }
  const over = ended(child, file);
  try {
    if (!(await listening(port, child))) {
      throw new SetupProblem(`\`${path.basename(file)}\` does not answer on port ${port}.`, { log: output });
    }
    return await work({ MONGODB_TEST_URI: `mongodb://127.0.0.1:${port}/quicksand?directConnection=true` });
  } finally {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
    await over.catch(() => {});
    clearTimeout(timer);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function listening(port, child) {
  const end = performance.now() + START_LIMIT_MS;
  while (performance.now() < end && child.exitCode === null) {
    const open = await new Promise((resolve) => {
      const socket = net.connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true) || socket.destroy());
      socket.once("error", () => resolve(false));
    });
    if (open) return true;
    await sleep(100);
  }
  return false;
}
