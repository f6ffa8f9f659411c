import type Docker from "dockerode";
import { AppError } from "../errors";
import type { Language } from "../languages";
import type { Logger } from "../log";
import type { RunLimits } from "../plans";
import { Container } from "./container/container";
import type { Profile } from "./container/limits";
import { SUPERVISOR_SHELL } from "./container/supervisor";
import { connectDocker, dockerError, EngineWatcher, ping, statusCode } from "./docker";
import { execute } from "./execute";
import { createImages, type Image, type Images } from "./images";
import { type Instance, registerInstance } from "./instance";
import { labelsOf } from "./labels";
import { cancelledBefore } from "./outcome";
import { Pool } from "./pool";
import { reap } from "./reaper";
import type { Progress, RunIo, RunSpec, Sandbox, SandboxEvent, SandboxHealth } from "./sandbox";
import { stageLimits, standbyOf } from "./stage-limits";

export type { Progress, RunIo, RunOutcome, RunSpec, Sandbox, SandboxEvent, SandboxHealth } from "./sandbox";

const REAP_EVERY_MS = 60_000;
const LOOK_AT_MEMORY_EVERY_MS = 5_000;
/** What an idle sandbox holds at most: 13 MB its shim (design.md section 5), 14 a Node.js that stands by (ADR 9), and a little. */
const IDLE_BYTES = 28 * 1_048_576;
/** At most this share of the memory that is still free goes to sandboxes that only wait. */
const IDLE_SHARE = 0.25;
const RETRY_DELAY_MS = 1_000;
/** Longer than a short run takes, shorter than a person's pause. */
const QUIET_MS = 100;
/** How long a sandbox in use may hold up the making of others. */
const PATIENCE_MS = 500;

export interface SandboxOptions {
  dockerHost?: string | undefined;
  /** Warm sandboxes in all; 0 makes each on demand. */
  warm: number;
  /** An OCI runtime by name, such as `runsc`. */
  runtime?: string | undefined;
  /** Language id to the image an operator named for it. */
  images: ReadonlyMap<string, string>;
  /** Where this process registers itself, so that its containers can be told from a dead one's. */
  dataDir: string;
  languages: readonly Language[];
  /** The limits that warm sandboxes are made for. */
  limits: RunLimits;
  log: Logger;
}

