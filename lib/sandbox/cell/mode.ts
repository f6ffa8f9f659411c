import type { Cell, Profile, Step } from "../cell";
import type { Container } from "../container/container";
import type { Identity } from "../container/limits";
import { ContainerMode, type ContainerModeOptions } from "../container/mode";
import { CellsRefused } from "../container/supervisor-stream";
import type { EngineHost } from "../engine";
import { CELL_PROFILE } from "./apparmor.mjs";
import { type Architecture, isArchitecture } from "./launcher";
import { cellOptions } from "./options";
import { RunInCell } from "./run-in-cell";
import { StagedRun } from "./staged-run";
import { Turns } from "./turns";

/** After so many runs, or so long, a container is replaced, whatever it looks like. */
const MAX_RUNS = 200;
const MAX_AGE_MS = 30 * 60_000;

/** What a container shows that cells work: that a run ends, and another can follow. */
const PROBE: Step = {
  ...{ files: [], argv: ["true"], standby: false, flushes: false, input: { kind: "none" }, terminal: null },
  ...{ last: true, endable: false, measure: false, collect: false, cpuSeconds: 10 },
};

export interface CellModeOptions extends ContainerModeOptions {
  host(): Promise<EngineHost>;
  /** Called when cells that nobody waits for cannot be made here. */
  onRefused(cause: CellsRefused): void;
}

interface SupportedHost extends EngineHost {
  architecture: Architecture;
}

/** What is kept of a container from one run to the next. */
interface Tenure {
  profile: Profile;
  key: string;
  runs: number;
  /** By `performance.now()`. */
  until: number;
}

/** Whether a run begins with limits that are not its program's. */
function isStaged({ first, limits }: Profile): boolean {
  return JSON.stringify(first) !== JSON.stringify(limits.run);
}

/** What the cells of one run are made from: the compiler's, where it has one, and the program's. */
function stagesOf(profile: Profile): Profile[] {
  const program = { ...profile, first: profile.limits.run };
  return isStaged(profile) ? [{ ...profile, standby: [], forks: false }, program] : [program];
}

/**
 * Isolation by namespaces of its own for every run, within a long-lived container (ADR 85). Containers are kept warm by the same policy as
 * those for one run, and come back after a run that has ended well. Where none can be made, `acquire` rejects with `CellsRefused`.
 */
export class CellMode extends ContainerMode {
  override readonly isolation = "cell";
  readonly #options: CellModeOptions;
  readonly #tenures = new WeakMap<Container, Tenure>();
  /** Images in which a first run has ended well. */
  readonly #proven = new Set<string>();
  readonly #turns: Turns;
  #host: Promise<SupportedHost> | null = null;
  #processors = 1;

  constructor(options: CellModeOptions) {
    super(options, { returns: true });
    this.#options = options;
    this.#turns = new Turns({ inUse: () => this.inUse, processors: () => this.#processors });
  }

  override async acquire(profile: Profile, cancelled: Promise<never>): Promise<Cell> {
    if (!isStaged(profile)) return this.#acquire(profile, cancelled);
    const [compiler, program] = stagesOf(profile).map(
      (stage) => this.#acquire(stage, cancelled) as Promise<RunInCell>,
    ) as [Promise<RunInCell>, Promise<RunInCell>];
    // No unhandled rejection while the compiler's cell is awaited; `StagedRun` handles the error.
    program.catch(() => {});
    const release = (cell: RunInCell, how: "clean" | "abnormal") => super.release(cell, how);
    try {
      return new StagedRun(await compiler, program, release);
    } catch (cause) {
      program.then(
        (cell) => release(cell, "clean"),
        () => {},
      );
      throw cause;
    }
  }

  override release(cell: Cell, how: "clean" | "abnormal"): void {
    if (cell instanceof StagedRun) cell.end(how);
    else super.release(cell, how);
  }

  override keep(profile: Profile, count: number): void {
    for (const stage of stagesOf(profile)) super.keep(stage, count);
  }

  override expect(profile: Profile): void {
    for (const stage of stagesOf(profile)) super.expect(stage);
  }

  override hasIdle(profile: Profile): boolean {
    return stagesOf(profile).every((stage) => super.hasIdle(stage));
  }

  protected override async make(profile: Profile, key: string): Promise<Container> {
    const host = await this.#supportedHost();
    const request = (adapted: Profile, identity: Identity) => cellOptions(adapted, identity, host);
    const container = await this.#options.containers.create(profile, request).catch((cause) => {
      if (!/apparmor/i.test(String(cause))) throw cause;
      throw new CellsRefused(`the engine cannot start one with AppArmor's profile ${CELL_PROFILE}`, {
        cause,
      });
    });
    this.#tenures.set(container, { profile, key, runs: 0, until: performance.now() + MAX_AGE_MS });
    if (!this.#proven.has(profile.image)) await this.#prove(container, profile.image);
    return container;
  }

  protected override cellOf(container: Container): RunInCell {
    return new RunInCell(container, this.#tenureOf(container).profile.first);
  }

  protected override takeBack(container: Container, cell: Cell, how: "clean" | "abnormal"): void {
    const tenure = this.#tenureOf(container);
    tenure.runs++;
    const worn = tenure.runs >= MAX_RUNS || performance.now() > tenure.until;
    if (how === "abnormal" || worn || !(cell instanceof RunInCell)) {
      this.pool.release(container);
      this.#turns.consider();
      return;
    }
    this.pool.returning(container);
    const urgent = this.pool.countsOf(tenure.key).awaited > 0;
    this.#turns.add(tenure.key, () => this.#giveBack(container, cell), { urgent });
  }

  protected override putBack(container: Container): void {
    this.pool.giveBack(container);
    this.guard(this.#tenureOf(container).key, container);
  }

  async #acquire(stage: Profile, cancelled: Promise<never>): Promise<Cell> {
    const key = this.keyOf(stage);
    if (this.pool.countsOf(key).idle === 0) this.#turns.hurry(key);
    return super.acquire(stage, cancelled);
  }

  async #giveBack(container: Container, cell: RunInCell): Promise<void> {
    const vacant = await cell.vacate().catch(() => false);
    if (vacant) this.putBack(container);
    else this.pool.release(container);
  }

  /** What none can be made for is not tried again until somebody asks for it. */
  protected override failedInAdvance(cause: unknown): void {
    if (cause instanceof CellsRefused) {
      this.pool.forget();
      this.#options.onRefused(cause);
    } else super.failedInAdvance(cause);
  }

  /** A run of nothing, as the first in an image: what is missing shows before a viewer's program meets it. */
  async #prove(container: Container, image: string): Promise<void> {
    const cell = this.cellOf(container);
    const steps = cell.step(PROBE);
    try {
      let next = await steps.next();
      while (!next.done) next = await steps.next();
      if (next.value?.exitCode !== 0 || !(await cell.vacate())) throw new CellsRefused("a first run failed");
      this.#proven.add(image);
    } catch (cause) {
      await this.#options.containers.remove(container);
      throw cause;
    }
  }

  #supportedHost(): Promise<SupportedHost> {
    this.#host ??= this.#options.host().then((host) => {
      const { architecture, processors } = host;
      if (!isArchitecture(architecture)) throw new CellsRefused(`there is no filter for ${architecture}`);
      this.#processors = processors;
      return { ...host, architecture };
    });
    this.#host.catch(() => (this.#host = null));
    return this.#host;
  }

  #tenureOf(container: Container): Tenure {
    const tenure = this.#tenures.get(container);
    if (!tenure) throw new Error("This container is of no cell.");
    return tenure;
  }
}
