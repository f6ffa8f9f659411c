import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { Redis } from "ioredis";
import { createLog } from "../../log";
import { TcpProxy } from "../../system/testing/tcp-proxy";
import { QueueBench } from "../testing/queue-bench";
import { aJob, collect, done, eventually, out, textOf } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { openRedisQueue } from ".";
import { OPEN } from "./channel-scripts";
import { Link } from "./link";
import { ADD, BEGIN, LEAVE } from "./room-scripts";

/** What workers and Redis tell one another of the same run, when either has missed something. */
let server: RedisServer;
before(async () => {
  server = await RedisServer.start();
});
after(() => server.close());

let prefixes = 0;

async function site(t: TestContext) {
  const prefix = `restored ${++prefixes}`;
  const redis = new Redis(server.url);
  const toRedis = await TcpProxy.to(Number(new URL(server.url).port));
  const closes: (() => Promise<void>)[] = [];
  const open = async (url = server.url) => {
    const ports = await openRedisQueue({ url, limit: 100, log: createLog("silent"), prefix });
    closes.push(ports.close);
    return ports;
  };
  t.after(async () => {
    for (const close of closes) await close();
    redis.disconnect();
    await toRedis.stop();
  });
  return {
    ...{ prefix, redis, toRedis, open },
    behindProxy: () => open(`redis://127.0.0.1:${toRedis.port}`),
    key: (name: string) => `${prefix}:${name}`,
    /** Every process connects anew. */
    async breakConnections() {
      await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      await redis.call("CLIENT", "KILL", "TYPE", "pubsub");
    },
  };
}

test("a Redis that is back without its last second is told who has a run, and its numbers go on", async (t) => {
  const { redis, open, key, breakConnections } = await site(t);
  const bench = new QueueBench(await open());
  await bench.work(1);
  const { channel } = bench.ports;
  const job = await bench.add();
  const { signal, end } = await bench.given(job);
  const run = key(`run:${job.id}`);
  channel.append(job.id, out("before\n"));
  await eventually("it is written", async () => (await redis.hget(run, "seq")) === "2");
  const worker = await redis.hget(run, "worker");
  assert.ok(worker);
  // As before its begin, with its turn and its place in BullMQ.
  await redis.hdel(run, "worker", "tries", "begun");
  await redis.hset(run, "seq", "1");
  await redis.xdel(key(`events:${job.id}`), "0-2", "2-0");
  await breakConnections();
  await eventually("it is told again", async () => (await redis.hget(run, "worker")) === worker);
  assert.deepEqual(await redis.hmget(run, "tries", "seq"), ["1", "2"]);
  const other = new QueueBench(await open());
  await other.work(1);
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  assert.deepEqual([other.handled.length, signal.aborted], [0, false]);
  channel.append(job.id, out("after\n"));
  end();
  await eventually("it has ended", async () => (await redis.hget(run, "seq")) === "4");
  await bench.settles(0, 0);
});

test("a run that Redis has forgotten, and whose turn it has not, takes no second one", async (t) => {
  const { redis, open, key, breakConnections } = await site(t);
  const bench = new QueueBench(await open());
  await bench.work(2);
  const job = await bench.add();
  const { end } = await bench.given(job);
  await redis.del(key(`run:${job.id}`));
  await breakConnections();
  await eventually("it is told", async () => (await redis.hget(key(`run:${job.id}`), "job")) !== null);
  assert.equal(await redis.hget(key("held"), job.account), "1");
  end();
  await bench.settles(0, 0);
  assert.equal(await redis.hlen(key("held")), 0);
});

test("turns that are counted and that nobody holds are counted anew", async (t) => {
  const { redis, open, key } = await site(t);
  const bench = new QueueBench(await open());
  await bench.work(2);
  await redis.hset(key("held"), "somebody", 3);
  const job = await bench.add({ account: "somebody", parallel: 1 });
  (await bench.given(job)).end();
  await bench.settles(0, 0);
});

test("what was said of an earlier try does not end a later one at the same worker", async (t) => {
  const { prefix, redis, key } = await site(t);
  const link = new Link({ url: server.url, prefix, log: createLog("silent") });
  link.register(OPEN, ADD, BEGIN, LEAVE);
  await link.open();
  t.after(() => link.close());
  const { id, account, group } = aJob();
  await link.run(OPEN, id, link.process, "");
  await redis.set(key("capacity"), 1);
  await link.run(ADD, id, "{}", group, account, 100, account, 1);
  await link.run(BEGIN, id, link.process, 0, 1);
  // Another has had it in between, and was lost.
  await redis.hset(key(`run:${id}`), "worker", "lost", "tries", 2);
  await redis.set(key("steady"), 0);
  await link.run(BEGIN, id, link.process, 0, 2);
  assert.equal(await redis.hget(key(`run:${id}`), "tries"), "3");
  await redis.hset(key("turn"), id, "held");
  assert.deepEqual(await link.run(LEAVE, id, link.process, 1, 1, 1), [0]);
  assert.equal(await redis.hexists(key(`run:${id}`), "job"), 1);
  await redis.hdel(key("turn"), id);
  await link.run(LEAVE, id, link.process, 3, 1, 1);
  assert.equal(await redis.hexists(key(`run:${id}`), "job"), 0);
});

test("a worker that stops while it is being given a run leaves it to another, as the first try", async (t) => {
  const { redis, toRedis, open, behindProxy, key } = await site(t);
  const stopping = await behindProxy();
  const bench = new QueueBench(stopping);
  await bench.work(1);
  const web = await open();
  toRedis.delay(500);
  const job = aJob();
  web.channel.open(job.id);
  await web.queue.add(job);
  const watched = collect(web.channel.watch(job.id, 0));
  await eventually("it is on its way", async () => (await redis.llen(key("bull:turn:active"))) === 1);
  await stopping.queue.close({ graceMs: 5_000, interruptMs: 1_000 });
  assert.equal(bench.handled.length, 0);
  toRedis.delay(0);
  const other = await open();
  const tries: number[] = [];
  await other.queue.work(
    async (each, _signal, release, attempt) => {
      tries.push(attempt.number);
      other.channel.append(each.id, out("done\n"));
      other.channel.append(each.id, done(each.id));
      release();
    },
    { concurrency: 1 },
  );
  assert.equal(textOf(await watched), "done\n");
  assert.deepEqual(tries, [1]);
});
