import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createLog } from "../../log";
import { PLANS } from "../../plans";
import { aNotice, fleetContract, type OpenedFleet } from "../contract/fleet.contract";
import type { LanguageCall } from "../fleet";
import { eventually } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { openRedisQueue } from ".";

let server: RedisServer;
before(async () => {
  server = await RedisServer.start();
});
after(() => server.close());

let fleets = 0;

const FORMAT: LanguageCall = {
  ...{ type: "format", language: "python", tabWidth: 4, code: "" },
  limits: { ...PLANS.guest.limits, attended: null },
};

async function open(processes: number): Promise<OpenedFleet[]> {
  const prefix = `fleet [${++fleets}]`;
  const log = createLog("silent");
  return Promise.all(
    Array.from({ length: processes }, () => openRedisQueue({ url: server.url, limit: 1, log, prefix })),
  );
}

fleetContract("Redis", open);

test("a process that comes later knows the workers at once, and none while Redis is away", async () => {
  const prefix = "later";
  const options = { url: server.url, limit: 1, log: createLog("silent"), prefix };
  const worker = await openRedisQueue(options);
  await worker.fleet.announce(aNotice());
  const web = await openRedisQueue(options);
  await eventually("the worker is known", () => web.fleet.workers().length === 1);
  await server.kill();
  await eventually("none is known", () => web.fleet.workers().length === 0);
  await server.begin();
  await eventually("it can be announced again", () =>
    worker.fleet.announce(aNotice()).then(
      () => true,
      () => false,
    ),
  );
  await eventually("the worker is known again", () => web.fleet.workers().length > 0);
  assert.ok(web.fleet.workers().length >= 1);
  await web.close();
  await worker.close();
});

test("a worker that refuses a call, or whose caller waits no longer, has no more at once than it may", async (t) => {
  const options = { url: server.url, limit: 1, log: createLog("silent"), prefix: "busy" };
  const [web, worker] = [await openRedisQueue(options), await openRedisQueue(options)];
  t.after(async () => {
    await web.close();
    await worker.close();
  });
  const running: { end: () => void; signal: AbortSignal }[] = [];
  worker.fleet.serve(
    ({ type }, signal) =>
      new Promise((resolve) => {
        if (type === "metrics") resolve({ ok: true });
        else running.push({ end: () => resolve({ ok: true }), signal });
      }),
    1,
  );
  await worker.fleet.announce(aNotice());
  await eventually("the worker is known", () => web.fleet.workers().length === 1);
  const call = (timeoutMs: number) => web.fleet.call(FORMAT, { timeoutMs });
  const first = call(60_000);
  await eventually("it begins", () => running.length === 1);
  // Those that wait, and one that has no place.
  const waiting = Array.from({ length: 100 }, () => call(2_000).catch(() => null));
  assert.deepEqual(await call(60_000).then(({ ok }) => ok), false);
  assert.equal(running.length, 1);
  await Promise.all(waiting);
  const next = call(60_000);
  // This is answered at once, after all that was said before it.
  await web.fleet.askEach({ type: "metrics" }, { timeoutMs: 5_000 });
  running[0]?.end();
  await eventually("the next begins", () => running.length === 2);
  running[1]?.end();
  assert.deepEqual([await first, await next], [{ ok: true }, { ok: true }]);
  assert.equal(running.length, 2, "nothing is done for those who wait no longer");
});

test("a worker is told that its answer is not waited for any more", async (t) => {
  const options = { url: server.url, limit: 1, log: createLog("silent"), prefix: "late" };
  const [web, worker] = [await openRedisQueue(options), await openRedisQueue(options)];
  t.after(async () => {
    await web.close();
    await worker.close();
  });
  let aborted = false;
  worker.fleet.serve(
    (_call, signal) =>
      new Promise(() => {
        signal.addEventListener("abort", () => {
          aborted = true;
        });
      }),
    1,
  );
  await worker.fleet.announce(aNotice());
  await eventually("the worker is known", () => web.fleet.workers().length === 1);
  await assert.rejects(web.fleet.call(FORMAT, { timeoutMs: 100 }));
  await eventually("it is told", () => aborted);
});
