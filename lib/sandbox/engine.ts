import type Docker from "dockerode";
import { withTimeout } from "../system/with-timeout";
import { dockerError, EngineSilent, engineInfo, engineVersion, pingEngine, statusCode } from "./docker";
import { type EngineCall, EnginePace } from "./engine-pace";
import type { SandboxMeter } from "./sandbox";

/** An engine that has answered nothing for so long is asked whether it is there. Most runs end before that. */
const WATCH_AFTER_MS = 250;
/** How often an engine is asked while one answer of it is awaited. */
const ASK_AGAIN_MS = 1_000;

/** A check on the engine while something waits for it: an engine that hangs closes no connection and answers nothing. */
export interface EngineWatch {
  /** Rejects with `docker_unavailable` when the engine is silent and does not answer when asked; else never settles. */
  readonly lost: Promise<never>;
  end(): void;
}

/** The machine that an engine's containers run on. */
export interface EngineHost {
  /** Of its processors, by Node's names where they have one. */
  architecture: string;
  processors: number;
  /** Whether AppArmor holds its containers. */
  appArmor: boolean;
}

const NODE_NAMES: Readonly<Record<string, string>> = { x86_64: "x64", aarch64: "arm64" };

/** One Docker engine: its client, how fast it lately was, and whether it is still there. */
export class Engine {
  readonly docker: Docker;
  readonly pace: EnginePace;
  readonly #now: () => number;
  readonly #meter: SandboxMeter | undefined;
  #answeredAt = Number.NEGATIVE_INFINITY;

  constructor(docker: Docker, now: () => number = () => performance.now(), meter?: SandboxMeter) {
    this.docker = docker;
    this.pace = new EnginePace(now);
    this.#now = now;
    this.#meter = meter;
  }

  /**
   * Makes a call and waits for it as long as the engine's pace suggests; then throws what `dockerError` words as a slow engine. The call
   * itself goes on for a while: an answer that comes late teaches the pace.
   */
  call<T>(kind: EngineCall, make: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const timeoutMs = this.pace.timeoutMs(kind);
    return withTimeout(this.measure(kind, make), timeoutMs, () => {
      throw new EngineSilent(timeoutMs);
    });
  }

  /** Resolves with the engine's version when it answers in time; throws `docker_unavailable` when it does not. */
  async version(): Promise<string> {
    try {
      const answer = await this.call("ping", (signal) => engineVersion(this.docker, signal));
      return answer.Version;
    } catch (cause) {
      throw dockerError(cause);
    }
  }

  async host(): Promise<EngineHost> {
    const { Architecture, NCPU, SecurityOptions } = await this.call("ping", (signal) =>
      engineInfo(this.docker, signal),
    );
    return {
      architecture: NODE_NAMES[Architecture] ?? Architecture,
      processors: NCPU,
      appArmor: (SecurityOptions ?? []).some((option) => option.split(",").includes("name=apparmor")),
    };
  }

  /** Each watch asks for itself, so that one lost question fails one run. While the engine answers anything, none asks. */
  watch(): EngineWatch {
    return this.#watch(null);
  }

  #watch(askAgainMs: number | null): EngineWatch {
    let timer: NodeJS.Timeout | undefined;
    let ended = false;
    const lost = new Promise<never>((_, reject) => {
      const look = () => {
        if (ended) return;
        const silentMs = this.#now() - this.#answeredAt;
        if (silentMs < WATCH_AFTER_MS) timer = setTimeout(look, WATCH_AFTER_MS - silentMs);
        else void ask();
      };
      const ask = async () => {
        const askedAt = this.#now();
        try {
          await this.call("ping", (signal) => pingEngine(this.docker, signal));
          if (askAgainMs !== null && !ended) timer = setTimeout(look, askAgainMs);
        } catch (cause) {
          // Slow, but alive: it has answered somebody else meanwhile.
          if (cause instanceof EngineSilent && this.#answeredAt > askedAt) look();
          else reject(dockerError(cause));
        }
      };
      timer = setTimeout(look, WATCH_AFTER_MS);
    });
    // Avoids an unhandled rejection; awaiters still see it.
    lost.catch(() => {});
    return {
      lost,
      end() {
        ended = true;
        clearTimeout(timer);
      },
    };
  }

  /**
   * Waits for an answer however long it takes, as long as the engine answers something when asked; throws
   * `docker_unavailable` when it does not.
   */
  async whileAlive<T>(answer: Promise<T>): Promise<T> {
    const watch = this.#watch(ASK_AGAIN_MS);
    try {
      return await Promise.race([answer, watch.lost]);
    } finally {
      watch.end();
    }
  }

  /**
   * Makes a call without a time-out of its own, but for the longest that any is given, and learns how long it took. `name` is what is
   * reported of it, where there are several of a kind.
   */
  async measure<T>(
    kind: EngineCall,
    make: (signal: AbortSignal) => Promise<T>,
    name: string = kind,
  ): Promise<T> {
    const since = this.#now();
    const longest = new AbortController();
    const timer = setTimeout(() => longest.abort(), this.pace.longestMs(kind)).unref();
    try {
      const answer = await make(longest.signal);
      this.#answered(kind, since, name);
      return answer;
    } catch (cause) {
      if (statusCode(cause) !== undefined) this.#answered(kind, since, name);
      else this.#meter?.engineFailed(name);
      throw cause;
    } finally {
      clearTimeout(timer);
    }
  }

  #answered(kind: EngineCall, since: number, name: string): void {
    this.#answeredAt = this.#now();
    const tookMs = this.#answeredAt - since;
    this.pace.took(kind, tookMs);
    this.#meter?.engineAnswered(name, tookMs);
  }
}
