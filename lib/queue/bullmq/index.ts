import type { Logger } from "../../log";
import type { Channel, Queue } from "..";
import { RedisChannel } from "./channel";
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
  await link.open();
  return {
    queue,
    channel,
    async close() {
      await channel.writer.flushAll();
      await queue.leave();
      await link.close();
    },
  };
}
