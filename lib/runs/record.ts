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
  /** Whether the run counts for its owner's quota. */
  charged: boolean;
}

interface RecordedEnd {
  run: RunResult;
  /** `false` where the run had been ended by another. */
  isOurs: boolean;
}

/** Stores the results of runs, refunds those that our own failures ended, and sends `done` to the watchers. */
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
    const { run } = await this.#record(job, outcome, queuedMs);
    this.#channel.append(job.id, { type: "done", run });
    await this.#makeRoom(job);
  }

  /** Ends a run that could not be started. */
  async fail(job: RunJob, fault: AppError, queuedMs: number): Promise<void> {
    const outcome = neverStarted(job.request, "system_error", fault.message);
    const { run, isOurs } = await this.#record(job, outcome, queuedMs);
    this.#channel.append(job.id, isOurs ? failedEvent(fault, run) : { type: "done", run });
  }

  /**
   * Of a run that an earlier try may have ended before its worker was lost: tells its watchers that end, if there is one. `false` where there is
   * none, or the store cannot say.
   */
  async tellStored({ id }: RunJob): Promise<boolean> {
    const run = await this.#storedEnd(id).catch(() => null);
    if (run) this.#channel.append(id, { type: "done", run });
    return run !== null;
  }

  /**
   * Turns the outcome into a result and stores it. A result that cannot be stored now is returned anyway, says so, and does not
   * count against the quota; nor does a fault of ours. If another process has ended the run already, its result is returned.
   */
  async #record(job: RunJob, outcome: RunOutcome, queuedMs: number): Promise<RecordedEnd> {
    const charged = outcome.status !== "system_error";
    const used = job.usage.used - (charged ? 0 : 1);
    const artifacts = storable(outcome.artifacts);
    const result = resultOf(job, { ...outcome, artifacts }, queuedMs, usageWith(job.usage, used));
    const end: StoredEnd = { result, image: outcome.image, artifacts, charged };
    try {
      const isWritten = await this.#write(end);
      const stored = isWritten ? null : await this.#storedEnd(job.id);
      if (stored && !isSame(stored, result)) return { run: stored, isOurs: false };
      const isGone = !isWritten && !stored;
      if (isGone && !charged) await this.#refund(job);
      const usage = charged ? result.usage : usageWith(job.usage, (await this.#used(job)) ?? used);
      return { run: { ...result, usage, artifacts: isWritten ? result.artifacts : [] }, isOurs: true };
    } catch (error) {
      this.#log.error({ err: error, run: job.id }, "could not store the result of a run; trying again later");
      this.#unwritten.add(job.id);
      this.#backlog.add(() => this.#writeLate(job, end));
      return { run: unwritten(result, charged), isOurs: true };
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

  /** `false` when the run was deleted while it ran, or has ended. */
  async #write({ result, image, artifacts, charged }: StoredEnd): Promise<boolean> {
    const { id } = result;
    if (artifacts.length > 0 && !(await this.#store.putArtifacts(id, artifacts))) return false;
    return this.#store.finishRun(id, result, { image: image ?? undefined, refund: !charged });
  }

  /** It was said not to be counted. */
  async #writeLate(job: RunJob, end: StoredEnd): Promise<void> {
    const isWritten = await this.#write({ ...end, charged: false });
    const stored = isWritten ? null : await this.#storedEnd(job.id);
    this.#unwritten.delete(job.id);
    // Ended by another, which has given back what is not counted.
    if (stored && !isSame(stored, end.result)) return;
    // Deleted, or stored by the first attempt as charged, with only the answer lost. If this was the second loss of an answer, the run is refunded
    // twice, which is better than not at all.
    if (!isWritten && (!stored || end.charged)) await this.#discharge(job);
    this.#log.info({ run: job.id }, "stored the result of a run");
  }

  /** How the store has it that a run ended; `null` where it has not, or is deleted. */
  async #storedEnd(id: string): Promise<RunResult | null> {
    return (await this.#store.getRun(id))?.result ?? null;
  }

  /** What is used of the owner's quota now; `null` while the store does not answer. */
  async #used({ account, day }: RunJob): Promise<number | null> {
    const days = await this.#store.usage(account, day, day).catch(() => null);
    return days && (days[0]?.runs ?? 0);
  }

  /** Gives a run back to its owner's quota. */
  async #refund(job: RunJob): Promise<void> {
    try {
      await this.#discharge(job);
    } catch (error) {
      this.#log.warn(
        { err: error, run: job.id },
        "could not give back a run to its owner's quota; trying again later",
      );
      this.#backlog.add(() => this.#discharge(job));
    }
  }

  #discharge({ account, ceilings, day }: RunJob): Promise<number> {
    return this.#store.refundRun(account, day, ceilings);
  }
}

/** Whether a stored end is this very one. */
function isSame(stored: RunResult, { status, durationMs, message }: RunResult): boolean {
  return stored.status === status && stored.durationMs === durationMs && stored.message === message;
}
