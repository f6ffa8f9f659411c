import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createLog } from "../../log";
import { TcpProxy } from "../../system/testing/tcp-proxy";
import { collect, done, eventually, out, textOf } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { openRedisQueue } from ".";

/** Two processes, one of which has its way to Redis through a proxy. */
async function site(t: TestContext) {
  const server = await RedisServer.start();
  const proxy = await TcpProxy.to(Number(new URL(server.url).port));
  const open = (url: string) => openRedisQueue({ url, limit: 1, log: createLog("silent") });
  t.after(async () => {
    await proxy.stop();
    await server.close();
  });
  const openProxied = () => open(`redis://127.0.0.1:${proxy.port}`);
  const other = await open(server.url);
  t.after(() => other.close());
  return { proxy, other: other.channel, openProxied };
}

test("a process whose messages do not arrive any more notices it, and its watchers see what came meanwhile", async (t) => {
  const { proxy, other, openProxied } = await site(t);
  const web = await openProxied();
  t.after(() => web.close());
  web.channel.open("run");
  const watched = collect(web.channel.watch("run", 0));
  await web.channel.read("run");
  other.append("run", out("a"));
  await eventually("it is written", async () => (await web.channel.read("run"))?.length === 1);
  proxy.mute(/subscribe/);
  other.append("run", out("b"));
  other.append("run", done("run"));
  assert.equal(textOf(await watched), "ab");
});

test("a process that cannot listen says that the queue is away, until it can", async (t) => {
  const { proxy, openProxied } = await site(t);
  const { met } = proxy.stopAt(/subscribe/, "after");
  const opening = openProxied();
  t.after(async () => (await opening).close());
  await met;
  const web = await opening;
  await eventually("it is there", () =>
    web.queue.state().then(
      () => true,
      () => false,
    ),
  );
  web.channel.open("run");
  const watched = collect(web.channel.watch("run", 0));
  web.channel.append("run", done("run"));
  assert.equal((await watched).length, 1);
});
