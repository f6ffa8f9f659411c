import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createLog } from "../../lib/log";
import type { Channel, Queue } from "../../lib/queue";
import { openRedisQueue } from "../../lib/queue/bullmq";
import { openMemoryQueue } from "../../lib/queue/memory";
import { aJob, done, out } from "../../lib/queue/testing/queue-fixture";
import { RedisServer } from "../../lib/queue/testing/redis-server";

/**
 * What a run costs in processor time on its way through queue and channel, beside its sandbox: add, take, five events, done, watched to the end. With
 * `JOBS` and `AT_ONCE` in the environment; it prints the figures for one process, and for a web process, a worker and Redis.
 */
const [, , role = "", url = ""] = process.argv;
const JOBS = Number(process.env.JOBS ?? 3_000);
const AT_ONCE = Number(process.env.AT_ONCE ?? 8);

async function work({ queue, channel }: { queue: Queue; channel: Channel }): Promise<void> {
  await queue.work(
    async (job, _signal, release) => {
      channel.append(job.id, { type: "stage", stage: "run" });
      for (let line = 0; line < 3; line++) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        channel.append(job.id, out(`line ${line}\n`));
      }
      release();
      channel.append(job.id, done(job.id));
    },
    { concurrency: AT_ONCE },
  );
}

/** Runs go in as others end; answers how long the fast and the slow ones took from `add` to the last event, in ms. */
async function drive(
  { queue, channel }: { queue: Queue; channel: Channel },
  jobs: number,
): Promise<number[]> {
  const took: number[] = [];
  let left = jobs;
  const one = async () => {
    while (left-- > 0) {
      const job = aJob({ account: `account ${left % 7}` });
      const from = performance.now();
      channel.open(job.id);
      const events = channel.watch(job.id, 0);
      await queue.add(job);
      for await (const _ of events);
      took.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return took.toSorted((a, b) => a - b);
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Of another process, by its clock of 10 ms. */
function cpuMsOf(pid: number): number {
  const stat = execFileSync("cat", [`/proc/${pid}/stat`], { encoding: "utf8" });
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return (user + system) * 10;
}

function tell(name: string, took: number[], elapsedMs: number, cpu: Record<string, number>): void {
  const at = (share: number) => took[Math.floor(took.length * share)]?.toFixed(1);
  const each = Object.entries(cpu).map(([who, ms]) => `${who} ${(ms / took.length).toFixed(2)}`);
  const total = Object.values(cpu).reduce((sum, ms) => sum + ms, 0) / took.length;
  console.log(
    `${name}: ${Math.round((took.length / elapsedMs) * 1_000)} jobs/s, median ${at(0.5)} ms, p95 ${at(0.95)} ms; CPU ms per job: ${each.join(", ")}, in all ${total.toFixed(2)}`,
  );
}

async function inMemory(): Promise<void> {
  const ports = openMemoryQueue({ limit: 1_000 });
  await work(ports);
  await drive(ports, 500);
  const [from, before] = [performance.now(), cpuMs()];
  const took = await drive(ports, JOBS);
  tell("one process", took, performance.now() - from, { process: cpuMs() - before });
}

async function onRedis(): Promise<void> {
  const server = await RedisServer.start({ kept: false });
  const worker = spawn(
    process.execPath,
    ["--import", "tsx", fileURLToPath(import.meta.url), "worker", server.url],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  await once(worker.stdout, "data");
  const ports = await openRedisQueue({ url: server.url, limit: 1_000, log: createLog("warn") });
  await drive(ports, 500);
  const pid = worker.pid ?? 0;
  const [from, web, redis, work] = [performance.now(), cpuMs(), cpuMsOf(server.pid), cpuMsOf(pid)];
  const took = await drive(ports, JOBS);
  const elapsedMs = performance.now() - from;
  const cpu = { web: cpuMs() - web, worker: cpuMsOf(pid) - work, redis: cpuMsOf(server.pid) - redis };
  tell("Redis", took, elapsedMs, cpu);
  worker.kill();
  await ports.close();
  await server.close();
}

async function main(): Promise<void> {
  if (role === "worker") {
    await work(await openRedisQueue({ url, limit: 1_000, log: createLog("warn") }));
    process.stdout.write("ready\n");
    return;
  }
  await inMemory();
  await onRedis();
  process.exit(0);
}

void main();
