import type { Logger } from "../../log";
import type { Isolation } from "../../schemas/run";
import type { Cell, IsolationMode, Profile } from "../cell";
import type { ContainerMode } from "../container/mode";
import { SUPERVISOR_SHELL } from "../container/supervisor";
import { CellsRefused } from "../container/supervisor-stream";
import { CellMode, type CellModeOptions } from "./mode";
import { remedyFor } from "./remedy";

/** After cells were refused, containers serve for so long before they are tried again. */
const TRY_AGAIN_MS = 5 * 60_000;

export interface MixedModeOptions {
  containers: ContainerMode;
  cells: Omit<CellModeOptions, "onRefused">;
  /** `cell`: always where they can be had; `auto`: where a run would have to wait for a container. */
  prefer: "cell" | "auto";
  log: Logger;
  now?: () => number;
}

/** Cells, and containers where cells cannot be had: in an image that an operator named, or on a machine that refuses them. */
export class MixedMode implements IsolationMode {
  readonly #containers: ContainerMode;
  readonly #cells: CellMode;
  readonly #prefer: MixedModeOptions["prefer"];
  readonly #log: Logger;
  readonly #now: () => number;
  /** What was asked to be kept warm, by the profile. */
  readonly #kept = new Map<string, { profile: Profile; count: number }>();
  /** Why cells cannot be had, with the remedy; `null` while nothing speaks against them. */
  #refusal: string | null = null;
  #refusedUntil = Number.NEGATIVE_INFINITY;

  constructor({ containers, cells, prefer, log, now = () => performance.now() }: MixedModeOptions) {
    this.#containers = containers;
    this.#cells = new CellMode({ ...cells, onRefused: (cause) => this.#refuse(cause) });
    this.#prefer = prefer;
    this.#log = log;
    this.#now = now;
  }

  get isolation(): Isolation {
    return this.#prefer === "cell" && this.#refusal === null ? "cell" : "container";
  }

  get idle(): number {
    return this.#cells.idle + this.#containers.idle;
  }

  get notice(): string | null {
    const notices = [this.#containers.notice, this.#refusal].filter((notice) => notice !== null);
    return notices.length > 0 ? notices.join(" ") : null;
  }

  start(): void {
    this.#containers.start();
    this.#cells.start();
  }

  keep(profile: Profile, count: number): void {
    this.#kept.set(JSON.stringify(profile), { profile, count });
    const cells = this.#canBeCell(profile);
    this.#cells.keep(profile, cells ? count : 0);
    this.#containers.keep(profile, cells && this.#prefer === "cell" ? 0 : count);
  }

  expect(profile: Profile): void {
    if (this.#canBeCell(profile) && this.#prefer === "cell") this.#cells.expect(profile);
    else this.#containers.expect(profile);
  }

  async acquire(profile: Profile, cancelled: Promise<never>): Promise<Cell> {
    const warm = this.#prefer === "auto" && this.#containers.hasIdle(profile);
    if (warm || !this.#canBeCell(profile)) return this.#containers.acquire(profile, cancelled);
    try {
      // Under a steady load no container is made: it would cost as much as ten runs.
      this.#containers.defer();
      const cell = await this.#cells.acquire(profile, cancelled);
      this.#serve();
      return cell;
    } catch (cause) {
      if (!(cause instanceof CellsRefused)) throw cause;
      this.#refuse(cause);
      return this.#containers.acquire(profile, cancelled);
    }
  }

  release(cell: Cell, how: "clean" | "abnormal"): void {
    (cell.isolation === "cell" ? this.#cells : this.#containers).release(cell, how);
  }

  async close(): Promise<void> {
    await Promise.all([this.#cells.close(), this.#containers.close()]);
  }

  #canBeCell(profile: Profile): boolean {
    return profile.shell === SUPERVISOR_SHELL && this.#now() >= this.#refusedUntil;
  }

  /** Cells are to be had (again). */
  #serve(): void {
    if (this.#refusal === null) return;
    this.#refusal = null;
    this.#log.info("cells can be had again");
    this.#keepAll();
  }

  #refuse(cause: CellsRefused): void {
    const { message } = cause;
    const known = this.#refusal;
    this.#refusedUntil = this.#now() + TRY_AGAIN_MS;
    this.#refusal = `Cells cannot be had here, so each run has a container of its own: ${message}. ${remedyFor(message)}`;
    if (this.#refusal !== known) this.#log.warn({ err: cause }, this.#refusal);
    this.#keepAll();
  }

  #keepAll(): void {
    for (const { profile, count } of this.#kept.values()) this.keep(profile, count);
  }
}
