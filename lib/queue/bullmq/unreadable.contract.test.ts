import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { Redis } from "ioredis";
import pino from "pino";
import { QueueBench } from "../testing/queue-bench";
import { aJob, eventually } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { openRedisQueue } from ".";
import { OPEN } from "./channel-scripts";
import { Link } from "./link";
import { ADD } from "./room-scripts";

/** What somebody else, or another version, has written into Redis ends no process. */
let server: RedisServer;
before(async () => {
  server = await RedisServer.start();
});
after(() => server.close());

let prefixes = 0;

/** A worker, and the way to Redis of whoever else can write there. What the worker logs is kept. */
async function site(t: TestContext) {
  const prefix = `unreadable ${++prefixes}`;
  const logged: string[] = [];
  const log = pino({ level: "error" }, { write: (text: string) => logged.push(text) });
  const ports = await openRedisQueue({ url: server.url, limit: 100, log, prefix });
  const link = new Link({ url: server.url, prefix, log });
  link.register(OPEN, ADD);
  await link.open();
  const bench = new QueueBench(ports);
  await bench.work(1);
  t.after(async () => {
    await link.close();
    await ports.close();
  });
  return {
    ...{ prefix, bench, logged, ports },
    async write(json: string) {
      const { id, group, account, parallel } = aJob();
      await link.run(OPEN, id, link.process, "");
      await link.run(ADD, id, json, group, account, 100, account, parallel);
      return id;
    },
  };
}

for (const [what, json] of [
  ["no JSON", "{"],
  ["a job without limits", JSON.stringify({ ...aJob(), limits: undefined })],
  ["the job of another run", JSON.stringify(aJob())],
] as const) {
  test(`${what} is given up and said in the log, and the next job is done`, async (t) => {
    const { bench, logged, ports, write } = await site(t);
    const id = await write(json);
    await eventually("it is said", () =>
      logged.some((line) => line.includes("cannot be read") && line.includes(id)),
    );
    await bench.settles(0, 0);
    const next = await bench.add();
    (await bench.given(next)).end();
    await bench.settles(0, 0);
    assert.deepEqual(
      bench.handled.map(({ job }) => job.id),
      [next.id],
    );
    await eventually("it is known to be lost", async () => !(await ports.queue.knows([id])).has(id), 20_000);
  });
}

test("a message that cannot be read is said in the log, and the next one is heard", async (t) => {
  const { prefix, bench, logged } = await site(t);
  const redis = new Redis(server.url);
  t.after(() => redis.disconnect());
  const watched = await bench.add();
  for (const message of ["", "n\nx\n{", "n", `e\n${watched.id}\n1\n[`, "q\n1\nx\n{", "z\n"]) {
    for (const channel of (await redis.pubsub("CHANNELS", `${prefix}:to:*`)) as string[]) {
      await redis.publish(channel, message);
    }
  }
  await eventually("it is said", () => logged.some((line) => line.includes("cannot be read")));
  (await bench.given(watched)).end();
  await bench.settles(0, 0);
});
