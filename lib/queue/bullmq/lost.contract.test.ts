import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { createLog } from "../../log";
import type { RunJob } from "..";
import { aJob, collect, eventually, textOf } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { WorkerProcess } from "../testing/worker-process";
import { type OpenedRedisQueue, openRedisQueue } from ".";
import { OPEN } from "./channel-scripts";
import { Link } from "./link";
import { ADD } from "./room-scripts";

/** What happens to runs whose worker, or web process, is no more. Workers are real processes, which are killed. */
let server: RedisServer;
before(async () => {
  server = await RedisServer.start();
});
after(() => server.close());

let prefixes = 0;

interface Site {
  prefix: string;
  web: OpenedRedisQueue;
  other: OpenedRedisQueue;
  worker(turns: number): Promise<WorkerProcess>;
  add(code: string, job?: Partial<RunJob>): Promise<string>;
}

async function site(t: TestContext): Promise<Site> {
  const prefix = `lost ${++prefixes}`;
  const open = () => openRedisQueue({ url: server.url, limit: 100, log: createLog("warn"), prefix });
  const [web, other] = [await open(), await open()];
  const workers: WorkerProcess[] = [];
  t.after(async () => {
    for (const worker of workers) await worker.end("SIGKILL");
    await web.close();
    await other.close();
  });
  return {
    prefix,
    web,
    other,
    async worker(turns) {
      const worker = await WorkerProcess.start(server.url, prefix, turns);
      workers.push(worker);
      return worker;
    },
    async add(code, more = {}) {
      const plain = aJob(more);
      const job = { ...plain, request: { ...plain.request, code } };
      web.channel.open(job.id, { mode: "interactive", hasTests: false, signals: true, usage: job.usage });
      await web.queue.add(job);
      return job.id;
    },
  };
}

test("a worker that is killed is noticed within 10 s, and its job done by another, whose watchers begin anew", async (t) => {
  const { web, other, worker, add } = await site(t);
  const one = await worker(1);
  const id = await add("wait");
  await one.says(`begun ${id} 1 false`);
  const watched = collect(web.channel.watch(id, 0));
  const atOther = collect(other.channel.watch(id, 0));
  const two = await worker(1);
  await eventually("it has printed", async () => ((await web.channel.read(id)) ?? []).length >= 3);
  const killedAt = performance.now();
  await one.end("SIGKILL");
  await two.says(`begun ${id} 2 false`);
  const noticedMs = performance.now() - killedAt;
  t.diagnostic(`given to another worker after ${Math.round(noticedMs)} ms`);
  await eventually("it has printed again", async () => ((await web.channel.read(id)) ?? []).length >= 3);
  await web.channel.send(id, { type: "cancel" });
  const events = await watched;
  assert.deepEqual(await atOther, events);
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + 1),
  );
  const again = events.findIndex(({ event }) => event.type === "queued" && event.attempt === 2);
  assert.equal(textOf(events.slice(0, again)), "try 1\n");
  assert.equal(textOf(events.slice(again)), "try 2\n");
  // Whoever comes later sees the second try only.
  assert.deepEqual(await collect(other.channel.watch(id, 0)), events.slice(again));
  await eventually("no turn is left", async () => (await web.queue.state()).running === 0);
});

test("a job that loses a second worker is handed out once more, without a turn, to be recorded", async (t) => {
  const { web, worker, add } = await site(t);
  const one = await worker(1);
  const id = await add("wait");
  await one.says(`begun ${id} 1 false`);
  const two = await worker(1);
  await one.end("SIGKILL");
  await two.says(`begun ${id} 2 false`);
  const three = await worker(1);
  await two.end("SIGKILL");
  await three.says(`begun ${id} 3 false`);
  await three.says(`ended ${id} 3`);
  await eventually("no turn is left", async () => (await web.queue.state()).running === 0);
  await eventually(
    "its end is nobody's to record",
    async () => (await web.queue.knows([id])).size === 0,
    30_000,
  );
});

