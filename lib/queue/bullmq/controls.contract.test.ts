import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Redis } from "ioredis";
import { createLog } from "../../log";
import { TcpProxy } from "../../system/testing/tcp-proxy";
import type { ProgramControl } from "..";
import { eventually } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { openRedisQueue } from ".";
import { HEAR, SAY } from "./channel-scripts";

/** What is said to a program when answers of Redis are lost, and when its job has gone to another worker. */
async function site(t: TestContext) {
  const server = await RedisServer.start();
  const { port } = new URL(server.url);
  const proxy = await TcpProxy.to(Number(port));
  const open = (url: string) => openRedisQueue({ url, limit: 1, log: createLog("silent") });
  const direct = await open(server.url);
  const proxied = await open(`redis://127.0.0.1:${proxy.port}`);
  const redis = new Redis(server.url);
  t.after(async () => {
    redis.disconnect();
    for (const each of [direct, proxied]) await each.close();
    await proxy.stop();
    await server.close();
  });
  direct.channel.open("run");
  await direct.channel.read("run");
  return { direct: direct.channel, proxied: proxied.channel, proxy, redis };
}

const input = (text: string): ProgramControl => ({ type: "input", text });
const end: ProgramControl = { type: "end" };

async function heard(controls: AsyncIterableIterator<ProgramControl>): Promise<string> {
  let text = "";
  for await (const control of controls) {
    if (control.type === "end") break;
    if (control.type === "input") text += control.text;
  }
  return text;
}

test("input whose way to the program broke off when Redis had given it out arrives, once", async (t) => {
  const { direct, proxied, proxy } = await site(t);
  const text = heard(proxied.controls("run"));
  await direct.send("run", input("a"));
  const { met } = proxy.stopAt(new RegExp(HEAR.sha), "after");
  await direct.send("run", input("b"));
  await met;
  await direct.send("run", input("c"));
  await direct.send("run", end);
  assert.equal(await text, "abc");
});

test("input that Redis has taken and not answered is there once, before what follows it", async (t) => {
  const { direct, proxied, proxy } = await site(t);
  const { met } = proxy.stopAt(new RegExp(SAY.sha), "after");
  const said = proxied.send("run", input("a"));
  const after = proxied.send("run", input("b"));
  await met;
  await Promise.all([said, after]);
  await direct.send("run", end);
  assert.equal(await heard(direct.controls("run")), "ab");
});

test("a reader whose job is another worker's hears nothing more and makes nobody deaf", async (t) => {
  const { direct, proxied, redis } = await site(t);
  const lost = proxied.controls("run");
  const waiting = lost.next();
  await eventually("it reads", async () => (await redis.hget("quicksand:run:run", "reader")) !== null);
  await redis.hset("quicksand:run:run", "worker", "another");
  await direct.send("run", input("a"));
  assert.equal((await waiting).done, true);
  await lost.return?.();
  assert.equal(await redis.hget("quicksand:run:run", "deaf"), null);
  assert.equal(await redis.llen("quicksand:controls:run"), 1);
  await direct.send("run", end);
});
