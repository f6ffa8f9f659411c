import type { Logger } from "../../log";
import type { Isolation } from "../../schemas/run";
import type { Cell, IsolationMode, Profile } from "../cell";
import type { Engine, EngineWatch } from "../engine";
import type { OutageLog } from "../outage-log";
import { Pool } from "../pool";
import type { SandboxMeter } from "../sandbox";
import type { Container } from "./container";
import type { OwnedContainers } from "./owned-containers";

const REAP_EVERY_MS = 60_000;
const CHECK_MEMORY_EVERY_MS = 5_000;
/** What an idle container holds at most: 13 MB for its shim (ADR 1), 14 for a Node.js that stands by (ADR 9), and a margin. */
const IDLE_BYTES = 28 * 1_048_576;
/** Share of the machine's free memory that may go to idle containers. */
const IDLE_SHARE = 0.25;
const PARALLEL_CREATES = 4;
const RETRY_DELAY_MS = 1_000;
/** Longer than a short run takes, shorter than a person's pause. */
const QUIET_MS = 100;
/** How long a container in use may delay the creation of others. */
const PATIENCE_MS = 500;

export interface ContainerModeOptions {
  containers: Pick<OwnedContainers, "create" | "remove" | "removeLeft" | "removeAll" | "reap" | "notice">;
  engine: Pick<Engine, "watch">;
  /** Warm containers in all; 0 creates each on demand. */
  warm: number;
  outages: OutageLog;
  log: Logger;
  meter?: SandboxMeter | undefined;
  /** Memory that the machine has free, in bytes. */
  availableMemory?: () => number;
}

/** A container in use, and the watch on its engine meanwhile. */
interface Lease {
  container: Container;
  watch: EngineWatch;
}

/** Isolation by a Docker container of its own for every run, kept warm before it is needed (ADR 1). */
export class ContainerMode implements IsolationMode {
  readonly isolation: Isolation = "container";
  readonly #options: ContainerModeOptions;
  protected readonly pool: Pool<Container>;
  /** Profiles by their key in the pool. */
  readonly #profiles = new Map<string, Profile>();
  readonly #leases = new Map<Cell, Lease>();
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(options: ContainerModeOptions, { returns = false } = {}) {
    this.#options = options;
    this.pool = new Pool<Container>({
      create: (key) => this.#create(key),
      destroy: (container) => options.containers.remove(container),
      warm: options.warm,
      returns,
      parallelCreates: PARALLEL_CREATES,
      retryDelayMs: RETRY_DELAY_MS,
      quietMs: QUIET_MS,
      patienceMs: PATIENCE_MS,
      onError: (cause) => this.failedInAdvance(cause),
      onAcquire: (idle) => options.meter?.acquired(this.isolation, idle),
    });
  }

  get idle(): number {
    return this.pool.idle;
  }

  get notice(): string | null {
    return this.#options.containers.notice;
  }

  start(): void {
    void this.#reap();
    this.#timers.push(
      setInterval(() => void this.#reap(), REAP_EVERY_MS).unref(),
      setInterval(() => this.#giveWay(), CHECK_MEMORY_EVERY_MS).unref(),
    );
  }

  keep(profile: Profile, count: number): void {
    this.pool.keep(this.keyOf(profile), count);
  }

  expect(profile: Profile): void {
    this.pool.hint(this.keyOf(profile));
  }

  async acquire(profile: Profile, cancelled: Promise<never>): Promise<Cell> {
    const acquired = this.pool.acquire(this.keyOf(profile));
    // A dead engine must be reported within 2 s, however long a creation may take.
    const watch = this.#options.engine.watch();
    try {
      const container = await Promise.race([acquired, watch.lost, cancelled]);
      return this.#lend(container);
    } catch (cause) {
      // The container may still come: when the engine goes on, or after its viewer has left.
      acquired.then(
        (container) => this.putBack(container),
        () => {},
      );
      throw cause;
    } finally {
      watch.end();
    }
  }

  release(cell: Cell, how: "clean" | "abnormal" = "abnormal"): void {
    const lease = this.#leases.get(cell);
    if (!lease) throw new Error("This cell is not in use.");
    this.#leases.delete(cell);
    lease.watch.end();
    this.takeBack(lease.container, cell, how);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.pool.close();
    await this.#options.containers.removeAll();
  }

  /** Cells that runs have at the moment. */
  protected get inUse(): number {
    return this.#leases.size;
  }

  /** The cell of one run in a container: itself, when it is for one run alone. */
  protected cellOf(container: Container): Cell {
    return container;
  }

  /** Ends a container after its run. */
  protected takeBack(container: Container, _cell: Cell, _how: "clean" | "abnormal"): void {
    this.pool.release(container);
  }

  /** Takes back a container that no run has come to. */
  protected putBack(container: Container): void {
    this.pool.release(container);
  }

  /** Makes a container that waits for its run. */
  protected make(profile: Profile, _key: string): Promise<Container> {
    return this.#options.containers.create(profile);
  }

  protected failedInAdvance(cause: unknown): void {
    this.#options.outages.failed(cause);
  }

  /** Calls back from the pool when a container ends while it is idle. */
  protected guard(key: string, container: Container): void {
    container.whenDead(() => this.pool.discard(key, container));
  }

  #lend(container: Container): Cell {
    const watch = this.#options.engine.watch();
    watch.lost.catch((cause) => container.lose(cause));
    const cell = this.cellOf(container);
    this.#leases.set(cell, { container, watch });
    return cell;
  }

  protected keyOf(profile: Profile): string {
    const key = JSON.stringify(profile);
    if (!this.#profiles.has(key)) this.#profiles.set(key, profile);
    return key;
  }

  async #create(key: string): Promise<Container> {
    const profile = this.#profiles.get(key);
    if (!profile) throw new Error("There is no profile for this key.");
    const container = await this.make(profile, key);
    this.#options.outages.answered();
    void this.#options.containers.removeLeft();
    this.guard(key, container);
    return container;
  }

  /** Others run: what is made in advance would take their processors. */
  defer(): void {
    this.pool.defer();
  }

  /** Whether a run with this profile would have to wait for nothing. */
  hasIdle(profile: Profile): boolean {
    return this.pool.countsOf(this.keyOf(profile)).idle > 0;
  }

  /** Fewer idle containers when memory gets short: programs that run, ours or the machine's, come first. */
  #giveWay(): void {
    const { warm, availableMemory = () => process.availableMemory() } = this.#options;
    this.pool.resize(Math.min(warm, Math.floor((availableMemory() * IDLE_SHARE) / IDLE_BYTES)));
  }

  async #reap(): Promise<void> {
    const { containers, log, outages } = this.#options;
    try {
      await containers.removeLeft();
      const removed = await containers.reap();
      if (removed > 0) log.info({ removed }, "removed sandboxes that a dead process had left");
    } catch (cause) {
      outages.failed(cause);
    }
  }
}
