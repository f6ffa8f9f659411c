import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Redis } from "ioredis";
import { createLog } from "../../log";
import { QueueBench } from "../testing/queue-bench";
import { aJob, collect, done, eventually, out, textOf } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { openRedisQueue } from ".";

/** What those who watch and follow runs see of a Redis that has forgotten some of what it knew of them, or all. */
async function opened(t: TestContext) {
  const server = await RedisServer.start();
  const open = () => openRedisQueue({ url: server.url, limit: 10, log: createLog("silent") });
  const [web, worker, redis] = [await open(), await open(), new Redis(server.url)];
  redis.on("error", () => {});
  t.after(async () => {
    redis.disconnect();
    for (const each of [web, worker]) await each.close();
    await server.close();
  });
  return { server, redis, web, worker };
}

test("a Redis that began anew is told again that a run is to end when nobody follows it", async (t) => {
  const { server, redis, web, worker } = await opened(t);
  const bench = new QueueBench({ ...worker, close: async () => {} });
  await bench.work(1);
  const job = aJob();
  const { id } = job;
  web.channel.open(id);
  await web.queue.add(job);
  const { signal, end } = await bench.given(job);
  const leave = web.channel.follow(id);
  web.channel.endUnfollowed(id, 200);
  await web.channel.read(id);
  await server.kill();
  await server.begin();
  const followers = () => redis.hget(`quicksand:run:${id}`, "followers");
  await eventually("its follower is counted", async () => ((await followers()) ?? "") !== "");
  leave();
  await eventually("it is cancelled", () => signal.aborted);
  end();
});

test("a Redis that comes back with a little less goes on after what was seen, and watchers see the end", async (t) => {
  const { redis, web, worker } = await opened(t);
  const id = "set-back";
  web.channel.open(id);
  const watched = collect(web.channel.watch(id, 0));
  await web.channel.read(id);
  const texts = ["a", "b", "c"];
  for (const [index, text] of texts.entries()) {
    worker.channel.append(id, out(text));
    await eventually(`${text} is written`, async () => (await web.channel.read(id))?.length === index + 1);
  }
  // As it was after the first event.
  const [stream, run] = [`quicksand:events:${id}`, `quicksand:run:${id}`];
  const [first] = await redis.xrange(stream, "1", "1");
  await redis.del(stream);
  await redis.xadd(stream, "1", ...(first?.[1] ?? []));
  await redis.hset(run, "seq", "1");
  await redis.call("CLIENT", "KILL", "TYPE", "pubsub");
  await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  await eventually("it knows what was seen", async () => (await redis.hget(run, "seq")) === "3");
  worker.channel.append(id, done(id));
  const events = await watched;
  assert.equal(textOf(events), "abc");
  assert.deepEqual(
    events.map(({ seq }) => seq),
    [1, 2, 3, 4],
  );
  // Whoever comes later sees what there is.
  assert.deepEqual(
    (await collect(worker.channel.watch(id, 0))).map(({ seq }) => seq),
    [1, 4],
  );
});
