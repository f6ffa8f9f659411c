import { AppError } from "../errors";
import type { Queue } from "../queue";
import type { PortMeter } from "./metrics";

type QueueMeter = Pick<PortMeter, "jobAdded" | "jobRefused" | "turnEnded">;

/** A queue that tells how long jobs take to be added, and how long they hold their turns. */
export function measuredQueue(queue: Queue, meter: QueueMeter): Queue {
  return {
    async add(job) {
      const since = performance.now();
      try {
        await queue.add(job);
        meter.jobAdded(performance.now() - since);
      } catch (error) {
        if (error instanceof AppError && error.code === "queue_full") meter.jobRefused();
        throw error;
      }
    },
    work: (handle, capacity) =>
      queue.work((job, signal, release, attempt) => {
        const since = performance.now();
        let held = true;
        const ended = () => {
          if (held) meter.turnEnded(performance.now() - since);
          held = false;
          release();
        };
        return handle(job, signal, ended, attempt);
      }, capacity),
    pause: (paused) => queue.pause(paused),
    state: () => queue.state(),
    knows: (runIds) => queue.knows(runIds),
    unbegun: (runIds) => queue.unbegun(runIds),
    close: (options) => queue.close(options),
  };
}
