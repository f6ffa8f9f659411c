import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "../../log";
import { done, out } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { APPEND, OPEN } from "./channel-scripts";
import { Link } from "./link";

test("events of a try are taken from the process that has the job, each once", async (t) => {
  const server = await RedisServer.start();
  const link = new Link({ url: server.url, prefix: "append", log: createLog("warn") });
  t.after(async () => {
    await link.close();
    await server.close();
  });
  link.register(OPEN, APPEND);
  await link.open();
  await link.run(OPEN, "run", "web", "");
  const append = (writer: string, before: number, attempt: number, last: 0 | 1, ...events: object[]) =>
    link.run(
      ...([APPEND, "run", writer, before, attempt, last, 0, 60_000, 1_000] as const),
      ...events.map((event) => JSON.stringify(event)),
    );
  await link.ask((redis) => redis.hset("append:run:run", "worker", "one", "tries", "1"));
  assert.equal(await append("one.1", 0, 1, 0, out("a")), 1);
  assert.equal(
    await append("one.1", 0, 1, 0, out("a"), out("b")),
    2,
    "what was not answered is not added twice",
  );
  assert.equal(
    await append("two.1", 0, 1, 0, out("x")),
    -2,
    "the job is another's, though the try has the number",
  );
  await link.ask((redis) => redis.hset("append:run:run", "worker", "one", "tries", "3"));
  assert.equal(await append("one.1", 2, 1, 1, done("run")), -2, "a try before the last one");
  assert.equal(await append("one.2", 0, 3, 1, done("run")), 3, "a further try at the same process");
  assert.equal(await append("one.2", 0, 3, 1, done("run")), -1, "it has ended");
});
