import { AppError } from "../errors";
import { type Language, limitsOf } from "../languages";
import type { Logger } from "../log";
import type { PlanLimits } from "../plans";
import type { IsolationChoice, RunStatus } from "../schemas/run";
import type { RunLimits } from "../schemas/run-limits";
import type { Cell, IsolationMode } from "./cell";
import { MixedMode } from "./cell/mixed-mode";
import { ContainerMode } from "./container/mode";
import { OwnedContainers } from "./container/owned-containers";
import { Runtime } from "./container/runtime";
import { connectDocker, dockerError, statusCode } from "./docker";
import { Engine } from "./engine";
import type { EngineVariables } from "./engine-address.mjs";
import { execute } from "./execute";
import { ImageHints } from "./image-hints";
import { imageWithProgress } from "./image-progress";
import { claimsIn, createImages, type Image, type Images } from "./images";
import { type Instance, registerInstance } from "./instance";
import { OutageLog } from "./outage-log";
import { cancelledBefore } from "./outcome";
import { profileOf } from "./profile";
import type { Progress, RunIo, RunSpec, Sandbox, SandboxEvent, SandboxHealth, SandboxMeter } from "./sandbox";

const RETRY_WARM_UP_MS = 5_000;

export interface SandboxOptions {
  /** Where the engine is; Docker's own default if empty. */
  engine?: EngineVariables | undefined;
  /** Warm sandboxes in all; 0 creates each on demand. */
  warm: number;
  /** What runs are isolated by: a container each, cells where they can be had, or `auto`, cells where a run would wait. */
  isolation?: IsolationChoice | undefined;
  /** An OCI runtime by name, such as `runsc`. */
  runtime?: string | undefined;
  /** From a language's id to the image that the operator named for it. */
  images: ReadonlyMap<string, string>;
  /** Where this process registers itself, so that its containers can be told from a dead process's. */
  dataDir: string;
  languages: readonly Language[];
  /** The plan that warm sandboxes are made for. */
  limits: PlanLimits;
  log: Logger;
  meter?: SandboxMeter | undefined;
}

