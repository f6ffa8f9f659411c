import { Queue } from "bullmq";
import type { Link } from "./link";

/**
 * Both kinds of jobs that workers take from BullMQ, each a queue of its own: those that have a turn, and those that need none, since their run was
 * cancelled before it had one. A job of BullMQ is an id; everything else is with the run.
 */
export const KINDS = ["turn", "end"] as const;
export type Kind = (typeof KINDS)[number];

/** Before the name of each of BullMQ's queues. */
export function bullPrefix(link: Link): string {
  return `${link.prefix}bull`;
}

/** Gives BullMQ what has its turn now, as the scripts of the room answer it. */
export class Handing {
  readonly #link: Link;
  readonly #queues: Record<Kind, Queue>;
  readonly #tell: () => void;

  /** `tell` has those that wait told of their positions. */
  constructor(link: Link, tell: () => void) {
    this.#link = link;
    this.#tell = tell;
    const queueOf = (kind: Kind) => {
      const queue = new Queue(kind, {
        connection: link.commands,
        prefix: bullPrefix(link),
        skipVersionCheck: true,
        skipWaitingForReady: true,
        // Nobody reads BullMQ's own events.
        streams: { events: { maxLen: 10 } },
      });
      queue.on("error", (error) => link.fault(error));
      return queue;
    };
    this.#queues = { turn: queueOf("turn"), end: queueOf("end") };
  }

  /** `{ ms, kind, run, kind, run … }`. What cannot be handed now is found by the next process that looks after others. */
  take(answer: unknown): void {
    const [ms, ...handed] = answer as [number, ...string[]];
    if (Number(ms) > 0) setTimeout(this.#tell, Number(ms)).unref();
    for (let index = 0; index < handed.length; index += 2) {
      const [kind, id] = handed.slice(index, index + 2) as [Kind, string];
      this.#queues[kind]
        .add(kind, null, { jobId: id, removeOnComplete: true, removeOnFail: true })
        .catch((error: unknown) => this.#link.fault(error));
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled(Object.values(this.#queues).map((queue) => queue.close()));
  }
}
