import type { LiveRun } from "./live-run";

/** How long a run can be found here after its end, so that a watcher can resume it without the store. */
const LINGER_MS = 60_000;

/** The live runs that this process accepted, by id and owner. */
export class LiveRuns {
  readonly #runs = new Map<string, LiveRun>();

  get(id: string): LiveRun | undefined {
    return this.#runs.get(id);
  }

  of(owner: string): LiveRun[] {
    return [...this.#runs.values()].filter(({ viewer }) => viewer.id === owner);
  }

  add(run: LiveRun): void {
    this.#runs.set(run.id, run);
  }

  /** The run has ended, and stays for a while. */
  linger({ id }: LiveRun): void {
    setTimeout(() => this.#runs.delete(id), LINGER_MS).unref();
  }

  /** Its owner has deleted it: it is ended, and its later events are dropped. */
  discard(run: LiveRun): void {
    this.#runs.delete(run.id);
    void run.cancel();
  }
}