/** The sandbox on Docker. Connects on first use; while the engine is away runs throw `docker_unavailable`. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = new DockerSandbox(options, await registerInstance(options.dataDir));
  sandbox.start();
  return sandbox;
}

class DockerSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  readonly #instance: Instance;
  readonly #engine: Engine;
  readonly #images: Images;
  readonly #hints: ImageHints;
  readonly #isolation: IsolationMode;
  readonly #outages: OutageLog;
  readonly #running = new Set<AbortController>();
  #warmUpTimer: NodeJS.Timeout | undefined;

  constructor(options: SandboxOptions, instance: Instance) {
    this.#options = options;
    this.#instance = instance;
    this.#engine = new Engine(connectDocker(options.engine), undefined, options.meter);
    this.#images = createImages(this.#engine.docker, {
      images: options.images,
      engine: this.#engine,
      claims: claimsIn(options.dataDir),
    });
    this.#hints = new ImageHints({
      prepare: (language) => this.prepare(language),
      onFailure: ({ id }, err) =>
        options.log.warn({ err, language: id }, "the image of a language that was picked could not be made"),
    });
    this.#outages = new OutageLog(options.log);
    this.#isolation = this.#isolationMode(instance);
  }

  /** Starts to clean up after dead processes and to keep core languages warm. Never throws: the engine may be away. */
  start(): void {
    this.#isolation.start();
    void this.#warmUp();
  }

  async *run(spec: RunSpec, io: RunIo): AsyncIterable<SandboxEvent> {
    // Not `AbortSignal.any`: Node keeps what it returns, and with it the whole run, as long as there is a listener.
    const controller = new AbortController();
    const { signal } = controller;
    const abort = () => controller.abort();
    if (io.signal.aborted) abort();
    else io.signal.addEventListener("abort", abort);
    this.#running.add(controller);
    try {
      const cell = yield* this.#acquire(spec, whenAborted(signal));
      yield* this.#runIn(cell, spec, { ...io, signal });
    } catch (cause) {
      if (!(cause instanceof CancelledBefore)) throw cause;
      yield { type: "done", outcome: cancelledBefore(spec, this.#isolation.isolation) };
    } finally {
      io.signal.removeEventListener("abort", abort);
      this.#running.delete(controller);
    }
  }

  async prepare(language: Language, onProgress?: (progress: Progress) => void): Promise<void> {
    await this.#images.prepare(language, onProgress);
    this.#keepWarm(language);
  }

  expect(language: Language, limits: RunLimits): void {
    const image = this.#images.known(language);
    if (image) this.#isolation.expect(profileOf(language, image, limits));
    else this.#hints.begin(language);
  }

  ready(language: Language): boolean {
    return this.#images.known(language) !== null;
  }

  printedVersion(language: Language): string | null {
    return this.#images.known(language)?.versions[language.id] ?? null;
  }

  progress(language: Language): Progress | null {
    if (this.ready(language)) return null;
    return this.#images.progress(language) ?? this.#hints.progress(language);
  }

  async health(): Promise<SandboxHealth> {
    const { languages } = this.#options;
    const counts = { warm: this.#isolation.idle, running: this.#running.size };
    const split = () => ({
      ready: languages.filter((language) => this.ready(language)).map(({ id }) => id),
      missing: languages.filter((language) => !this.ready(language)).map(({ id }) => id),
    });
    try {
      const version = await this.#engine.version();
      await Promise.all(languages.map((language) => this.#images.find(language)));
      const { notice } = this.#isolation;
      return { ok: true, version, ...(notice ? { message: notice } : {}), ...counts, ...split() };
    } catch (cause) {
      return { ok: false, message: dockerError(cause).message, ...counts, ...split() };
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#warmUpTimer);
    this.#hints.close();
    for (const controller of this.#running) controller.abort();
    await this.#isolation.close();
    await this.#instance.close();
  }

  #isolationMode(instance: Instance): IsolationMode {
    const { isolation = "container", log, meter, runtime, warm } = this.#options;
    const engine = this.#engine;
    const common = {
      containers: new OwnedContainers(engine, instance, new Runtime(runtime, log)),
      engine,
      warm,
      outages: this.#outages,
      log,
      meter,
    };
    const containers = new ContainerMode(common);
    if (isolation === "container") return containers;
    const cells = { ...common, host: () => engine.host() };
    return new MixedMode({ containers, cells, prefer: isolation, log });
  }

  async *#acquire(spec: RunSpec, cancelled: Promise<never>): AsyncGenerator<SandboxEvent, Cell> {
    const image = yield* imageWithProgress(this.#images, spec.language, cancelled);
    try {
      return await this.#isolation.acquire(
        profileOf(spec.language, image, spec.sandboxLimits ?? spec.limits),
        cancelled,
      );
    } catch (cause) {
      if (cause instanceof CancelledBefore) throw cause;
      if (statusCode(cause) === 404) this.#images.forget(spec.language);
      throw lacksShell(cause) ? noShell(spec.language, image, cause) : dockerError(cause);
    }
  }

  async *#runIn(cell: Cell, spec: RunSpec, io: RunIo): AsyncGenerator<SandboxEvent> {
    let end: "clean" | "abnormal" = "abnormal";
    try {
      const outcome = yield* execute(cell, spec, io);
      if (CLEAN_ENDS.has(outcome.status)) end = "clean";
      yield { type: "done", outcome };
    } catch (cause) {
      throw dockerError(cause);
    } finally {
      this.#isolation.release(cell, end);
    }
  }

  async #warmUp(): Promise<void> {
    try {
      if (await this.#warmWhatIsThere()) return;
    } catch (cause) {
      this.#outages.failed(cause);
    }
    // The engine is away, or the set-up is still at an image: look again, so that the first run after that is fast too.
    this.#warmUpTimer = setTimeout(() => void this.#warmUp(), RETRY_WARM_UP_MS).unref();
  }

  /** Keeps each core language warm whose image is there; resolves with whether that is all of them. */
  async #warmWhatIsThere(): Promise<boolean> {
    let all = true;
    for (const language of this.#options.languages) {
      const image = await this.#images.find(language);
      if (image) this.#keepWarm(language);
      else if (language.core) all = false;
    }
    return all;
  }

  #keepWarm(language: Language): void {
    const image = this.#images.known(language);
    if (!image || !language.core) return;
    const limits = limitsOf(this.#options.limits, language, "batch");
    this.#isolation.keep(profileOf(language, image, limits), 1);
  }
}

/** The statuses after which nothing of the run is left in its cell. */
const CLEAN_ENDS: ReadonlySet<RunStatus> = new Set(["success", "error", "compile_error"]);

/** The run was cancelled before it had a cell. */
class CancelledBefore extends Error {}

/** Rejects with `CancelledBefore` when the signal aborts; stays pending for a run that goes on. */
function whenAborted(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    const cancel = () => reject(new CancelledBefore());
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
  });
  // Avoids an unhandled rejection; awaiters still see it.
  aborted.catch(() => {});
  return aborted;
}

/** Whether the engine says that the image has no program of the name that is to be started. */
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
