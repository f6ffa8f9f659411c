import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { currentEnv } from "../../lib/env";
import { connectDocker } from "../../lib/sandbox/images";
import { OWNER_LABEL } from "../../lib/sandbox/labels";
import { printTable, writeJson } from "./figures";
import { serverPid } from "./memory";
import { readOptions } from "./options";
import { startServer } from "./server";

/** The number of measurements between the first tenth and the end. */
const PARTS = 4;

const docker = connectDocker(currentEnv().engine);

/** Counts that a leak would increase: of this server only, except volumes, which have no owner label. */
async function holdings(pid: number, owner: string) {
  const label = [`${OWNER_LABEL}=${owner}`];
  const containers = await docker.listContainers({ all: true, filters: { label } });
  const volumes = await docker.listVolumes();
  const memory = await memoryWithoutGarbage(pid);
  const descriptors = readdirSync(`/proc/${pid}/fd`).map((fd) => target(`/proc/${pid}/fd/${fd}`));
  return {
    containers: containers.length,
    volumes: volumes.Volumes?.length ?? 0,
    descriptors: descriptors.length,
    sockets: descriptors.filter((name) => name.startsWith("socket:")).length,
    "RSS MB": Math.round(memory.rss / 1_048_576),
    "heap MB": Math.round(memory.heapUsed / 104_857.6) / 10,
    "outside MB": Math.round(memory.external / 104_857.6) / 10,
  };
}

/** The server's memory after a garbage collection. */
async function memoryWithoutGarbage(pid: number): Promise<NodeJS.MemoryUsage> {
  rmSync(memoryFile, { force: true });
  process.kill(pid, "SIGUSR2");
  for (let look = 0; look < 100; look++) {
    await sleep(100);
    try {
      return JSON.parse(readFileSync(memoryFile, "utf8")) as NodeJS.MemoryUsage;
    } catch {
      // Not there, or not complete, yet.
    }
  }
  throw new Error(`The server (${pid}) did not say what memory it holds.`);
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    // The descriptor was closed meanwhile.
    return "";
  }
}

const options = readOptions({ runs: 1_000, concurrency: 4 });
const folder = mkdtempSync(path.join(os.tmpdir(), "quicksand-soak-"));
const memoryFile = path.join(folder, "memory.json");
const server = await startServer({
  QUICKSAND_LANGUAGES: "python",
  QUICKSAND_BENCH_MEMORY_FILE: memoryFile,
  NODE_OPTIONS: `--require ${path.join(import.meta.dirname, "collect-garbage.cjs")}`,
});
try {
  const pid = serverPid(server.pid);
  const owner = readFileSync(path.join(server.dataDir, "instances", "owner"), "utf8");
  const rows: Record<string, string | number>[] = [];
  const look = async (when: string) => {
    await server.settled();
    rows.push({ "": when, ...(await holdings(pid, owner)) });
  };
  let wrong = 0;
  let done = 0;
  const run = async (runs: number) => {
    let left = runs;
    const worker = async () => {
      while (left-- > 0) {
        const result = await server.run({ language: "python", code: "print(2+2)" }).catch(() => null);
        if (result?.output.stdout !== "4\n") wrong++;
      }
    };
    await Promise.all(Array.from({ length: options.concurrency }, worker));
    done += runs;
    await look(`after ${done} runs`);
  };
  // During the first tenth code is compiled and caches fill; what grows after that is a leak.
  await run(Math.ceil(options.runs / 10));
  for (let part = 0; part < PARTS; part++) await run(Math.ceil(options.runs / PARTS));
  printTable(`Soak: ${done} runs, ${options.concurrency} at once, ${wrong} wrong or failed`, rows);
  writeJson(options.json, "soak", { rows, wrong });
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
