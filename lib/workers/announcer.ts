import { randomUUID } from "node:crypto";
import os from "node:os";
import packageJson from "../../package.json" with { type: "json" };
import type { Catalogue } from "../languages/catalogue";
import type { Logger } from "../log";
import type { RunFigures } from "../metrics";
import type { Fleet, WorkerNotice } from "../queue/fleet";
import type { SandboxFront, SandboxHealth } from "../sandbox/sandbox";
import type { IsolationChoice } from "../schemas/run";
import type { Pulse } from "./pulse";

const EVERY_MS = 1_000;

export interface AnnouncerOptions {
  fleet: Pick<Fleet, "announce" | "withdraw">;
  sandbox: SandboxFront;
  /** Never rejects; as patient with a busy engine as a health check is. */
  askEngine: () => Promise<SandboxHealth>;
  catalogue: Catalogue;
  figures: RunFigures;
  isolation: IsolationChoice;
  concurrency: number;
  unwritten: () => readonly string[];
  /** Told of the engine each time that it was asked. */
  onHealth: (health: SandboxHealth) => Promise<void>;
  /** Where this machine's health check finds how it is. */
  pulse: Pick<Pulse, "beat">;
  log: Logger;
}

/** Says every second who this worker is and how it is. Never rejects: web processes that hear nothing for 10 s take it for gone. */
export class Announcer {
  readonly id = randomUUID();
  readonly #options: AnnouncerOptions;
  readonly #startedAt = new Date().toISOString();
  #draining = false;
  #timer: NodeJS.Timeout | undefined;
  #saying: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #heard = true;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Resolves when it was said once. */
  async begin(): Promise<void> {
    this.#timer = setInterval(() => void this.now(), EVERY_MS);
    await this.now();
  }

  /** Says it now, or once more after what is just being said: that may be older. However often it is wanted meanwhile, it is said once. */
  now(): Promise<void> {
    if (this.#saying) {
      this.#next ??= this.#saying.then(() => {
        this.#next = null;
        return this.now();
      });
      return this.#next;
    }
    this.#saying = this.#say().finally(() => {
      this.#saying = null;
    });
    return this.#saying;
  }

  /** From now on web processes know that it takes no more runs. */
  drain(): Promise<void> {
    this.#draining = true;
    return this.now();
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await (this.#next ?? this.#saying);
    const { fleet, log } = this.#options;
    await fleet.withdraw(this.id).catch((err: unknown) => log.debug({ err }, "could not say goodbye"));
  }

  async #say(): Promise<void> {
    const { fleet, askEngine, onHealth, log } = this.#options;
    try {
      const health = await askEngine();
      await onHealth(health);
      await fleet.announce(this.#notice(health));
      if (!this.#heard) log.info("the web processes hear of this worker again");
      this.#heard = true;
      await this.#beat(health.ok ? null : (health.message ?? "Docker does not answer."));
    } catch (err) {
      // Once for an outage, not each second.
      if (this.#heard) log.warn({ err }, "the web processes do not hear of this worker; it is tried again");
      this.#heard = false;
      await this.#beat("Redis does not answer; see whether it is running and REDIS_URL leads to it.");
    }
  }

  async #beat(problem: string | null): Promise<void> {
    const { pulse, log } = this.#options;
    // A disk that is full is said by what needs it more than this.
    await pulse
      .beat({ problem })
      .catch((err: unknown) => log.debug({ err }, "the health note is not written"));
  }

  #notice({ ok, version, message, warm, running }: SandboxHealth): WorkerNotice {
    const { catalogue, sandbox, figures, isolation, concurrency, unwritten } = this.#options;
    const languages = catalogue.all.map((language): [string, WorkerNotice["languages"][string]] => [
      language.id,
      {
        ready: sandbox.ready(language),
        printedVersion: sandbox.printedVersion(language),
        progress: sandbox.progress(language),
      },
    ]);
    return {
      ...{ id: this.id, host: os.hostname(), startedAt: this.#startedAt, version: packageJson.version },
      ...{ concurrency, draining: this.#draining, isolation },
      health: {
        ok,
        ...(version !== undefined && { version }),
        ...(message !== undefined && { message }),
        warm,
        running,
      },
      languages: Object.fromEntries(languages),
      unwritten: unwritten(),
      figures: figures.latest(),
    };
  }
}
