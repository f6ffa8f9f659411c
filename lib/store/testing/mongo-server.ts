import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import mongoose from "mongoose";

const run = promisify(execFile);
const STAND_IN = "SecantusDB==0.7.0b3";
const IMAGE = "mongo:8";
const START_LIMIT_MS = 60_000;

/** A server that speaks MongoDB's protocol, with an empty database of the caller's own. */
export interface MongoServer {
  /** What it calls itself, with its version. */
  name: string;
  uri: string;
  /** Ends it as a power cut does, and starts it again on the same data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Freezes it: connections stay open and nothing is answered, until `release`. */
  hold(): Promise<void>;
  release(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

export class NoMongoServer extends Error {
  constructor(cause: unknown) {
    super(
      "No server for MongoDB's protocol: set MONGODB_TEST_URI, or put `mongod` on the PATH, or `docker pull mongo:8`, " +
        "or install Python 3 with venv (Debian: apt-get install python3 python3-venv), with which SecantusDB is installed.",
      { cause },
    );
  }
}

/** Runs a server of our own and cleans up after it. */
interface Runner {
  start(): Promise<void>;
  kill(): Promise<void>;
  hold(): Promise<void>;
  release(): Promise<void>;
  remove(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * In this order: the server at `MONGODB_TEST_URI` (unless it must be one that may be killed), a `mongod` on the PATH, the image
 * `mongo:8` where Docker has it, and SecantusDB in a virtual environment below the cache directory.
 */
export async function startMongoServer(environment: Environment, { own = false } = {}): Promise<MongoServer> {
  const database = `quicksand_test_${randomBytes(6).toString("hex")}`;
  if (environment.MONGODB_TEST_URI && !own) {
    const uri = new URL(environment.MONGODB_TEST_URI);
    uri.pathname = `/${database}`;
    const never = () => Promise.reject(new Error("The server at MONGODB_TEST_URI is not ours to end."));
    const stop = () => withDatabase(uri.href, async (connection) => void (await connection.dropDatabase()));
    const name = await nameOf(uri.href);
    return { name, uri: uri.href, kill: never, start: never, hold: never, release: never, stop };
  }
  const port = await freePort();
  const uri = `mongodb://127.0.0.1:${port}/${database}?directConnection=true`;
  const runner = await findRunner(environment, port);
  const start = async () => {
    await runner.start();
    await answering(uri);
  };
  try {
    await start();
    return { ...runner, name: await nameOf(uri), uri, start, stop: runner.remove };
  } catch (error) {
    await runner.remove();
    throw error;
  }
}

async function findRunner(environment: Environment, port: number): Promise<Runner> {
  const mongod = (environment.PATH ?? "")
    .split(path.delimiter)
    .map((directory) => path.join(directory, "mongod"))
    .find((file) => fs.existsSync(file));
  if (mongod) {
    const folder = temporaryFolder();
    return program(mongod, ["--bind_ip", "127.0.0.1", "--port", `${port}`, "--dbpath", folder], folder);
  }
  if (await succeeds("docker", ["image", "inspect", IMAGE])) return container(port);
  const standIn = await installStandIn(
    path.resolve(environment.QUICKSAND_CACHE_DIR || ".cache", "secantusdb"),
  );
  const folder = temporaryFolder();
  const args = ["--host", "127.0.0.1", "--port", `${port}`, "--storage-path", folder, "--sync-on-commit"];
  return program(standIn, args, folder);
}

function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-mongodb-"));
}

/** Returns the program's path. Folder and stamp are those of `npm test`, which installs it beforehand. */
async function installStandIn(home: string): Promise<string> {
  const file = path.join(home, "bin", "secantusd-py");
  const stamp = path.join(home, "quicksand-version");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === STAND_IN) return file;
  try {
    await run("python3", ["-m", "venv", home]);
    await run(path.join(home, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", STAND_IN]);
    fs.writeFileSync(stamp, STAND_IN);
    return file;
  } catch (cause) {
    throw new NoMongoServer(cause);
  }
}

function program(file: string, args: readonly string[], folder: string): Runner {
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  };
  return {
    async start() {
      child = spawn(file, args, { stdio: "ignore" });
      await once(child, "spawn");
    },
    kill: () => end("SIGKILL"),
    async hold() {
      child?.kill("SIGSTOP");
      // Its other threads may still answer for a moment.
      await sleep(200);
    },
    release: async () => void child?.kill("SIGCONT"),
    async remove() {
      await end("SIGKILL");
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function container(port: number): Runner {
  const name = `quicksand-test-mongo-${randomBytes(6).toString("hex")}`;
  let made = false;
  const docker = async (...args: string[]) => void (await run("docker", args));
  return {
    async start() {
      if (made) return docker("start", name);
      made = true;
      await docker("run", "--detach", "--name", name, "--publish", `127.0.0.1:${port}:27017`, IMAGE);
    },
    kill: () => docker("kill", name),
    hold: () => docker("pause", name),
    release: () => docker("unpause", name),
    remove: () => docker("rm", "--force", "--volumes", name),
  };
}

async function answering(uri: string): Promise<void> {
  const end = performance.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await withDatabase(uri, async (connection) => void (await connection.db?.command({ ping: 1 })));
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(100);
    }
  }
}

async function nameOf(uri: string): Promise<string> {
  let name = "MongoDB";
  await withDatabase(uri, async (connection) => {
    const info = await connection.db?.admin().command({ buildInfo: 1 });
    name = info?.secantusVersion
      ? `SecantusDB ${info.secantusVersion}, which answers as MongoDB ${info.version}`
      : `MongoDB ${info?.version}`;
  });
  return name;
}

/** A short connection of our own, apart from the store's. */
export async function withDatabase(
  uri: string,
  work: (connection: mongoose.Connection) => Promise<void>,
): Promise<void> {
  const connection = mongoose.createConnection();
  try {
    await connection.openUri(uri, { serverSelectionTimeoutMS: 2_000, autoIndex: false, autoCreate: false });
    await work(connection);
  } finally {
    await connection.close();
  }
}

async function succeeds(file: string, args: readonly string[]): Promise<boolean> {
  return run(file, args).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}
