import { openRedisQueue } from "../queue/bullmq";
import type { Base } from "./base";
import type { SharedPorts } from "./shared-ports";

/** Those on Redis; `null` for a single process, which needs none. Opens although Redis is away, which is tried again all the time. */
export async function openSharedPorts({ env, background }: Base): Promise<SharedPorts | null> {
  if (env.redisUrl === undefined) return null;
  return openRedisQueue({ url: env.redisUrl, limit: env.queueLimit, log: background });
}
