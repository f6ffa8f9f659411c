import { sharedLimiter } from "../limiters";
import type { Base } from "./base";
import type { SharedPorts } from "./shared-ports";

/** Those on Redis; `null` for a single process, which needs none. Opens although Redis is away, which is tried again all the time. */
export async function openSharedPorts({ env, background }: Base): Promise<SharedPorts | null> {
  if (env.redisUrl === undefined) return null;
  // Only then: a single process pays nothing for them.
  const { openRedisQueue } = await import("../queue/bullmq");
  const { counts, ...ports } = await openRedisQueue({
    url: env.redisUrl,
    limit: env.queueLimit,
    log: background,
  });
  return { ...ports, limiters: (secret) => sharedLimiter({ connection: counts, secret }) };
}
