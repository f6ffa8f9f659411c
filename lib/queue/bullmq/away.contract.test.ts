import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import pino from "pino";
import { AppError } from "../../errors";
import { createLog } from "../../log";
import { TcpProxy } from "../../system/testing/tcp-proxy";
import { QueueBench } from "../testing/queue-bench";
import { aJob, collect, done, eventually, out, pause, textOf } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { type OpenedRedisQueue, openRedisQueue } from ".";

/** What holds while Redis is away, and when it is back with what it had, or with nothing. */
async function opened(t: TestContext, options: { kept?: boolean } = {}) {
  const server = await RedisServer.start(options);
  const open = () => openRedisQueue({ url: server.url, limit: 10, log: createLog("silent") });
  const [web, worker] = [await open(), await open()];
  t.after(async () => {
    server.freeze(false);
    for (const each of [web, worker]) await each.close();
    await server.close();
  });
  return { server, web, worker };
}

function unavailable(error: unknown): boolean {
  assert.ok(error instanceof AppError, String(error));
  assert.equal(error.code, "queue_unavailable");
  assert.ok((error.retryAfterS ?? 0) >= 1);
  return true;
}

/** As accepting a run does it. */
async function add({ queue, channel }: OpenedRedisQueue, account = "somebody"): Promise<string> {
  const job = aJob({ account });
  channel.open(job.id);
  try {
    await queue.add(job);
  } catch (error) {
    channel.drop(job.id);
    throw error;
  }
  return job.id;
}

/** Nobody waits for it longer than a test does; how long it took is said. */
async function refusedSoon(t: TestContext, attempt: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  await assert.rejects(attempt(), unavailable);
  t.diagnostic(`refused after ${Math.round(performance.now() - from)} ms`);
}

for (const [how, away] of [
  ["is killed", (server: RedisServer) => server.kill()],
  ["does not answer", async (server: RedisServer) => server.freeze(true)],
] as const) {
  test(`while Redis ${how} nothing is accepted, nothing hangs, and it goes on when it is back`, async (t) => {
    const { server, web, worker } = await opened(t, { kept: true });
    const bench = new QueueBench({ ...worker, close: async () => {} });
    await bench.work(1);
    await away(server);
    await refusedSoon(t, () => add(web));
    await refusedSoon(t, () => web.queue.state());
    await refusedSoon(t, () => web.queue.knows(["x"]));
    assert.equal(await web.channel.read("x"), null);
    assert.equal(await web.channel.find("x"), null);
    await web.channel.send("x", { type: "cancel" });
    await assert.rejects(web.channel.send("x", { type: "end" }), unavailable);
    if (how === "is killed") await server.begin();
    else server.freeze(false);
    let id: string | null = null;
    await eventually("jobs are accepted", async () => {
      id = await add(web).catch(() => null);
      return id !== null;
    });
    await eventually("the worker takes it", () => bench.handled.some(({ job }) => job.id === id));
  });
}

test("what programs print while Redis is away is seen when it is back, once, and turns are given back", async (t) => {
  const { server, web, worker } = await opened(t, { kept: true });
  const bench = new QueueBench({ ...worker, close: async () => {} });
  await bench.work(1);
  const id = await add(web);
  const waiting = await add(web);
  const watched = collect(web.channel.watch(id, 0));
  const { end } = await bench.given({ ...aJob(), id });
  worker.channel.append(id, out("before\n"));
  await eventually("it is written", async () => (await web.channel.read(id))?.length === 2);
  await server.kill();
  for (let line = 0; line < 5; line++) {
    worker.channel.append(id, out(`${line}\n`));
    await pause(30);
  }
  end();
  await pause(500);
  await server.begin();
  const events = await watched;
  assert.equal(textOf(events), "before\n0\n1\n2\n3\n4\n");
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + 1),
  );
  assert.deepEqual(events.at(-1)?.event, done(id));
  (await bench.given({ ...aJob(), id: waiting })).end();
  await eventually("no turn is left", async () => (await web.queue.state()).running === 0);
});

test("a Redis that began anew has forgotten what waited, which is told; what runs goes on and is seen to its end", async (t) => {
  const { server, web, worker } = await opened(t);
  const bench = new QueueBench({ ...worker, close: async () => {} });
  await bench.work(1);
  const id = await add(web);
  const waiting = await add(web);
  const watched = collect(web.channel.watch(id, 0));
  const lost = collect(web.channel.watch(waiting, 0));
  const { end } = await bench.given({ ...aJob(), id });
  worker.channel.append(id, out("before\n"));
  await eventually("it is written", async () => (await web.channel.read(id))?.length === 2);
  await server.kill();
  await pause(200);
  await server.begin();
  await eventually("it is known again", async () => (await web.channel.read(id).catch(() => null)) !== null);
  assert.deepEqual(await web.queue.knows([id, waiting]), new Set([id, waiting]), "nobody can tell yet");
  worker.channel.append(id, out("after\n"));
  await eventually(
    "only what runs is known",
    async () => {
      const known = await web.queue.knows([id, waiting]);
      return known.has(id) && !known.has(waiting);
    },
    20_000,
  );
  const next = await add(web);
  await pause(100);
  assert.ok(!bench.handled.some(({ job }) => job.id === next), "its turn is held still");
  end();
  assert.equal(textOf(await watched), "before\nafter\n");
  assert.deepEqual((await lost).at(-1)?.event.type, "queued", "its watchers are let go");
  await bench.given({ ...aJob(), id: next });
});

test("a Redis that takes more than half a second for each thing is reached all the same, and what is accepted there is done", async (t) => {
  const server = await RedisServer.start();
  const slow = await TcpProxy.to(Number(new URL(server.url).port));
  slow.delay(600);
  const log = createLog("silent");
  const open = (url: string) => openRedisQueue({ url, limit: 10, log });
  const [worker, web] = [await open(`redis://127.0.0.1:${slow.port}`), await open(server.url)];
  const bench = new QueueBench({ ...worker, close: async () => {} });
  const work = bench.work(1);
  t.after(async () => {
    slow.delay(0);
    await Promise.allSettled([worker.close(), web.close()]);
    await slow.stop();
    await server.close();
  });
  await eventually("it answers", () => worker.queue.state().then(Boolean, () => false), 60_000);
  await work;
  const id = await add(web);
  await eventually("the worker takes it", () => bench.handled.some(({ job }) => job.id === id), 60_000);
});

test("what is said of a Redis that refuses holds no password", async (t) => {
  const server = await RedisServer.start({ password: "correct horse" });
  t.after(() => server.close());
  const url = server.url.replace("//", "//default:wrong%20horse@");
  const said: string[] = [];
  const log = pino({ level: "warn" }, { write: (text: string) => said.push(text) });
  const refused = await openRedisQueue({ url, limit: 1, log });
  const error: unknown = await add(refused).catch((problem: unknown) => problem);
  assert.ok(error instanceof AppError && error.code === "queue_unavailable");
  await refused.close();
  const everything = `${said.join("")} ${String(error)} ${JSON.stringify(error)} ${String(error.cause)}`;
  assert.match(everything, /WRONGPASS|Redis cannot be reached/);
  assert.equal(
    said.filter((line) => line.includes("WRONGPASS")).length,
    1,
    "said once, and tried all the time",
  );
  assert.doesNotMatch(everything, /wrong.{1,3}horse/);
  const right = await openRedisQueue({
    ...{ url: server.url.replace("//", "//:correct%20horse@") },
    limit: 1,
    log,
  });
  await add(right);
  await right.close();
});
