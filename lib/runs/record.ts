import type { AppError } from "../errors";
import type { Logger } from "../log";
import type { Channel, RunJob } from "../queue";
import type { RunOutcome } from "../sandbox/sandbox";
import type { RunResult } from "../schemas/run";
import type { Store, StoredArtifact } from "../store";
import type { Backlog } from "./backlog";
import { failedEvent } from "./events";
import { neverStarted } from "./outcomes";
import { resultOf, storable, unwritten } from "./result";
import { usageWith } from "./usage";

export interface ResultWriterOptions {
  store: Store;
  channel: Channel;
  backlog: Backlog;
  log: Logger;
}

interface StoredEnd {
  result: RunResult;
  image: string | null;
  artifacts: readonly StoredArtifact[];
}

/** Writes how runs end, gives back what was a fault of ours, and tells the watchers. */
export class ResultWriter {
  readonly #store: Store;
  readonly #channel: Channel;
  readonly #backlog: Backlog;
  readonly #log: Logger;
  /** Ids of runs whose end is in the backlog. */
  readonly #unwritten = new Set<string>();

  constructor({ store, channel, backlog, log }: ResultWriterOptions) {
    this.#store = store;
    this.#channel = channel;
    this.#backlog = backlog;
    this.#log = log;
  }

  get unwritten(): readonly string[] {
    return [...this.#unwritten];
  }

  async finish(job: RunJob, outcome: RunOutcome, queuedMs: number): Promise<void> {
    this.#channel.append(job.id, { type: "done", run: await this.#record(job, outcome, queuedMs) });
    await this.#makeRoom(job);
  }

  /** Ends a run that could not be started. */
  async fail(job: RunJob, fault: AppError, queuedMs: number): Promise<void> {
    const outcome = neverStarted(job.request, "system_error", fault.message);
    this.#channel.append(job.id, failedEvent(fault, await this.#record(job, outcome, queuedMs)));
  }

  /**
   * Makes the outcome a result and writes it. What cannot be written now is answered all the same, says so, and is not
   * counted; neither is a fault of ours.
   */
  async #record(job: RunJob, outcome: RunOutcome, queuedMs: number): Promise<RunResult> {
    const charged = outcome.status !== "system_error";
    // Before the end is written: a crash between the two then errs in the owner's favour.
    const used = charged ? job.usage.used : ((await this.#refund(job)) ?? job.usage.used - 1);
    const artifacts = storable(outcome.artifacts);
    const result = resultOf(job, { ...outcome, artifacts }, queuedMs, usageWith(job.usage, used));
    const end: StoredEnd = { result, image: outcome.image, artifacts };
    try {
      const wasThere = await this.#write(end);
      return wasThere ? result : { ...result, artifacts: [] };
    } catch (error) {
      this.#log.error({ err: error, run: job.id }, "could not store the result of a run; trying again later");
      this.#unwritten.add(job.id);
      this.#backlog.add(() => this.#writeLate(job, end, charged));
      return unwritten(result, charged);
    }
  }

  /** After the answer, which does not wait for it. What cannot be done now is done after the owner's next run. */
  async #makeRoom({ id, room }: RunJob): Promise<void> {
    try {
      const removed = await this.#store.makeRoom(room, room);
      if (removed > 0) {
        this.#log.info(
          { run: id, plan: room.plan, removed },
          "removed the oldest runs to keep within the limits",
        );
      }
    } catch (error) {
      this.#log.warn({ err: error, run: id }, "could not make room for runs");
    }
  }

  /** `false` when the run was deleted while it ran. */
  async #write({ result, image, artifacts }: StoredEnd): Promise<boolean> {
    const { id } = result;
    if (artifacts.length > 0 && !(await this.#store.putArtifacts(id, artifacts))) return false;
    return this.#store.finishRun(id, result, image ?? undefined);
  }

  async #writeLate(job: RunJob, end: StoredEnd, charged: boolean): Promise<void> {
    // Written before, with only the answer lost, or deleted: either way there is nothing left to write.
    await this.#write(end);
    this.#unwritten.delete(job.id);
    if (charged) await this.#discharge(job);
    this.#log.info({ run: job.id }, "stored the result of a run");
  }

  /** Gives a run back to its owner's quota; answers what is used then, `null` while the store does not answer. */
  async #refund(job: RunJob): Promise<number | null> {
    try {
      return await this.#discharge(job);
    } catch (error) {
      this.#log.warn(
        { err: error, run: job.id },
        "could not give back a run to its owner's quota; trying again later",
      );
      this.#backlog.add(() => this.#discharge(job));
      return null;
    }
  }

  #discharge({ account, ceilings, day }: RunJob): Promise<number> {
    return this.#store.refundRun(account, day, ceilings);
  }
}
