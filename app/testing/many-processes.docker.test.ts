/** Web processes and workers as they are deployed: real processes, a real Redis, MongoDB's protocol, and real programs in Docker. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { WebSocket } from "ws";
import { createLog } from "../../lib/log";
import { openRedisQueue } from "../../lib/queue/bullmq";
import { eventually } from "../../lib/queue/testing/queue-fixture";
import { RedisServer } from "../../lib/queue/testing/redis-server";
import type { RunDetail } from "../../lib/schemas/history";
import type { RunEvent } from "../../lib/schemas/run";
import { type MongoServer, startMongoServer } from "../../lib/store/testing/mongo-server";
import { type Guest, WebProcess, WorkerProcess } from "./processes";

let mongo: MongoServer;
let redis: RedisServer;
let variables: Record<string, string>;
let observer: Awaited<ReturnType<typeof openRedisQueue>>;
let a: WebProcess;
let b: WebProcess;
const workers: WorkerProcess[] = [];
const guest: Guest = { cookie: "" };
/** Of all workers, as on one machine: those that live remove the containers of those that were killed. */
const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-workers-"));

before(async () => {
  [mongo, redis] = await Promise.all([startMongoServer(process.env, { own: true }), RedisServer.start()]);
  variables = { MONGODB_URI: mongo.uri, REDIS_URL: redis.url };
  observer = await openRedisQueue({ url: redis.url, limit: 200, log: createLog("silent") });
  [a, b] = await Promise.all([WebProcess.start(variables), WebProcess.start(variables)]);
});

after(async () => {
  await Promise.allSettled([a?.end(), b?.end(), ...workers.map((worker) => worker.end())]);
  await observer?.close();
  await Promise.allSettled([redis?.close(), mongo?.stop()]);
  rmSync(dataDir, { recursive: true, force: true });
});

async function startWorker(concurrency = 2): Promise<WorkerProcess> {
  const own = { QUICKSAND_CONCURRENCY: String(concurrency), QUICKSAND_DATA_DIR: dataDir };
  const worker = await WorkerProcess.start({ ...variables, ...own });
  workers.push(worker);
  await eventually("it is known", () => observer.fleet.workers().some(({ id }) => id === worker.id));
  return worker;
}

const program = (code: string, rest: object = {}) => ({ language: "python", code, ...rest });
/** Says that it began, and its end so many seconds later. */
const lasting = (seconds: number) =>
  program(`import time\nprint("begun", flush=True)\ntime.sleep(${seconds})\nprint("ended", flush=True)`);

/** Starts a run and leaves it; it goes on without its client. */
async function detached(web: WebProcess, body: object): Promise<string> {
  const answer = await web.ask(guest, "POST", "/api/editor/run?detach=1", body, {
    accept: "text/event-stream",
  });
  assert.equal(answer.status, 200, `${answer.status} ${answer.status === 200 ? "" : await answer.text()}`);
  for await (const { event } of eventsOf(answer)) if (event.type === "queued") return event.id;
  return assert.fail("the run had no first event");
}

/** The events of a stream as they come, with when that was. */
async function* eventsOf(answer: Response): AsyncGenerator<{ seq: number; event: RunEvent; atMs: number }> {
  let text = "";
  for await (const piece of answer.body ?? []) {
    text += Buffer.from(piece).toString("utf8");
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
      const [data, type] = [field("data"), field("event")];
      if (data === undefined) continue;
      const event = { type, ...JSON.parse(data) } as RunEvent;
      yield { seq: Number(field("id")), event, atMs: performance.now() };
    }
  }
}

async function watch(web: WebProcess, id: string, after = 0) {
  const headers = after === 0 ? {} : { "last-event-id": String(after) };
  return eventsOf(await web.ask(guest, "GET", `/api/runs/${id}/events`, undefined, headers));
}

async function seenAll(events: AsyncIterable<{ event: RunEvent }>): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for await (const { event } of events) seen.push(event);
  return seen;
}

const textIn = (events: readonly RunEvent[]) =>
  events.map((event) => (event.type === "stdout" ? event.text : "")).join("");

async function runAt(web: WebProcess, id: string): Promise<RunDetail> {
  return (await (await web.ask(guest, "GET", `/api/runs/${id}`)).json()) as RunDetail;
}

async function ended(web: WebProcess, id: string): Promise<RunDetail> {
  return (await (await web.ask(guest, "GET", `/api/runs/${id}?wait=30`)).json()) as RunDetail;
}