test("what was said to the program of a lost worker is known to the next one", async (t) => {
  const { web, worker, add } = await site(t);
  const one = await worker(1);
  const id = await add("echo");
  await web.channel.send(id, { type: "input", text: "hello\n" });
  await eventually("it answers", async () =>
    ((await web.channel.read(id)) ?? []).some(
      (event) => event.type === "stdout" && event.text.includes("hello"),
    ),
  );
  const two = await worker(1);
  await one.end("SIGKILL");
  await two.says(`begun ${id} 2 true`);
});

test("a worker that drains ends what it has, and leaves what it has not begun to another", async (t) => {
  const { web, worker, add } = await site(t);
  const one = await worker(1);
  const first = await add("sleep 1000");
  const second = await add("print");
  await one.says(`begun ${first} 1 false`);
  const ended = one.end("SIGTERM");
  const two = await worker(1);
  await ended;
  assert.ok(one.said.includes(`ended ${first} 1`));
  assert.ok(!one.said.some((line) => line.includes(second)));
  await two.says(`ended ${second} 1`);
  await eventually("no turn is left", async () => (await web.queue.state()).running === 0);
});

test("the process that accepted a run is gone: it is seen, told and ended from another", async (t) => {
  const { web, other, worker, add } = await site(t);
  const one = await worker(1);
  const id = await add("echo");
  await one.says(`begun ${id} 1 false`);
  await web.close();
  assert.deepEqual(await other.channel.find(id), {
    ...{ mode: "interactive", hasTests: false, signals: true },
    usage: aJob().usage,
  });
  const events = collect(other.channel.watch(id, 1));
  await other.channel.send(id, { type: "input", text: "end\n" });
  assert.equal(textOf(await events), "try 1\nend\n");
});

test("a follower at any process keeps a run; when none is left anywhere it is cancelled", async (t) => {
  const { web, other, worker, add } = await site(t);
  const one = await worker(1);
  const id = await add("wait");
  await one.says(`begun ${id} 1 false`);
  const here = web.channel.follow(id);
  web.channel.endUnfollowed(id, 300);
  const elsewhere = other.channel.follow(id);
  // Both are counted before one leaves.
  await other.channel.find(id);
  here();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  assert.ok(!one.said.some((line) => line.startsWith("ended")));
  elsewhere();
  await one.says(`ended ${id} 1`);
});

test("a worker that was stopped for long and goes on ends its job without recording it", async (t) => {
  const { web, worker, add } = await site(t);
  const one = await worker(1);
  const id = await add("wait");
  await one.says(`begun ${id} 1 false`);
  const two = await worker(1);
  one.freeze(true);
  await two.says(`begun ${id} 2 false`);
  one.freeze(false);
  await one.says(`taken ${id}`);
  await web.channel.send(id, { type: "cancel" });
  await two.says(`ended ${id} 2`);
  // A worker says that it has ended before its last event is written.
  const types = (await collect(web.channel.watch(id, 0))).map(({ event }) => event.type);
  assert.equal(types.at(-1), "done");
  assert.equal(types.filter((type) => type === "done").length, 1);
});

test("a web process that dies between giving a turn and handing the job to BullMQ loses neither", async (t) => {
  const { web, worker, prefix } = await site(t);
  const one = await worker(1);
  // The first half of what \`add\` does.
  const link = new Link({ url: server.url, prefix, log: createLog("warn") });
  link.register(OPEN, ADD);
  await link.open();
  const job = aJob();
  await link.run(OPEN, job.id, link.process, "");
  const said = [job.id, JSON.stringify(job), job.group, job.account, 10, job.account, job.parallel];
  assert.deepEqual(await link.run(ADD, ...said), ["ok", 0, "turn", job.id]);
  await link.close();
  const from = performance.now();
  await one.says(`ended ${job.id} 1`);
  t.diagnostic(`handed by another process after ${Math.round(performance.now() - from)} ms`);
  await eventually("no turn is left", async () => (await web.queue.state()).running === 0);
});
