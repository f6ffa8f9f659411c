import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { RedisServer } from "../../lib/queue/testing/redis-server";
import { writeJson } from "./figures";
import { readOptions } from "./options";
import { requireQuiet } from "./quiet";
import { type Server, startServer } from "./server";
import { LEAD_IN_S, printSustained, type Sustained, sustain, TURN_S, type Worked } from "./turns";

/**
 * `npm run bench -- machines`: what a web process and a worker with Redis between them sustain, beside one process, all with cells and all on this
 * machine, where Redis and the second process take their processor time from the programs. Each has the embedded database in a process of its own,
 * in the place of a database server.
 */
const CODE = "print(2+2)";
const EXPECTED = "4\n";
const AT_ONCE = [1, 4, 16, 64];

const MACHINE = ["--import", "tsx", "bin/bench/machine-process.ts"];

const options = readOptions({ seconds: 30 });
const folder = mkdtempSync(path.join(os.tmpdir(), "quicksand-bench-"));
const redis = await RedisServer.start({ kept: true });
const shared = { QUICKSAND_LANGUAGES: "python", QUICKSAND_ISOLATION: "cell" };
const spread = {
  ...{ ...shared, REDIS_URL: redis.url },
  NEXTAUTH_SECRET: "the same at every process of the bench",
  // Demanded beside Redis, and not asked: the processes are given their store.
  MONGODB_URI: "mongodb://not-asked.invalid/",
};
const servers: Server[] = [];
const machines: Machine[] = [];

async function machine(environment: Record<string, string>, ...words: string[]): Promise<void> {
  const started = startMachine(environment, words);
  machines.push(started);
  await started.ready;
}

async function storeAt(name: string): Promise<string> {
  const socket = path.join(folder, `${name}.sock`);
  await machine({}, "store", path.join(folder, name), socket);
  return socket;
}

async function web(environment: Record<string, string>, socket: string): Promise<Server> {
  const server = await startServer(environment, [...MACHINE, "web", socket]);
  servers.push(server);
  return server;
}

try {
  const [ofOne, ofBoth] = [await storeAt("one"), await storeAt("both")];
  await machine(spread, "worker", ofBoth);
  const [single, both] = [await web(shared, ofOne), await web(spread, ofBoth)];
  const settled = () => Promise.all(servers.map((server) => server.settled()));
  await settled();
  const busy = await requireQuiet(options.busyOk);
  const targets: Worked[] = [target("one process", single), target("web process, Redis, worker", both)];
  const figures = [];
  for (const concurrency of AT_ONCE) {
    const rows = await sustain(targets, { concurrency, seconds: options.seconds }, settled);
    printSustained(
      `Python in cells, ${concurrency} at once for ${options.seconds} s in turns of ${TURN_S} s, each after ${LEAD_IN_S} s that do not count`,
      rows,
    );
    console.log(ratio(rows));
    figures.push({ concurrency, rows });
  }
  writeJson(options.json, "machines", { busy, figures });
} finally {
  await Promise.all(servers.map((server) => server.close()));
  for (const { close } of machines.reverse()) await close();
  await redis.close();
  rmSync(folder, { recursive: true, force: true });
}

function target(name: string, server: Server): Worked {
  const run = async () => (await server.run({ language: "python", code: CODE })).output.stdout === EXPECTED;
  return { name, run };
}

function ratio([, single, spreadOut]: readonly Sustained[]): string {
  if (!single || !spreadOut) return "";
  return `  With Redis between: ${(spreadOut.perSecond / single.perSecond).toFixed(2)} x one process`;
}

interface Machine {
  ready: Promise<unknown>;
  close(): Promise<void>;
}

function startMachine(environment: Record<string, string>, words: readonly string[]): Machine {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-bench-"));
  const child: ChildProcess = spawn(process.execPath, [...MACHINE, ...words], {
    env: {
      ...process.env,
      QUICKSAND_DATA_DIR: dataDir,
      QUICKSAND_LOG_LEVEL: "error",
      ...environment,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  return {
    ready: Promise.race([
      once(child, "message"),
      ended.then(() => {
        throw new Error("A process of the bench ended before it was ready.");
      }),
    ]),
    async close() {
      if (child.exitCode === null) child.kill("SIGTERM");
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
