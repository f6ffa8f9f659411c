import { readdirSync, readFileSync } from "node:fs";
import { connectDocker } from "../../lib/sandbox/images";
import { PRODUCT_LABEL } from "../../lib/sandbox/labels";
import { printTable, writeJson } from "./figures";
import { serverPid } from "./memory";
import { readOptions } from "./options";
import { startServer } from "./server";

const docker = connectDocker(process.env.DOCKER_HOST);

/** What a leak would show in. */
async function holdings(pid: number) {
  const containers = await docker.listContainers({ all: true, filters: { label: [PRODUCT_LABEL] } });
  const volumes = await docker.listVolumes();
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return {
    containers: containers.length,
    volumes: volumes.Volumes?.length ?? 0,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    sockets: readFileSync("/proc/net/unix", "utf8").split("\n").length,
    "RSS MB": Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024),
  };
}

const options = readOptions({ runs: 1_000, concurrency: 4 });
const server = await startServer({ QUICKSAND_LANGUAGES: "python" });
try {
  const pid = serverPid(server.pid);
  const rows: Record<string, string | number>[] = [];
  const look = async (when: string) => {
    await server.settled();
    rows.push({ "": when, ...(await holdings(pid)) });
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