/** Waits until it has printed what it prints first. */
async function begun(web: WebProcess, id: string): Promise<void> {
  for await (const { event } of await watch(web, id)) if (event.type === "stdout") return;
  assert.fail("the run ended before it printed anything");
}

/** The worker that has a program. The last words of one that was killed are heard for ten seconds more, so its process has to be there. */
async function whoRuns(): Promise<WorkerProcess> {
  const found = () =>
    workers.find(
      (worker) =>
        worker.alive &&
        observer.fleet.workers().some(({ id, health }) => id === worker.id && health.running > 0),
    );
  await eventually("a worker says that it runs it", () => found() !== undefined);
  return found() ?? assert.fail("it has left meanwhile");
}

function figure(context: TestContext, what: string, sinceMs: number): void {
  context.diagnostic(`${what}: ${Math.round(performance.now() - sinceMs)} ms`);
}

test("without a worker a run is refused with what to do, and nobody is sent here", async () => {
  const refused = await a.ask(guest, "POST", "/api/editor/run", program("print(1)"));
  const { error } = (await refused.json()) as { error: { code: string; message: string } };
  assert.deepEqual([refused.status, error.code], [503, "docker_unavailable"]);
  assert.match(error.message, /npm run worker/);
  assert.equal((await b.ask(guest, "GET", "/api/health/ready")).status, 503);
  assert.equal((await b.ask(guest, "GET", "/api/health/live")).status, 200);
});

test("a run that A accepted is watched at B, resumed there, and read there when it has ended", async (context) => {
  const since = performance.now();
  await startWorker();
  figure(context, "a worker's start, to its notice seen elsewhere", since);
  await startWorker();
  assert.equal((await a.ask(guest, "GET", "/api/health/ready")).status, 200);
  const id = await detached(a, lasting(1));
  const events = await seenAll(await watch(b, id));
  assert.equal(textIn(events), "begun\nended\n");
  assert.equal(events.at(-1)?.type, "done");
  assert.deepEqual(await seenAll(await watch(b, id, 2)), events.slice(2));
  assert.equal((await runAt(b, id)).status, "success");
  const stranger: Guest = { cookie: "" };
  assert.equal((await b.ask(stranger, "GET", `/api/runs/${id}/events`)).status, 404);
});

test("the terminal of A's run is B's to open, and its input reaches the program", async () => {
  const id = await detached(
    a,
    program("name = input('who? ')\nprint('hello ' + name)", { mode: "terminal" }),
  );
  const socket = new WebSocket(`ws://127.0.0.1:${b.port}/api/runs/${id}/terminal`, {
    headers: { cookie: guest.cookie },
  });
  let shown = "";
  socket.on("message", (data: Buffer, isBinary) => {
    if (isBinary) shown += data.toString("utf8");
  });
  await eventually("the prompt is there", () => shown.includes("who? "));
  socket.send(Buffer.from("quicksand\r"));
  await eventually("the answer is there", () => shown.includes("hello quicksand"));
  assert.equal((await ended(a, id)).status, "success");
  socket.close();
});

test("A is killed: its run goes on, is watched at B, and is kept", async (context) => {
  const id = await detached(a, lasting(2));
  await begun(a, id);
  const since = performance.now();
  a.kill();
  assert.equal(textIn(await seenAll(await watch(b, id))), "begun\nended\n");
  figure(context, "from A's death to the run's end, of which it slept 2 s, seen at B", since);
  assert.equal((await runAt(b, id)).status, "success");
  await a.end();
  a = await WebProcess.start(variables);
});

test("a worker is killed in the middle of a run: another runs it anew, once, and its watcher is told", async (context) => {
  const id = await detached(a, lasting(3));
  const watching = await watch(b, id);
  await begun(a, id);
  const victim = await whoRuns();
  const since = performance.now();
  victim.kill();
  const seen: RunEvent[] = [];
  for await (const { event } of watching) {
    seen.push(event);
    if (event.type === "queued" && event.attempt !== undefined)
      figure(context, "from the worker's death to its run queued anew", since);
    if (event.type === "stdout" && seen.some((one) => one.type === "queued" && one.attempt !== undefined))
      figure(context, "from the worker's death to output of the second try", since);
  }
  const anew = seen.findIndex((event) => event.type === "queued" && event.attempt === 2);
  assert.ok(anew > 0, JSON.stringify(seen));
  assert.equal(textIn(seen.slice(anew)), "begun\nended\n");
  const kept = await runAt(b, id);
  assert.deepEqual([kept.status, kept.output?.stdout], ["success", "begun\nended\n"]);
  await eventually("the dead worker is gone", () => observer.fleet.workers().length === 1);
  figure(context, "from the worker's death to its being gone from health", since);
  await victim.end();
});

