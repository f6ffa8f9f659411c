import type { Channel, Queue } from "..";
import { MemoryChannel } from "./channel";
import { createMemoryQueue } from "./queue";

/** Queue and channel of a single process. `limit` is how many jobs may wait for a turn. */
export function openMemoryQueue({ limit }: { limit: number }): { queue: Queue; channel: Channel } {
  const channel = new MemoryChannel();
  return { queue: createMemoryQueue({ limit, channel }), channel };
}
