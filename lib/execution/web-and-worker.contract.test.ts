import { createLog } from "../log";
import { openRedisQueue } from "../queue/bullmq";
import { MemoryFleet } from "../queue/testing/memory-fleet";
import { RedisServer } from "../queue/testing/redis-server";
import { webAndWorkerSuite } from "./testing/web-and-worker";

webAndWorkerSuite("Redis", async () => {
  const redis = await RedisServer.start();
  const log = createLog("silent");
  const fleet = new MemoryFleet();
  const openPorts = async () => ({ ...(await openRedisQueue({ url: redis.url, limit: 10, log })), fleet });
  return { openPorts, fleet, close: () => redis.close() };
});
