import { AppError } from "../../errors";
import type { Charge, Charged, NewRun } from "../index";
import { acceptedRun } from "../stored-run";
import { LONG_STEP_MS, type MongoDatabase } from "./database";
import { chargeRun, refundRun } from "./quota";
import { erase, insertRun } from "./write";

/** A write that was not answered in time may be carried out so much later; beyond, its connection is gone. */
const LATE_WRITE_MS = 120_000;

/** An acceptance of which we do not know how much was written. */
interface Attempt {
  /** The run whose beginning may be written although we said that it was not; `null` once it was sent again and accepted. */
  unwanted: string | null;
  charge: Charge;
  /** Whether the charge was taken and not given back. Work that outlives its time may say so later. */
  charged: boolean;
  failedAt: number;
}

/**
 * Accepting runs without transactions: the charge, then the run. When the run cannot be written the charge is given back; a
 * process that dies in between loses a count, never a run. What the database did not answer is made up for by `settle`.
 */
export class Acceptance {
  readonly #database: MongoDatabase;
  readonly #failed = new Set<Attempt>();

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  async accept(run: NewRun, charge: Charge): Promise<Charged> {
    const attempt: Attempt = { unwanted: run.id, charge, charged: false, failedAt: 0 };
    const running = { instance: this.#database.instance, chargedTo: charge.account };
    try {
      const answer = await this.#database.step(async (models) => {
        const charged = await chargeRun(models, charge);
        if (!charged.accepted) return charged;
        attempt.charged = true;
        // Nobody waits any more: the run is not to begin now.
        if (attempt.failedAt > 0) {
          await this.#refund(attempt);
          return charged;
        }
        await insertRun(models, acceptedRun(run), running);
        return charged;
      });
      if (answer.accepted) this.#want(run.id);
      return answer;
    } catch (error) {
      if (error instanceof AppError && error.code === "conflict") {
        await this.#refund(attempt);
      } else {
        attempt.failedAt = Date.now();
        this.#failed.add(attempt);
      }
      throw error;
    }
  }

  #want(id: string): void {
    for (const failed of this.#failed) if (failed.unwanted === id) failed.unwanted = null;
  }

  /** Removes what was written of runs that we said were not accepted, and gives back what they were charged. */
  async settle(): Promise<void> {
    const ids = [...this.#failed].flatMap(({ unwanted }) => unwanted ?? []);
    const ours = { status: "running" as const, instance: this.#database.instance };
    if (ids.length > 0) await this.#database.step((models) => erase(models, ids, ours), LONG_STEP_MS);
    for (const attempt of this.#failed) {
      await this.#refund(attempt);
      if (attempt.failedAt < Date.now() - LATE_WRITE_MS) this.#failed.delete(attempt);
    }
  }

  /** Once, whatever comes of it: a count too many goes with its day, a run for nothing could be had again and again. */
  async #refund(attempt: Attempt): Promise<void> {
    if (!attempt.charged) return;
    attempt.charged = false;
    const { account, day } = attempt.charge;
    await this.#database.step((models) => refundRun(models, account, day));
  }
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === "store_unavailable";
}
