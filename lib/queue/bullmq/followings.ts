import { FOLLOW, LINGER } from "./beat-scripts";
import { isAway, type Link } from "./link";

/** What was not answered is told again after so long, then after twice that, and so on. */
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 3_000;

type FollowingsLink = Pick<Link, "process" | "ready" | "log" | "register" | "on" | "onReady" | "run">;

interface Following {
  /** Followers at this process. */
  count: number;
  /** The run is cancelled when nobody follows it for so long; `null` while that is not known here. */
  lingerMs: number | null;
  /** Whether it was this process that said so. */
  lingersFromHere: boolean;
  /** This process has opened the run, so that it knows whether followers are counted at all. */
  opened: boolean;
  /** What Redis has been told: for how long the run lingers, and whether somebody follows it here; `null` where it may have missed that. */
  toldLingerMs: number | null;
  toldFollowed: boolean | null;
  telling: boolean;
  /** Of what is being told, what may be missed. */
  lingerAgain: boolean;
  followedAgain: boolean;
  retryMs: number;
}

/** Who follows runs here, told to Redis, where those of all processes are counted. What it was not told, or may have missed, is told again. */
export class Followings {
  readonly #link: FollowingsLink;
  readonly #runs = new Map<string, Following>();
  readonly #sweep: () => void;

  /** `sweep` has Redis look for runs that nobody follows any more. */
  constructor(link: FollowingsLink, sweep: () => void) {
    this.#link = link;
    this.#sweep = sweep;
    link.register(FOLLOW, LINGER);
    link.on("l", ([id = "", ms = ""]) => this.#learn(id, Number(ms)));
    link.onReady(() => {
      for (const [id, run] of this.#runs) {
        this.#tellAgain(id, run);
      }
    });
  }

  /** Runs of which something is known or to be told. */
  get size(): number {
    return this.#runs.size;
  }

  /** `opened` where this process has opened the run and still has its events. */
  follow(runId: string, opened: boolean): () => void {
    const run = this.#runs.get(runId) ?? this.#add(runId, opened);
    run.count++;
    void this.#tell(runId, run);
    let following = true;
    return () => {
      if (!following) return;
      following = false;
      run.count--;
      if (run.count > 0 || this.#runs.get(runId) !== run) return;
      void this.#tell(runId, run);
      if (run.lingerMs !== null) this.#lookAfter(run.lingerMs);
    };
  }

  endUnfollowed(runId: string, ms: number, opened: boolean): void {
    const run = this.#runs.get(runId) ?? this.#add(runId, opened);
    run.lingerMs = ms;
    run.lingersFromHere = true;
    void this.#tell(runId, run);
    if (run.count === 0) this.#lookAfter(ms);
  }

  /** This process is not sent the run's events any more, so it would not hear of its end either. */
  leave(runId: string): void {
    const run = this.#runs.get(runId);
    if (!run) return;
    run.opened = false;
    void this.#tell(runId, run);
  }

  /** Redis had forgotten the run: what it was told meanwhile changed nothing. */
  retell(runId: string): void {
    const run = this.#runs.get(runId);
    if (run) this.#tellAgain(runId, run);
  }

  /** The run has ended. */
  end(runId: string): void {
    this.#runs.delete(runId);
  }

  #add(runId: string, opened: boolean): Following {
    const run: Following = {
      ...{ count: 0, lingerMs: null, lingersFromHere: false, opened },
      ...{ toldLingerMs: null, toldFollowed: false, telling: false },
      ...{ lingerAgain: false, followedAgain: false },
      retryMs: FIRST_RETRY_MS,
    };
    this.#runs.set(runId, run);
    return run;
  }

  #learn(runId: string, ms: number): void {
    const run = this.#runs.get(runId);
    // This process hears of what it has said itself, too.
    if (!run || (run.lingersFromHere && run.lingerMs === ms)) return;
    run.lingerMs = ms;
    // Before this Redis counted nobody.
    this.#tellFollowedAgain(runId, run);
  }

  #tellAgain(runId: string, run: Following): void {
    run.toldLingerMs = null;
    run.lingerAgain = true;
    this.#tellFollowedAgain(runId, run);
  }

  #tellFollowedAgain(runId: string, run: Following): void {
    run.toldFollowed = null;
    run.followedAgain = true;
    void this.#tell(runId, run);
  }

  /** One telling at a time; what changes meanwhile is told after it. */
  async #tell(runId: string, run: Following): Promise<void> {
    if (run.telling) return;
    run.telling = true;
    try {
      while (this.#runs.get(runId) === run && this.#hasNews(run)) await this.#tellOnce(runId, run);
      run.retryMs = FIRST_RETRY_MS;
    } catch (error) {
      if (!isAway(error))
        this.#link.log.error({ err: error, run: runId }, "who follows a run could not be told");
      // While Redis is away it waits until that is back.
      if (this.#link.ready) setTimeout(() => void this.#tell(runId, run), run.retryMs).unref();
      run.retryMs = Math.min(2 * run.retryMs, LONGEST_RETRY_MS);
    } finally {
      run.telling = false;
    }
    this.#forgetTold(runId, run);
  }

  #hasNews(run: Following): boolean {
    return this.#lingerIsNews(run) || this.#followedIsNews(run);
  }

  #lingerIsNews({ lingersFromHere, lingerMs, toldLingerMs }: Following): boolean {
    return lingersFromHere && toldLingerMs !== lingerMs;
  }

  /** Followers of a run that was opened here count from when it is to end without any. */
  #followedIsNews({ count, lingerMs, opened, toldFollowed }: Following): boolean {
    return (lingerMs !== null || !opened) && toldFollowed !== count > 0;
  }

  async #tellOnce(runId: string, run: Following): Promise<void> {
    const { process } = this.#link;
    const { lingerMs } = run;
    const followed = run.count > 0;
    const said: Promise<unknown>[] = [];
    if (this.#lingerIsNews(run)) said.push(this.#link.run(LINGER, runId, lingerMs ?? 0));
    if (this.#followedIsNews(run)) said.push(this.#link.run(FOLLOW, runId, process, followed ? 1 : 0));
    run.lingerAgain = false;
    run.followedAgain = false;
    run.toldLingerMs = null;
    run.toldFollowed = null;
    await Promise.all(said);
    if (!run.lingerAgain) run.toldLingerMs = lingerMs;
    if (!run.followedAgain) run.toldFollowed = followed;
  }

  /** Of a run that nobody follows here nothing is to be known, once Redis has been told and its events come here no more. */
  #forgetTold(runId: string, run: Following): void {
    const isKnown = run.lingerMs !== null && run.opened;
    if (run.count > 0 || isKnown || this.#hasNews(run) || this.#runs.get(runId) !== run) return;
    this.#runs.delete(runId);
  }

  #lookAfter(ms: number): void {
    setTimeout(this.#sweep, ms + 20).unref();
  }
}