test("a worker is killed after its program was typed into: it is not run anew, and not counted", async () => {
  await startWorker();
  const used = async () =>
    ((await (await a.ask(guest, "GET", "/api/usage")).json()) as { used: number }).used;
  const before = await used();
  const code = "print(input('first? '), flush=True)\nprint(input('second? '), flush=True)";
  const id = await detached(a, program(code, { mode: "interactive" }));
  await a.ask(guest, "POST", `/api/runs/${id}/input`, { text: "typed\n", eof: false });
  for await (const { event } of await watch(a, id))
    if (event.type === "stdout" && /typed/.test(event.text)) break;
  const victim = await whoRuns();
  victim.kill();
  const kept = await ended(b, id);
  assert.equal(kept.status, "system_error");
  assert.match(kept.message ?? "", /typed into it/);
  assert.equal(await used(), before);
  await victim.end();
});

test("a worker that is told to stop lets its run end, gives no other any, and leaves with 0", async (context) => {
  await startWorker();
  const id = await detached(a, lasting(3));
  await begun(a, id);
  const leaving = await whoRuns();
  const since = performance.now();
  leaving.kill("SIGTERM");
  await eventually("it says that it drains", () =>
    observer.fleet.workers().some((worker) => worker.id === leaving.id && worker.draining),
  );
  figure(context, "from SIGTERM to `draining` seen elsewhere", since);
  const other = await ended(a, await detached(b, program("print(2)")));
  assert.equal(other.status, "success");
  assert.equal((await ended(b, id)).status, "success");
  assert.deepEqual(await leaving.exit, { code: 0, signal: null });
  figure(context, "from SIGTERM to the worker's exit, of which its run took about 3 s", since);
});

test("Redis ends: runs are refused soon and clearly, what runs ends and is kept; Redis back: all goes on", async (context) => {
  const id = await detached(a, lasting(3));
  await begun(a, id);
  await redis.kill();
  const since = performance.now();
  const refused = await a.ask(guest, "POST", "/api/editor/run", program("print(1)"));
  figure(context, "the refusal of a run while Redis is away", since);
  const { error } = (await refused.json()) as { error: { code: string } };
  assert.deepEqual([refused.status, error.code], [503, "queue_unavailable"]);
  const health = (await (await a.ask(guest, "GET", "/api/health")).json()) as {
    queue: { ok: boolean; kind: string };
    docker: { message: string };
  };
  assert.deepEqual([health.queue.ok, health.queue.kind], [false, "redis"]);
  assert.match(health.docker.message, /Nothing is known of the workers/);
  await eventually(
    "the run's end is kept although Redis is away",
    async () => (await runAt(b, id)).status === "success",
  );
  await redis.begin();
  const back = performance.now();
  await eventually("a run can be taken again", async () => {
    const answer = await b.ask(guest, "POST", "/api/editor/run", program("print(3)"));
    return answer.status === 200 && ((await answer.json()) as RunDetail).status === "success";
  });
  figure(context, "from Redis's return to a run's result", back);
});

// The suite of faults has it in every run.
if (process.env.QUICKSAND_TEST_ALL) {
  test("a run that waited in a Redis that came back empty is closed, and given back", async (context) => {
    for (const worker of workers) await worker.end();
    await startWorker(1);
    const used = async () =>
      ((await (await a.ask(guest, "GET", "/api/usage")).json()) as { used: number }).used;
    const before = await used();
    const first = await detached(a, lasting(4));
    await begun(a, first);
    const second = await detached(b, program("print(4)"));
    await redis.kill();
    await redis.begin();
    const since = performance.now();
    assert.equal((await ended(b, first)).status, "success");
    let lost = await ended(b, second);
    while (lost.status === "running") lost = await ended(b, second);
    figure(context, "from Redis's return to the lost run's end", since);
    assert.equal(lost.status, "system_error");
    assert.equal(await used(), before + 1);
  });
}

test("when the last worker has left, no container is left, of those that were killed neither", async () => {
  for (const worker of workers) await worker.end();
  const owner = readFileSync(path.join(dataDir, "instances", "owner"), "utf8").trim();
  const filter = `label=quicksand.owner=${owner}`;
  await eventually("all are gone", async () => {
    const { stdout } = await promisify(execFile)("docker", ["ps", "--all", "--quiet", "--filter", filter]);
    return stdout.trim() === "";
  });
});
