import type { Logger } from "../../log";
import type { Channel, Queue } from "..";
import type { Fleet } from "../fleet";
import { RedisChannel } from "./channel";
import { RedisFleet } from "./fleet";
import { InboxCheck } from "./inbox-check";
import { Link } from "./link";
import { RedisQueue } from "./queue";

export interface RedisQueueOptions {
  /** `redis://` or `rediss://`, with user and password if there are any. */
  url: string;
  /** Jobs that may wait for a turn. */
  limit: number;
  log: Logger;
  /** Of all keys, for what shares a Redis. */
  prefix?: string;
}

export interface OpenedRedisQueue {
  queue: Queue;
  channel: Channel;
  fleet: Fleet;
  /** The connection for counts that all processes share, as `sharedLimiter` takes it; fails at once while Redis is away. */
  counts: object;
  /** After `queue.close`: writes what is not written yet, and leaves. */
  close(): Promise<void>;
}

/** Queue and channel of several processes. Resolves also while Redis is away: it is tried again all the time. */
export async function openRedisQueue({
  url,
  limit,
  log,
  prefix = "quicksand",
}: RedisQueueOptions): Promise<OpenedRedisQueue> {
  const link = new Link({ url, prefix, log });
  const queue = new RedisQueue({ link, limit });
  const channel = new RedisChannel(link, queue);
  queue.writer = channel.writer;
  const fleet = new RedisFleet(link);
  const inbox = new InboxCheck(link);
  await link.open();
  return {
    queue,
    channel,
    fleet,
    counts: link.commands,
    async close() {
      inbox.close();
      await channel.writer.flushAll();
      await queue.leave();
      await link.close();
    },
  };
}
