import assert from "node:assert/strict";
import { AppError } from "../../errors";
import type { JobHandler, LiveEvent, RunJob } from "..";
import { aJob, done, eventually, type Ports } from "./queue-fixture";

/** For `assert.rejects`: the queue has no place, and says when to come again. */
export function isFull(error: unknown): boolean {
  assert.ok(error instanceof AppError, String(error));
  assert.equal(error.code, "queue_full");
  assert.ok((error.retryAfterS ?? 0) >= 1);
  return true;
}

/** A job that a worker has been given and has not ended. */
interface Handled {
  job: RunJob;
  signal: AbortSignal;
  release: () => void;
  /** Ends the job and its turn. */
  end: () => void;
  /** Ends the job, as recording its run does. */
  finish: () => void;
}

/** A queue with a worker that does with its jobs what the test says. */
export class QueueBench {
  readonly ports: Ports;
  /** In the order in which they were given out. */
  readonly handled: Handled[] = [];

  constructor(ports: Ports) {
    this.ports = ports;
  }

  readonly #handle: JobHandler = (job, signal, release) =>
    new Promise((resolve) => {
      const finish = () => {
        this.ports.channel.append(job.id, done(job.id));
        resolve();
      };
      const end = () => {
        finish();
        release();
      };
      this.handled.push({ job, signal, release, end, finish });
    });

  work(concurrency: number): Promise<void> {
    return this.ports.queue.work(this.#handle, { concurrency });
  }

  /** Adds a job as accepting a run does. */
  async add(job: Partial<RunJob> = {}): Promise<RunJob> {
    const added = aJob(job);
    this.ports.channel.open(added.id);
    await this.ports.queue.add(added);
    return added;
  }

  cancel(job: RunJob): Promise<void> {
    return this.ports.channel.send(job.id, { type: "cancel" });
  }

  /** The job as its worker has it, as soon as it does. */
  async given(job: RunJob): Promise<Handled> {
    const find = () => this.handled.find((each) => each.job.id === job.id);
    await eventually(`${job.id} is given to a worker`, () => find() !== undefined);
    return find() as Handled;
  }

  async settles(running: number, waiting: number): Promise<void> {
    await eventually(`${running} running, ${waiting} waiting`, async () => {
      const state = await this.ports.queue.state();
      return state.running === running && state.waiting === waiting;
    });
  }

  /** The places that a run was told, in order. */
  async positions(job: RunJob): Promise<number[]> {
    const events: readonly LiveEvent[] = (await this.ports.channel.read(job.id)) ?? [];
    return events.flatMap((event) => (event.type === "queued" ? [event.position] : []));
  }
}
