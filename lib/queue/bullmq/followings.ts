import { FOLLOW, LINGER } from "./beat-scripts";
import type { Link } from "./link";

interface Following {
  /** Followers at this process. */
  count: number;
  /** The run is cancelled when nobody follows it for so long; `null` while that is not known here. */
  lingerMs: number | null;
}

/** Who follows runs here, told to Redis, where those of all processes are counted. */
export class Followings {
  readonly #link: Link;
  readonly #runs = new Map<string, Following>();
  readonly #sweep: () => void;

  /** `sweep` has Redis look for runs that nobody follows any more. */
  constructor(link: Link, sweep: () => void) {
    this.#link = link;
    this.#sweep = sweep;
    link.register(FOLLOW, LINGER);
    link.on("l", ([id = "", ms = ""]) => this.#learn(id, Number(ms)));
    link.onReady(() => {
      for (const [id, { count }] of this.#runs) if (count > 0) this.#tell(id, true);
    });
  }

  /** `opened` where this process has opened the run, so that it knows whether followers are counted at all. */
  follow(runId: string, opened: boolean): () => void {
    const run = this.#runs.get(runId) ?? { count: 0, lingerMs: null };
    this.#runs.set(runId, run);
    run.count++;
    const counts = () => run.lingerMs !== null || !opened;
    if (run.count === 1 && counts()) this.#tell(runId, true);
    let following = true;
    return () => {
      if (!following) return;
      following = false;
      run.count--;
      if (run.count > 0 || this.#runs.get(runId) !== run) return;
      if (counts()) this.#tell(runId, false);
      if (run.lingerMs === null) this.#runs.delete(runId);
      else this.#lookAfter(run.lingerMs);
    };
  }

  endUnfollowed(runId: string, ms: number): void {
    const run = this.#runs.get(runId) ?? { count: 0, lingerMs: ms };
    run.lingerMs = ms;
    this.#runs.set(runId, run);
    void this.#link.run(LINGER, runId, ms).catch(() => {});
    if (run.count > 0) this.#tell(runId, true);
    else this.#lookAfter(ms);
  }

  /** The run has ended. */
  end(runId: string): void {
    this.#runs.delete(runId);
  }

  #learn(runId: string, ms: number): void {
    const run = this.#runs.get(runId);
    if (!run) return;
    run.lingerMs = ms;
    if (run.count > 0) this.#tell(runId, true);
  }

  #tell(runId: string, follows: boolean): void {
    // What is lost while Redis is away is told when it is back.
    void this.#link.run(FOLLOW, runId, this.#link.process, follows ? 1 : 0).catch(() => {});
  }

  #lookAfter(ms: number): void {
    setTimeout(this.#sweep, ms + 20).unref();
  }
}
