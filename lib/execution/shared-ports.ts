import type { MakeLimiter } from "../limiters";
import type { Channel, Queue } from "../queue";
import type { Fleet } from "../queue/fleet";

/** What web processes and workers have in common beside the store. */
export interface SharedPorts {
  queue: Queue;
  channel: Channel;
  fleet: Fleet;
  /** Makes limiters whose counts all processes share; left out where each process counts for itself. */
  limiters?: (secret: string) => MakeLimiter;
  close(): Promise<void>;
}
