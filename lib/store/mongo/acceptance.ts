import { AppError } from "../../errors";
import type { Credential } from "../../schemas/account";
import type { Charge, Charged, NewRun } from "../index";
import { storeFull } from "../room";
import { credentialEnded } from "../stored-accounts";
import { acceptedRun, runningOf } from "../stored-run";
import { LONG_STEP_MS, type MongoDatabase } from "./database";
import { chargeRun, refundRun } from "./quota";
import { holds } from "./rights";
import type { Models } from "./schemas";
import { erase, insertRun } from "./write";

/** A write that timed out may still be carried out within this time; after it, its connection is closed. */
const LATE_WRITE_MS = 120_000;

/** An acceptance that failed without our knowing how much of it was written. */
interface Attempt {
  /** The run that may have been stored although its request was refused; `null` once a retry of it was accepted. */
  unwanted: string | null;
  charge: Charge;
  /** Whether it was charged and not refunded. May become true after the timeout, when the write is carried out late. */
  charged: boolean;
  failedAt: number;
}

/**
 * Accepts runs without transactions: first the charge, then the run. If the run cannot be written it is refunded; a process that dies in
 * between leaves one charge too many, never a run too few. `settle` cleans up after writes whose outcome is unknown.
 */
export class Acceptance {
  readonly #database: MongoDatabase;
  readonly #failed = new Set<Attempt>();

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  async accept(run: NewRun, charge: Charge, credential: Credential | undefined): Promise<Charged> {
    if (await this.#database.step(() => this.#database.room.isLow())) throw storeFull();
    const attempt: Attempt = { unwanted: run.id, charge, charged: false, failedAt: 0 };
    const { instance, runsOutliveProcess } = this.#database;
    const running = {
      ...runningOf(instance, charge),
      ...(runsOutliveProcess ? { ofQueue: true as const } : {}),
    };
    try {
      const answer = await this.#database.step(async (models) => {
        const charged = await chargeRun(models, charge);
        if (!charged.accepted) return charged;
        attempt.charged = true;
        // The request has timed out, so the run must not begin any more.
        if (attempt.failedAt > 0) {
          await this.#refund(attempt);
          return charged;
        }
        await insertRun(models, acceptedRun(run), running, () => this.#assertHolds(models, run, credential));
        return charged;
      });
      if (answer.accepted) this.#want(run.id);
      return answer;
    } catch (error) {
      if (error instanceof AppError && (error.code === "conflict" || error.code === "unauthorized")) {
        await this.#refund(attempt);
      } else {
        attempt.failedAt = Date.now();
        this.#failed.add(attempt);
      }
      throw error;
    }
  }

  /** Takes the run back when its owner may no longer run it. */
  async #assertHolds(models: Models, run: NewRun, credential: Credential | undefined): Promise<void> {
    if (!credential || (await holds(models, run.owner, credential, run.createdAt))) return;
    await erase(models, [run.id], { status: "running", instance: this.#database.instance });
    throw credentialEnded();
  }

  #want(id: string): void {
    for (const failed of this.#failed) if (failed.unwanted === id) failed.unwanted = null;
  }

  /** Removes what was written of runs that were reported as not accepted, and refunds them. */
  async settle(): Promise<void> {
    const ids = [...this.#failed].flatMap(({ unwanted }) => unwanted ?? []);
    const ours = { status: "running" as const, instance: this.#database.instance };
    if (ids.length > 0) await this.#database.step((models) => erase(models, ids, ours), LONG_STEP_MS);
    for (const attempt of this.#failed) {
      await this.#refund(attempt);
      if (attempt.failedAt < Date.now() - LATE_WRITE_MS) this.#failed.delete(attempt);
    }
  }

  /** At most once, even if it fails: a charge too many expires with its day, but a repeated refund would give free runs. */
  async #refund(attempt: Attempt): Promise<void> {
    if (!attempt.charged) return;
    attempt.charged = false;
    const { account, day, ceilings = [] } = attempt.charge;
    const others = ceilings.map((ceiling) => ceiling.account);
    await this.#database.step((models) => refundRun(models, account, day, others));
  }
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && (error.code === "store_unavailable" || error.code === "store_full");
}
