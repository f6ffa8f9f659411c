import type { Logger } from "../log";
import type { RunResult } from "../schemas/run";
import type { Store, StoredArtifact } from "../store";
import type { Backlog } from "./backlog";
import type { Charge } from "./session";

/** How a run ended, with everything that is kept of that. */
export interface End {
  id: string;
  charge: Charge;
  result: RunResult;
  image: string | null;
  artifacts: readonly StoredArtifact[];
  /** Whether it counts against its owner's quota; what could not be kept at once does not in the end. */
  charged: boolean;
}

/** `gone`: deleted while it ran. `later`: the store cannot be reached; it is tried again, and then not charged. */
export type Kept = "kept" | "gone" | "later";

/** Writes how runs end, and gives back what a run of ours had been charged. */
export class Keeping {
  readonly #store: Store;
  readonly #backlog: Backlog;
  readonly #log: Logger;

  constructor({ store, backlog, log }: { store: Store; backlog: Backlog; log: Logger }) {
    this.#store = store;
    this.#backlog = backlog;
    this.#log = log;
  }

  async end(end: End): Promise<Kept> {
    try {
      return (await this.#write(end)) ? "kept" : "gone";
    } catch (error) {
      this.#log.error({ err: error, run: end.id }, "could not store the result of a run; trying again later");
      this.#backlog.add(async () => {
        // Written before, with only the answer lost, or gone: either way there is nothing left to write.
        await this.#write(end);
        if (end.charged) await this.#discharge(end.charge);
        this.#log.info({ run: end.id }, "stored the result of a run");
      });
      return "later";
    }
  }

  /** Gives a run back to its owner's quota; answers what is used then, `null` while the store is not there to be told. */
  async refund({ id, charge }: Pick<End, "id" | "charge">): Promise<number | null> {
    try {
      return await this.#discharge(charge);
    } catch (error) {
      this.#log.warn(
        { err: error, run: id },
        "could not give back a run to its owner's quota; trying again later",
      );
      this.#backlog.add(() => this.#discharge(charge));
      return null;
    }
  }

  async #write({ id, result, image, artifacts }: End): Promise<boolean> {
    if (artifacts.length > 0 && !(await this.#store.putArtifacts(id, artifacts))) return false;
    return this.#store.finishRun(id, result, image ?? undefined);
  }

  #discharge({ account, day }: Charge): Promise<number> {
    return this.#store.refundRun(account, day);
  }
}
