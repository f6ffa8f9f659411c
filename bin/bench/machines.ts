import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { RedisServer } from "../../lib/queue/testing/redis-server";
import { startMongoServer } from "../../lib/store/testing/mongo-server";
import { writeJson } from "./figures";
import { readOptions } from "./options";
import { requireQuiet } from "./quiet";
import { type Server, startServer } from "./server";
import { LEAD_IN_S, printSustained, type Sustained, sustain, TURN_S, type Worked } from "./turns";

/**
 * `npm run bench -- machines`: what a web process and a worker with Redis between them sustain, beside one process, all with cells and all on this
 * machine, where Redis and the second process take their processor time from the programs. Both have a database server of the same kind.
 */
const CODE = "print(2+2)";
const EXPECTED = "4\n";
const AT_ONCE = [1, 4, 16, 64];

const options = readOptions({ seconds: 30 });
const databases = [
  await startMongoServer(process.env, { own: true }),
  await startMongoServer(process.env, { own: true }),
] as const;
const redis = await RedisServer.start({ kept: true });
const shared = { QUICKSAND_LANGUAGES: "python", QUICKSAND_ISOLATION: "cell" };
const secret = { NEXTAUTH_SECRET: "the same at every process of the bench" };
const spread = { ...shared, ...secret, REDIS_URL: redis.url, MONGODB_URI: databases[0].uri };
const worker = startWorker(spread);
const servers: Server[] = [];

async function serverWith(environment: Record<string, string>): Promise<Server> {
  const server = await startServer(environment);
  servers.push(server);
  return server;
}

try {
  await worker.ready;
  const embedded = await serverWith(shared);
  const single = await serverWith({ ...shared, ...secret, MONGODB_URI: databases[1].uri });
  const web = await serverWith(spread);
  const settled = () => Promise.all(servers.map((server) => server.settled()));
  await settled();
  const busy = await requireQuiet(options.busyOk);
  const targets: Worked[] = [
    target("one process, embedded database", embedded),
    target("one process, MongoDB's protocol", single),
    target("web, worker, Redis, MongoDB's protocol", web),
  ];
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
  await worker.close();
  await redis.close();
  await Promise.all(databases.map((database) => database.stop()));
}

function target(name: string, server: Server): Worked {
  const run = async () => (await server.run({ language: "python", code: CODE })).output.stdout === EXPECTED;
  return { name, run };
}

function ratio([, single, spreadOut]: readonly Sustained[]): string {
  if (!single || !spreadOut) return "";
  return `  With Redis between: ${(spreadOut.perSecond / single.perSecond).toFixed(2)} x one process on the same database`;
}

interface Worker {
  ready: Promise<unknown>;
  close(): Promise<void>;
}

function startWorker(environment: Record<string, string>): Worker {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-bench-"));
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "bin/worker-process.ts"], {
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
        throw new Error("The worker ended before it was ready.");
      }),
    ]),
    async close() {
      if (child.exitCode === null) child.kill("SIGTERM");
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
