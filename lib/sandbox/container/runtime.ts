import type { Logger } from "../../log";
import type { StageLimits } from "../../schemas/run-limits";
import type { Profile } from "../cell";
import { statusCode } from "../docker";
import { SUPERVISOR_SHELL } from "./supervisor";

/** What gVisor runs for itself, and for each process of a container, out of the container's limit of processes: 33 and 5 were seen. */
const KERNEL_PROCESSES = 64;
const KERNEL_PROCESSES_EACH = 5;

/** What a runtime asks of its first container. */
interface LimitedContainer {
  /** `null` when that cannot be told now. */
  isHeldToLimits(): Promise<boolean | null>;
  /** Sets the limits that it has once more, which shows whether they can be set. Never rejects. */
  repeatLimits(): Promise<void>;
}

/**
 * The OCI runtime that an engine starts containers with, and what is known of it: learnt from the containers themselves,
 * so that nothing has to be started only to find out. gVisor (`runsc`) is the reason, but it is recognised by what it does.
 */
export class Runtime {
  /** Its name to the engine; `undefined` is the engine's default. */
  readonly name: string | undefined;
  readonly #log: Logger;
  #learnedLimits = false;
  /** A kernel in user space, as gVisor is: it reads a program to start it, and knows no process that cannot be killed. */
  #userSpaceKernel = false;
  #heldToLimits: boolean | null = null;
  #fixedLimits = false;
  /** Processors that the engine's machine has, once it has refused more. */
  #processors = Number.POSITIVE_INFINITY;

  constructor(name: string | undefined, log: Logger) {
    this.name = name;
    this.#log = log;
  }

  /** Whether the first process of a container can be ended from inside it. */
  get processOneIsMortal(): boolean {
    return this.#userSpaceKernel;
  }

  /** Whether the engine's figures hold the runtime's own kernel, and the supervisor's have none. */
  get countsItself(): boolean {
    return this.#userSpaceKernel;
  }

  /** What an operator has to know of it; `null` when all is as it should be. */
  get notice(): string | null {
    const runtime = this.name ? `Docker's runtime ${this.name}` : "Docker's default runtime";
    if (this.#heldToLimits !== false) {
      if (!this.#fixedLimits) return null;
      return `${runtime} cannot change the limits of a container, so that the programs of compiled languages are held to their compiler's.`;
    }
    return `${runtime} holds sandboxes to no limit of memory, processor or processes: it gives them no control group. For gVisor take \`--ignore-cgroups\` out of its \`runtimeArgs\`; see docs/security.md.`;
  }

  /**
   * What a container of a profile is to be made with here. A kernel in user space cannot start the unreadable shell, so the image's own
   * runs the supervisor (ADR 44), and its own threads count against the limit of processes.
   */
  adapt(profile: Profile): Profile {
    const first = this.possible(profile.first);
    if (!this.#userSpaceKernel) return first === profile.first ? profile : { ...profile, first };
    const { limits } = profile;
    return {
      ...profile,
      first,
      shell: profile.shell === SUPERVISOR_SHELL ? "/bin/sh" : profile.shell,
      limits: { ...limits, processes: KERNEL_PROCESSES + KERNEL_PROCESSES_EACH * limits.processes },
    };
  }

  /** A stage's limits as the engine takes them: it refuses more processors than there are, a compiler's two on a machine with one. */
  possible(stage: StageLimits): StageLimits {
    return stage.cpus > this.#processors ? { ...stage, cpus: this.#processors } : stage;
  }

  /** Learns from a container that did not start; answers whether another would. */
  learnFromFailure(cause: unknown): boolean {
    const words = String(cause);
    const [, processors] = /there are only (\d+) CPUs available/.exec(words) ?? [];
    if (processors) this.#processors = Number(processors);
    const unreadable = words.includes(SUPERVISOR_SHELL) && /permission denied/i.test(words);
    if (unreadable) this.#userSpaceKernel = true;
    return unreadable || processors !== undefined;
  }

  /** Learns from a change of a container's limits that failed; answers whether its runtime knows none. */
  learnFromUpdate(cause: unknown): boolean {
    if (!this.#userSpaceKernel || statusCode(cause) === undefined) return false;
    if (!this.#fixedLimits) this.#learned(() => (this.#fixedLimits = true));
    return true;
  }

  /** Learns once whether a container that has started is held to its limits. */
  async learnLimits(container: LimitedContainer): Promise<void> {
    if (this.#learnedLimits) return;
    this.#learnedLimits = true;
    const held = await container.isHeldToLimits();
    if (held === null) this.#learnedLimits = false;
    else this.#learned(() => (this.#heldToLimits = held));
    // Ours alone fails where limits are fixed, and then the runtime learns it.
    if (this.#userSpaceKernel) await container.repeatLimits();
  }

  #learned(note: () => void): void {
    const before = this.notice;
    note();
    if (this.notice && this.notice !== before)
      this.#log.warn({ runtime: this.name ?? "default" }, this.notice);
  }
}