/** The sandbox on Docker. Connects on first use; while the engine is away runs throw `docker_unavailable`. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const instance = await registerInstance(options.dataDir);
  const sandbox = new DockerSandbox(options, instance);
  sandbox.start();
  return sandbox;
}

class DockerSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  readonly #instance: Instance;
  readonly #docker: Docker;
  readonly #engine: EngineWatcher;
  readonly #images: Images;
  readonly #pool: Pool<Container>;
  readonly #profiles = new Map<string, Profile>();
  readonly #containers = new Map<string, Container>();
  readonly #running = new Set<AbortController>();
  readonly #timers: NodeJS.Timeout[] = [];
  #dockerWasUp = false;

  constructor(options: SandboxOptions, instance: Instance) {
    this.#options = options;
    this.#instance = instance;
    this.#docker = connectDocker(options.dockerHost);
    this.#engine = new EngineWatcher(this.#docker);
    this.#images = createImages(this.#docker, { images: options.images });
    this.#pool = new Pool<Container>({
      create: (key) => this.#create(key),
      destroy: (container) => this.#remove(container),
      warm: options.warm,
      parallelCreates: 4,
      retryDelayMs: RETRY_DELAY_MS,
      quietMs: QUIET_MS,
      patienceMs: PATIENCE_MS,
      onError: (cause) => this.#onPoolError(cause),
    });
  }

  /** Cleans up after the dead, then keeps what the core languages need warm. Never throws: the engine may be away. */
  start(): void {
    void this.#reap();
    this.#timers.push(
      setInterval(() => void this.#reap(), REAP_EVERY_MS).unref(),
      setInterval(() => this.#giveWay(), LOOK_AT_MEMORY_EVERY_MS).unref(),
    );
    void this.#warmUp();
  }

  async *run(spec: RunSpec, io: RunIo): AsyncIterable<SandboxEvent> {
    // Not `AbortSignal.any`: Node holds on to what it returns, and so to the whole run, as long as somebody listens to it.
    const controller = new AbortController();
    const { signal } = controller;
    const abort = () => controller.abort();
    if (io.signal.aborted) abort();
    else io.signal.addEventListener("abort", abort);
    this.#running.add(controller);
    const cancelled = whenAborted(signal);
    try {
      const container = yield* this.#containerFor(spec, cancelled);
      const engine = this.#engine.watch();
      engine.lost.catch((cause) => container.lose(cause));
      try {
        yield* execute(container, spec, { ...io, signal });
      } catch (cause) {
        throw dockerError(cause);
      } finally {
        engine.end();
        this.#pool.release(container);
      }
    } catch (cause) {
      if (!(cause instanceof CancelledBefore)) throw cause;
      yield { type: "done", outcome: cancelledBefore(spec) };
    } finally {
      io.signal.removeEventListener("abort", abort);
      this.#running.delete(controller);
    }
  }

  async *#containerFor(spec: RunSpec, cancelled: Promise<never>): AsyncGenerator<SandboxEvent, Container> {
    const known = this.#images.known(spec.language);
    const image = known ?? (yield* this.#prepareForRun(spec.language, cancelled));
    return this.#acquire(spec, image, cancelled);
  }

  async prepare(language: Language, onProgress?: (progress: Progress) => void): Promise<void> {
    await this.#images.prepare(language, onProgress);
    this.#keepWarm(language);
  }

  expect(language: Language, limits: RunLimits): void {
    const image = this.#images.known(language);
    if (image) this.#pool.hint(this.#keyOf(language, image, limits));
  }

  ready(language: Language): boolean {
    return this.#images.known(language) !== null;
  }

  async health(): Promise<SandboxHealth> {
    const { languages } = this.#options;
    const counts = { warm: this.#pool.idle, running: this.#running.size };
    const split = () => ({
      ready: languages.filter((language) => this.ready(language)).map(({ id }) => id),
      missing: languages.filter((language) => !this.ready(language)).map(({ id }) => id),
    });
    try {
      const version = await ping(this.#docker);
      await Promise.all(languages.map((language) => this.#images.find(language)));
      return { ok: true, version, ...counts, ...split() };
    } catch (cause) {
      return { ok: false, message: dockerError(cause).message, ...counts, ...split() };
    }
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const controller of this.#running) controller.abort();
    await this.#pool.close();
    await Promise.all([...this.#containers.values()].map((container) => this.#remove(container)));
    await this.#instance.close();
  }

  /** The image of a language that is not known to be there, with the progress of making it as events. */
  async *#prepareForRun(language: Language, cancelled: Promise<never>): AsyncGenerator<SandboxEvent, Image> {
    const there = await this.#images.find(language);
    if (there) return there;
    const events: SandboxEvent[] = [];
    let wake = () => {};
    let result: { image: Image } | { cause: unknown } | null = null;
    const settle = (value: { image: Image } | { cause: unknown }) => {
      result = value;
      wake();
    };
    this.#images
      .prepare(language, (progress) => {
        // Only the newest matters to somebody who waits.
        events[0] = { type: "preparing", ...progress };
        wake();
      })
      .then(
        (image) => settle({ image }),
        (cause: unknown) => settle({ cause }),
      );
    for (;;) {
      const event = events.shift();
      if (event) yield event;
      else if (result) break;
      else await Promise.race([new Promise<void>((resolve) => (wake = resolve)), cancelled]);
    }
    const settled = result as { image: Image } | { cause: unknown };
    if ("cause" in settled) throw settled.cause;
    return settled.image;
  }

  async #acquire(spec: RunSpec, image: Image, cancelled: Promise<never>): Promise<Container> {
    const key = this.#keyOf(spec.language, image, spec.limits);
    const asked = this.#pool.acquire(key);
    // A dead engine must be told within 2 s, however long a making may take.
    const engine = this.#engine.watch();
    try {
      return await Promise.race([asked, engine.lost, cancelled]);
    } catch (cause) {
      // It may still come: when the engine goes on, or after its viewer has gone.
      asked.then(
        (container) => this.#pool.release(container),
        () => {},
      );
      if (statusCode(cause) === 404) this.#images.forget(spec.language);
      if (cause instanceof CancelledBefore) throw cause;
      throw lacksShell(cause) ? noShell(spec.language, image, cause) : dockerError(cause);
    } finally {
      engine.end();
    }
  }

  /** Runs of one key can use each other's warm sandboxes: same image, same surroundings, same limits. */
  #keyOf(language: Language, image: Image, limits: RunLimits): string {
    const first = stageLimits({ language, limits }, language.compile ? "compile" : "run");
    const env = language.env ?? {};
    const standby = standbyOf({ language, limits }, image.shell === SUPERVISOR_SHELL);
    const key = JSON.stringify([image.id, env, limits, first, standby]);
    if (!this.#profiles.has(key)) {
      const { runtime } = this.#options;
      this.#profiles.set(key, { image: image.id, shell: image.shell, env, limits, first, standby, runtime });
    }
    return key;
  }

  async #create(key: string): Promise<Container> {
    const profile = this.#profiles.get(key);
    if (!profile) throw new Error("There is no profile for this key.");
    const container = await Container.create(this.#docker, profile, labelsOf(this.#instance));
    this.#engine.answered();
    this.#containers.set(container.id, container);
    container.whenDead(() => this.#pool.discard(key, container));
    this.#dockerWasUp = true;
    return container;
  }

  async #remove(container: Container): Promise<void> {
    await container.remove();
    this.#containers.delete(container.id);
  }

  async #warmUp(): Promise<void> {
    for (const language of this.#options.languages) {
      try {
        if (await this.#images.find(language)) this.#keepWarm(language);
      } catch (cause) {
        this.#onPoolError(cause);
        // The engine is away: look again, so that the first run after its return is fast too.
        setTimeout(() => void this.#warmUp(), RETRY_DELAY_MS * 5).unref();
        return;
      }
    }
  }

  /** Waiting sandboxes are a luxury: programs that run, ours or the machine's, come first when memory gets short. */
  #giveWay(): void {
    const affordable = Math.floor((process.availableMemory() * IDLE_SHARE) / IDLE_BYTES);
    this.#pool.resize(Math.min(this.#options.warm, affordable));
  }

  #keepWarm(language: Language): void {
    const image = this.#images.known(language);
    if (image && language.core) this.#pool.keep(this.#keyOf(language, image, this.#options.limits), 1);
  }

  async #reap(): Promise<void> {
    try {
      const removed = await reap(this.#docker, this.#instance, (id) => this.#containers.has(id));
      if (removed > 0) this.#options.log.info({ removed }, "removed sandboxes that a dead process had left");
    } catch (cause) {
      this.#onPoolError(cause);
    }
  }

  /** Said once for each time the engine goes away, not every second while it is. */
  #onPoolError(cause: unknown): void {
    const error = dockerError(cause);
    if (this.#dockerWasUp)
      this.#options.log.warn({ err: error, cause: error.cause }, "sandboxes cannot be made in advance");
    this.#dockerWasUp = false;
  }
}

/** The viewer no longer waits, and nothing of the run has happened yet. */
class CancelledBefore extends Error {}

/** Rejects when the viewer no longer waits; a run that goes on has it pending. */
function whenAborted(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    const gone = () => reject(new CancelledBefore());
    if (signal.aborted) gone();
    else signal.addEventListener("abort", gone, { once: true });
  });
  // Whoever awaits it hears of it; nobody may.
  aborted.catch(() => {});
  return aborted;
}

/** What the engine says of an image that has no program of the name that is to be started. */
function lacksShell(cause: unknown): boolean {
  return (
    statusCode(cause) !== undefined &&
    /no such file or directory|executable file not found/.test(String(cause))
  );
}

function noShell(language: Language, image: Image, cause: unknown): AppError {
  return new AppError(
    "image_unavailable",
    `The image named for ${language.name} has no ${image.shell}, which is needed to run programs in it; name another with QUICKSAND_IMAGE_${language.id.toUpperCase()}.`,
    { cause, retryAfterS: 60 },
  );
}
