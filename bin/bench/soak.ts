import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { connectDocker } from "../../lib/sandbox/images";
import { OWNER_LABEL } from "../../lib/sandbox/labels";
import { printTable, writeJson } from "./figures";
import { serverPid } from "./memory";
import { readOptions } from "./options";
import { startServer } from "./server";

const docker = connectDocker(process.env.DOCKER_HOST);

/** What a leak would show in: of this server alone, but for volumes, which have no owner. */
async function holdings(pid: number, owner: string) {
  const label = [`${OWNER_LABEL}=${owner}`];
  const containers = await docker.listContainers({ all: true, filters: { label } });
  const volumes = await docker.listVolumes();
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const descriptors = readdirSync(`/proc/${pid}/fd`).map((fd) => target(`/proc/${pid}/fd/${fd}`));
  return {
    containers: containers.length,
    volumes: volumes.Volumes?.length ?? 0,
    descriptors: descriptors.length,
    sockets: descriptors.filter((name) => name.startsWith("socket:")).length,
    "RSS MB": Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024),
  };
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    // It was closed while we looked.
    return "";
  }
}

const options = readOptions({ runs: 1_000, concurrency: 4 });
const server = await startServer({ QUICKSAND_LANGUAGES: "python" });
try {
  const pid = serverPid(server.pid);
  const owner = readFileSync(path.join(server.dataDir, "instances", "owner"), "utf8");
  const rows: Record<string, string | number>[] = [];
  const look = async (when: string) => {
    await server.settled();
    rows.push({ "": when, ...(await holdings(pid, owner)) });
  };
  let left = options.runs;
  let wrong = 0;
  const worker = async () => {
    while (left-- > 0) {
      const run = await server.run({ language: "python", code: "print(2+2)" }).catch(() => null);
      if (run?.output.stdout !== "4\n") wrong++;
    }
  };
  // A first tenth lets caches fill; what grows after it is a leak.
  left = Math.ceil(options.runs / 10);
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  await look(`after ${Math.ceil(options.runs / 10)} runs`);
  left = options.runs;
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  await look(`after ${options.runs} more`);
  printTable(`Soak: ${options.runs} runs, ${options.concurrency} at once, ${wrong} wrong or failed`, rows);
  writeJson(options.json, "soak", { rows, wrong });
} finally {
  await server.close();
}
