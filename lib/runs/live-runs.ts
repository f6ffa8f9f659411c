import type { AcceptedLiveRun } from "./live-run";

/** How long a run can be found here after its end, so that a watcher can resume it without the store. */
const LINGER_MS = 60_000;

/** The live runs that this process accepted, by id and owner. */
export class LiveRuns {
  readonly #runs = new Map<string, AcceptedLiveRun>();

  get(id: string): AcceptedLiveRun | undefined {
    return this.#runs.get(id);
  }

  of(owner: string): AcceptedLiveRun[] {
    return [...this.#runs.values()].filter(({ viewer }) => viewer.id === owner);
  }

  add(run: AcceptedLiveRun): void {
    this.#runs.set(run.id, run);
  }

  /** The run has ended, and stays for a while. */
  linger({ id }: AcceptedLiveRun): void {
    setTimeout(() => this.#runs.delete(id), LINGER_MS).unref();
  }

  /** Its owner has deleted it: it is ended, and its later events are dropped. */
  discard(run: AcceptedLiveRun): void {
    this.#runs.delete(run.id);
    void run.cancel();
  }
}
