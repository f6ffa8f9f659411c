import { type Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { bullPrefix, type Kind } from "./handing";
import type { Link } from "./link";

/** A worker whose locks are not renewed for so long counts as lost, which is looked at so often. */
const LOCK_MS = 5_000;
const RENEW_MS = 2_000;
const STALLED_CHECK_MS = 2_000;
const RETRY_MS = 500;

/** A job of BullMQ that this worker has. */
export interface Taken {
  id: string;
  /** BullMQ's part of it is over. */
  complete(): Promise<void>;
  /** Its lock is kept no longer: it runs out, and the job is given out again. */
  letGo(): void;
}

export interface TakerOptions {
  link: Link;
  /** For commands that do not block, which wait while Redis is away; shared by the takers of a process. */
  connection: Redis;
  kind: Kind;
  /** How many more may be taken now. */
  room: () => number;
  /** Never rejects. */
  onTaken: (taken: Taken) => void;
}

/** Takes jobs from one of BullMQ's queues while there is room for them, and keeps their locks. BullMQ itself looks for those of lost workers. */
export class Taker {
  readonly #options: TakerOptions;
  readonly #worker: Worker;
  readonly #tokens = new Map<string, string>();
  readonly #renewal: NodeJS.Timeout;
  #takes = 0;
  #stopped = false;
  #wake: () => void = () => {};

  constructor(options: TakerOptions) {
    this.#options = options;
    const { link, connection, kind } = options;
    this.#worker = new Worker(kind, null, {
      connection,
      prefix: bullPrefix(link),
      autorun: false,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      // How often a job may be given out is counted with the run.
      maxStalledCount: 1_000_000,
      runRetryDelay: RETRY_MS,
      skipVersionCheck: true,
    });
    this.#worker.on("error", (error) => link.fault(error));
    this.#renewal = setInterval(() => void this.#renew(), RENEW_MS).unref();
  }

  begin(): void {
    void this.#worker.startStalledCheckTimer().catch((error: unknown) => this.#options.link.fault(error));
    void this.#takeAll();
  }

  /** There may be room again. */
  wake(): void {
    this.#wake();
  }

  /** Takes no more. What is just on its way is given back. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async close(): Promise<void> {
    this.stop();
    clearInterval(this.#renewal);
    await this.#worker.close(true).catch(() => {});
  }

  async #takeAll(): Promise<void> {
    // One is waited for; where there was one, there may be more, which are asked for at once.
    let wanted = 1;
    while (!this.#stopped) {
      const room = this.#options.room();
      if (room <= 0) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      const asked = Math.min(wanted, room);
      const taken = await Promise.all(Array.from({ length: asked }, () => this.#next(wanted === 1)));
      wanted = taken.every(Boolean) ? asked * 2 : 1;
    }
  }

  async #next(block: boolean): Promise<boolean> {
    const token = `${this.#options.link.process}:${this.#takes++}`;
    try {
      const job = (await this.#worker.getNextJob(token, { block })) as Job | undefined;
      if (!job?.id) return false;
      if (this.#stopped || this.#options.room() <= 0) await giveBack(job, token);
      else this.#hand(job.id, job, token);
      return true;
    } catch (error) {
      this.#options.link.fault(error);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      return false;
    }
  }

  #hand(id: string, job: Job, token: string): void {
    this.#tokens.set(id, token);
    this.#options.onTaken({
      id,
      complete: async () => {
        this.#tokens.delete(id);
        // Where its lock is lost, somebody else has it, or it is no more.
        await job.moveToCompleted(null, token, false).catch(() => {});
      },
      letGo: () => {
        if (this.#tokens.get(id) === token) this.#tokens.delete(id);
      },
    });
  }

  async #renew(): Promise<void> {
    if (this.#tokens.size === 0) return;
    await this.#worker
      .extendJobLocks([...this.#tokens.keys()], [...this.#tokens.values()], LOCK_MS)
      .catch((error: unknown) => this.#options.link.fault(error));
  }
}

async function giveBack(job: Job, token: string): Promise<void> {
  // Where it fails, the lock runs out, and another worker is given it.
  await job.moveToWait(token).catch(() => {});
}
