/** The image as docker-compose.yml runs it: web processes without Docker, two workers, and a run from outside. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { RedisServer } from "../../lib/queue/testing/redis-server";
import { type MongoServer, startMongoServer } from "../../lib/store/testing/mongo-server";
import { buildAppImage } from "./app-image";
import { Composed } from "./composed";

/** A tag of the tests' own: the operator's image keeps its name. */
const IMAGE = "quicksand-test:app";
const MAX_BYTES = 300_000_000;
const PASSWORD = "of-the-test";

let mongo: MongoServer | undefined;
let redis: RedisServer | undefined;
let composed: Composed;
let bytes = 0;
let buildMs = 0;

before(async () => {
  const since = performance.now();
  ({ bytes } = await buildAppImage(IMAGE, process.env));
  buildMs = Math.round(performance.now() - since);
  [mongo, redis] = await Promise.all([
    startMongoServer(process.env, { own: true }),
    RedisServer.start({ password: PASSWORD }),
  ]);
  const address = new URL(mongo.uri);
  composed = await Composed.start({
    image: IMAGE,
    mongo: { port: Number(address.port), rest: `${address.pathname.slice(1)}${address.search}` },
    redis: { port: Number(new URL(redis.url).port), password: PASSWORD },
    workers: 2,
    settings: { QUICKSAND_LANGUAGES: "python", QUICKSAND_WARM: "1" },
  });
});

after(async () => {
  await composed?.close();
  await Promise.allSettled([mongo?.stop(), redis?.close()]);
});

/** Runs Python as a guest; resolves with the whole stream of its events. */
async function runProgram(code: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${composed.port}/api/editor/run`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ language: "python", code }),
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return text;
}

async function onlyWeb(): Promise<string> {
  const [web, ...more] = await composed.containers("web");
  assert.ok(web && more.length === 0);
  return web;
}

test("the image has less than 300 MB", (t) => {
  t.diagnostic(`${Math.round(bytes / 1e6)} MB; built or found in the cache in ${buildMs} ms`);
  assert.ok(bytes < MAX_BYTES, `${bytes} bytes`);
});

test("web process and two workers say that they are well, and a program is run from outside", async (t) => {
  const since = performance.now();
  const [web, workers] = [await onlyWeb(), await composed.containers("worker")];
  assert.equal(workers.length, 2);
  await Promise.all([web, ...workers].map((id) => composed.healthy(id)));
  t.diagnostic(`healthy ${Math.round(performance.now() - since)} ms after docker-compose up`);
  assert.match(await runProgram("print(6 * 7)"), /"text":"42\\n"/);
  const ready = await fetch(`http://127.0.0.1:${composed.port}/api/health/ready`);
  assert.equal(ready.status, 200);
});

test("nobody in a container is root, has capabilities, may gain any, or may write the program", async () => {
  for (const id of [await onlyWeb(), ...(await composed.containers("worker"))]) {
    const status = await composed.exec(id, "cat", "/proc/1/status");
    const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, "m").exec(status)?.[1];
    assert.equal(field("Uid"), "10001");
    for (const set of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"])
      assert.match(field(set) ?? "", /^0+$/, set);
    assert.equal(field("NoNewPrivs"), "1");
    for (const file of ["/app/server.js", "/app/new", "/etc/new", "/usr/bin/new"])
      assert.equal(await composed.execSucceeds(id, "sh", "-c", `: >> ${file}`), false, file);
    assert.equal(await composed.execSucceeds(id, "sh", "-c", ": > /tmp/new && : > /data/new"), true);
  }
});

/** Resolves with whether a container reaches an address within 2 s. */
function reaches(id: string, host: string, port: number): Promise<boolean> {
  const code =
    "const [host, port] = process.argv.slice(1);" +
    "const socket = require('node:net').connect(Number(port), host, () => process.exit(0));" +
    "socket.on('error', () => process.exit(1)); setTimeout(() => process.exit(1), 2000);";
  return composed.execSucceeds(id, "node", "-e", code, host, String(port));
}

test("only workers have Docker's socket, and they reach nothing but database and Redis", async () => {
  const web = await onlyWeb();
  assert.deepEqual((await composed.inspect(web)).Mounts, []);
  assert.equal(await composed.execSucceeds(web, "test", "-e", "/var/run/docker.sock"), false);
  const at = await composed.addresses(web);
  assert.deepEqual(Object.keys(at).sort(), ["database", "default", "queue"]);
  for (const worker of await composed.containers("worker")) {
    assert.equal(await composed.execSucceeds(worker, "test", "-S", "/var/run/docker.sock"), true);
    assert.doesNotMatch(await composed.exec(worker, "env"), /SECRET|SMTP/);
    assert.deepEqual(Object.keys(await composed.addresses(worker)).sort(), ["database", "queue"]);
    // The same port of the same container, in a network that they share and by one that leads out.
    assert.equal(await reaches(worker, at.database ?? "", 3000), true);
    assert.equal(await reaches(worker, at.default ?? "", 3000), false);
  }
});

test("told to stop, workers let a program end, and all end with 0", async (t) => {
  const [web, workers] = [await onlyWeb(), await composed.containers("worker")];
  const lasting = runProgram('import time\nprint("begun", flush=True)\ntime.sleep(4)\nprint("ended")');
  await begun();
  const ends = await Promise.all(workers.map((id) => composed.stop(id)));
  assert.match(await lasting, /"text":"ended\\n"/);
  const last = await composed.stop(web);
  t.diagnostic(`workers in ${ends.map(({ ms }) => ms).join(" and ")} ms, web process in ${last.ms} ms`);
  assert.deepEqual(
    [...ends, last].map(({ code }) => code),
    [0, 0, 0],
  );
  for (const id of [...workers, web]) assert.match(await composed.log(id), /"msg":"stopped"/);
});

/** Until a worker says that a program runs. */
async function begun(): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${composed.port}/api/health`);
    const { docker } = (await answer.json()) as { docker: { running: number } };
    if (docker.running > 0) return;
    await sleep(100);
  }
}
