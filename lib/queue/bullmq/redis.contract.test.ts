import { after, before } from "node:test";
import { createLog } from "../../log";
import { channelContract } from "../contract/channel.contract";
import { queueContract } from "../contract/queue.contract";
import type { Ports } from "../testing/queue-fixture";
import { RedisServer } from "../testing/redis-server";
import { openRedisQueue } from ".";

let server: RedisServer;
before(async () => {
  server = await RedisServer.start();
});
after(() => server.close());

let opened = 0;

/** Each pair has keys of its own, so that it is empty. */
async function open({ limit }: { limit: number }): Promise<Ports> {
  const log = createLog("warn");
  return openRedisQueue({ url: server.url, limit, log, prefix: `test ${++opened}` });
}

channelContract("Redis", open);
queueContract("Redis", open);
