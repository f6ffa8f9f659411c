import { createLog } from "../log";
import { openRedisQueue } from "../queue/bullmq";
import { RedisServer } from "../queue/testing/redis-server";
import { webAndWorkerSuite } from "./testing/web-and-worker";

webAndWorkerSuite("Redis", async () => {
  const redis = await RedisServer.start();
  const log = createLog("silent");
  const openPorts = () => openRedisQueue({ url: redis.url, limit: 10, log });
  const observer = await openPorts();
  const close = async () => {
    await observer.close();
    await redis.close();
  };
  return { openPorts, fleet: observer.fleet, close };
});
