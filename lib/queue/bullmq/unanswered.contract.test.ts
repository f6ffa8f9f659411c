import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { createLog } from "../../log";
import { TcpProxy } from "../../system/testing/tcp-proxy";
import { aJob, collect, eventually, textOf } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { WorkerProcess } from "../testing/worker-process";
import { openRedisQueue } from ".";
import { BEGIN, LEAVE } from "./room-scripts";

/** What happens to runs of which Redis was told something, and whoever told it was never answered. */
let server: RedisServer;
before(async () => {
  server = await RedisServer.start();
});
after(() => server.close());

let prefixes = 0;

/** A worker whose way to Redis can be stopped, and others. */
async function site(t: TestContext) {
  const prefix = `unanswered ${++prefixes}`;
  const toRedis = await TcpProxy.to(Number(new URL(server.url).port));
  const web = await openRedisQueue({ url: server.url, limit: 100, log: createLog("warn"), prefix });
  const workers: WorkerProcess[] = [];
  t.after(async () => {
    for (const worker of workers) await worker.end("SIGKILL");
    await web.close();
    await toRedis.stop();
  });
  const worker = async (url: string) => {
    const started = await WorkerProcess.start(url, prefix, 1);
    workers.push(started);
    return started;
  };
  return {
    web,
    toRedis,
    behindProxy: () => worker(`redis://127.0.0.1:${toRedis.port}`),
    another: () => worker(server.url),
    async add(code: string) {
      const plain = aJob();
      web.channel.open(plain.id);
      await web.queue.add({ ...plain, request: { ...plain.request, code } });
      return plain.id;
    },
    noTurnIsLeft: () =>
      eventually("no turn is left", async () => (await web.queue.state()).running === 0, 30_000),
  };
}

test("a run whose begin was done and never answered is begun by whoever is given it next, as the first try", async (t) => {
  const { web, toRedis, behindProxy, another, add, noTurnIsLeft } = await site(t);
  const one = await behindProxy();
  const { met } = toRedis.stopAt(new RegExp(BEGIN.sha), "after");
  const id = await add("print");
  await met;
  const two = await another();
  const ended = () => [one, two].filter(({ said }) => said.includes(`ended ${id} 1`));
  await eventually("it has ended", () => ended().length > 0, 60_000);
  assert.equal(ended().length, 1);
  const events = await collect(web.channel.watch(id, 0));
  assert.equal(textOf(events), "try 1\n");
  await noTurnIsLeft();
});

test("a worker that is alone, and was not answered as it began a run, begins the same try", async (t) => {
  const { web, toRedis, behindProxy, add, noTurnIsLeft } = await site(t);
  const one = await behindProxy();
  const { met } = toRedis.stopAt(new RegExp(BEGIN.sha), "after");
  const id = await add("print");
  await met;
  await one.says(`ended ${id} 1`, 60_000);
  assert.equal(textOf(await collect(web.channel.watch(id, 0))), "try 1\n");
  await noTurnIsLeft();
});

test("a turn whose giving back was never answered is given back, and its run is done once", async (t) => {
  const { toRedis, behindProxy, another, add, noTurnIsLeft } = await site(t);
  const one = await behindProxy();
  const { met } = toRedis.stopAt(new RegExp(LEAVE.sha), "before");
  const id = await add("print");
  await met;
  const two = await another();
  await noTurnIsLeft();
  const next = await add("print");
  await eventually("the next is done", () => [one, two].some(({ said }) => said.includes(`ended ${next} 1`)));
  assert.equal([...one.said, ...two.said].filter((line) => line.startsWith(`begun ${id}`)).length, 1);
});
