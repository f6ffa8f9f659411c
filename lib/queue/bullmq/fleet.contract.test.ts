import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createLog } from "../../log";
import { aNotice, fleetContract, type OpenedFleet } from "../contract/fleet.contract";
import { eventually } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { openRedisQueue } from ".";

let server: RedisServer;
before(async () => {
  server = await RedisServer.start();
});
after(() => server.close());

let fleets = 0;

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
