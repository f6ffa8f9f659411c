import type { Channel, Queue } from "../queue";
import type { Fleet } from "../queue/fleet";

/** What web processes and workers have in common beside the store. */
export interface SharedPorts {
  queue: Queue;
  channel: Channel;
  fleet: Fleet;
  /** What counts that all processes share are kept through; left out where each process counts for itself. */
  counts?: object;
  close(): Promise<void>;
}
