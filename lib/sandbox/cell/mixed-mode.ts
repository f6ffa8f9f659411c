import type { Logger } from "../../log";
import type { Isolation } from "../../schemas/run";
import type { Cell, IsolationMode, Profile } from "../cell";
import type { ContainerMode } from "../container/mode";
import { SUPERVISOR_SHELL } from "../container/supervisor";
import { CellsRefused } from "../container/supervisor-stream";
import type { CellMode } from "./mode";
import { remedyFor } from "./remedy";

/** After cells were refused, containers serve for so long before they are tried again. */
const TRY_AGAIN_MS = 5 * 60_000;

export interface MixedModeOptions {
  containers: ContainerMode;
  cells: CellMode;
  /** `cell`: always where they can be had; `auto`: where a run would have to wait for a container. */
  prefer: "cell" | "auto";
  log: Logger;
  now?: () => number;
}

/** Cells, and containers where cells cannot be had: in an image that an operator named, or on a machine that refuses them. */
export class MixedMode implements IsolationMode {
  readonly #options: MixedModeOptions;
  readonly #now: () => number;
  #refusal: string | null = null;
  #refusedUntil = Number.NEGATIVE_INFINITY;

  constructor(options: MixedModeOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  get isolation(): Isolation {
    return this.#options.prefer === "cell" && this.#refusal === null ? "cell" : "container";
  }

  get idle(): number {
    return this.#options.cells.idle + this.#options.containers.idle;
  }

  get notice(): string | null {
    const notices = [this.#options.containers.notice, this.#refusal].filter((notice) => notice !== null);
    return notices.length > 0 ? notices.join(" ") : null;
  }

  start(): void {
    this.#options.containers.start();
    this.#options.cells.start();
  }

  keep(profile: Profile, count: number): void {
    const { cells, containers, prefer } = this.#options;
    if (!this.#canBeCell(profile) || prefer === "auto") containers.keep(profile, count);
    if (this.#canBeCell(profile)) cells.keep(profile, count);
  }

  expect(profile: Profile): void {
    const { cells, containers, prefer } = this.#options;
    if (this.#canBeCell(profile) && prefer === "cell") cells.expect(profile);
    else containers.expect(profile);
  }

  async acquire(profile: Profile, cancelled: Promise<never>): Promise<Cell> {
    const { cells, containers, prefer } = this.#options;
    const container = !this.#canBeCell(profile) || (prefer === "auto" && containers.hasIdle(profile));
    if (container) return containers.acquire(profile, cancelled);
    try {
      const cell = await cells.acquire(profile, cancelled);
      this.#refusal = null;
      return cell;
    } catch (cause) {
      if (!(cause instanceof CellsRefused)) throw cause;
      this.#refuse(profile, cause);
      return containers.acquire(profile, cancelled);
    }
  }

  release(cell: Cell, how: "clean" | "abnormal"): void {
    this.#options[cell.isolation === "cell" ? "cells" : "containers"].release(cell, how);
  }

  async close(): Promise<void> {
    await Promise.all([this.#options.cells.close(), this.#options.containers.close()]);
  }

  #canBeCell(profile: Profile): boolean {
    return profile.shell === SUPERVISOR_SHELL && this.#now() >= this.#refusedUntil;
  }

  #refuse(profile: Profile, cause: CellsRefused): void {
    const { cells, containers, log } = this.#options;
    this.#refusedUntil = this.#now() + TRY_AGAIN_MS;
    this.#refusal = `Cells cannot be had here, so that each run has a container of its own (${cause.message}). ${remedyFor(cause.message)}`;
    log.warn({ reason: cause.message }, this.#refusal);
    cells.keep(profile, 0);
    containers.expect(profile);
  }
}
