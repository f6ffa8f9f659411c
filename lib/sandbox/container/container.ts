import type { Duplex } from "node:stream";
import type Docker from "dockerode";
import type { StageLimits } from "../../schemas/limits";
import type { Cell, EndState, Frame, Profile, Step, Trailer, Usage } from "../cell";
import { createContainer, dockerError, isUnreachable, statusCode } from "../docker";
import { createOptions, stageResources } from "./limits";
import { SUPERVISOR_SHELL } from "./supervisor";
import { SupervisorStream } from "./supervisor-stream";
import { returnUserId, takeUserId } from "./user-ids";

/** A new sandbox that says nothing for so long is broken: its image lacks what the supervisor needs, or the engine hangs. */
const READY_TIMEOUT_MS = 20_000;
/** How long output that is still in the pipes of a killed container is read. */
const DRAIN_MS = 500;
/** An engine that takes longer to kill a container is taken for one that hangs. */
const KILL_TIMEOUT_MS = 5_000;
/** A supervisor that waits for a step exits at the end of its input; one that has not after so long is killed. */
const LEAVE_MS = 500;
/** Longest wait for the engine to tell what a run has used, before the run is killed. */
const USAGE_TIMEOUT_MS = 300;
const STATE_TIMEOUT_MS = 2_000;

/** With this exit code the supervisor, or dash itself, says that it could not fork or write. */
const STARVED_EXIT_CODE = 2;

/** What a container is made with, beside its profile. */
export interface ContainerSetup {
  labels: Record<string, string>;
  runtime?: string | undefined;
}

/** One Docker container, from its creation to its removal: a cell for one run. */
export class Container implements Cell {
  readonly isolation = "container";
  readonly id: string;
  readonly image: string;
  readonly ownImage: boolean;
  readonly #container: Docker.Container;
  readonly #stream: SupervisorStream;
  readonly #userId: number;
  #standsBy: boolean;
  #lost: unknown = null;
  #removed: Promise<void> | null = null;

  private constructor(container: Docker.Container, socket: Duplex, userId: number, profile: Profile) {
    this.#container = container;
    this.id = container.id;
    this.image = profile.image;
    this.ownImage = profile.shell === SUPERVISOR_SHELL;
    this.#standsBy = profile.standby.length > 0;
    this.#userId = userId;
    this.#stream = new SupervisorStream(socket);
  }

  /** Creates, attaches and starts a container whose supervisor waits for its first step. Leaves nothing behind when it fails. */
  static async create(docker: Docker, profile: Profile, setup: ContainerSetup): Promise<Container> {
    const userId = takeUserId();
    let created: Docker.Container | null = null;
    try {
      created = await createContainer(docker, createOptions(profile, { ...setup, userId }));
      // Attached before it starts, so that no output can be missed.
      const streams = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
      const socket = (await created.attach(streams)) as Duplex;
      await created.start();
      const container = new Container(created, socket, userId, profile);
      created = null;
      try {
        await container.#stream.waitUntilReady(READY_TIMEOUT_MS);
      } catch (cause) {
        await container.remove();
        throw cause;
      }
      return container;
    } catch (cause) {
      returnUserId(userId);
      await created?.remove({ force: true, v: true }).catch(() => {});
      throw cause;
    }
  }

  /** Calls back when the container ends before its first step. To be called once. */
  whenDead(callback: () => void): void {
    this.#stream.whenClosed(callback);
  }

  takeStandby(): boolean {
    const standsBy = this.#standsBy;
    this.#standsBy = false;
    return standsBy;
  }

  step(step: Step): AsyncGenerator<Frame, Trailer | null> {
    return this.#stream.step(step);
  }

  archive(maxBytes: number, timeoutMs: number): Promise<Buffer | null> {
    return this.#stream.archive(maxBytes, timeoutMs);
  }

  write(text: string): Promise<void> {
    return this.#stream.write(text);
  }

  endInput(): void {
    this.#stream.endInput();
  }

  async setLimits(stage: StageLimits): Promise<void> {
    await this.#container.update(stageResources(stage));
  }

  /**
   * To be called when the engine does not answer. A step that has printed nothing yet ends now; one that has printed does
   * not need the engine to end.
   */
  lose(cause: unknown): void {
    if (!this.#stream.silent) return;
    this.#lost = cause;
    this.#stream.close();
  }

  /** SIGKILL from outside: nothing inside can resist or delay it. */
  async kill(output: "drain" | "discard"): Promise<void> {
    // A flood of output that is not read would delay Docker's own handling of the exit.
    if (output === "discard") this.#stream.close();
    else setTimeout(() => this.#stream.close(), DRAIN_MS).unref();
    try {
      await this.#container.kill({ signal: "SIGKILL", abortSignal: AbortSignal.timeout(KILL_TIMEOUT_MS) });
    } catch (cause) {
      // 404 and 409: it had ended by itself. After any other answer of the engine the removal ends it.
      if (isUnreachable(cause)) throw dockerError(cause);
    }
  }

  async usage(): Promise<Usage | null> {
    try {
      const stats = await this.#container.stats({
        stream: false,
        "one-shot": true,
        abortSignal: AbortSignal.timeout(USAGE_TIMEOUT_MS),
      } as { stream: false });
      return {
        memoryBytes: stats.memory_stats.max_usage ?? stats.memory_stats.usage ?? 0,
        cpuMs: (stats.cpu_stats.cpu_usage?.total_usage ?? 0) / 1e6,
      };
    } catch {
      return null;
    }
  }

  async state(): Promise<EndState> {
    try {
      if (this.#lost) throw this.#lost;
      const { State } = await this.#container.inspect({ abortSignal: AbortSignal.timeout(STATE_TIMEOUT_MS) });
      return {
        running: State.Running,
        oomKilled: State.OOMKilled,
        starved: !State.Running && State.ExitCode === STARVED_EXIT_CODE,
      };
    } catch (cause) {
      throw dockerError(cause);
    }
  }

  /**
   * Ends and removes the container; every call resolves with the same removal. A container that cannot be removed now
   * (the engine is away) is found by its labels later.
   */
  remove(): Promise<void> {
    this.#removed ??= this.#remove();
    return this.#removed;
  }

  async #remove(): Promise<void> {
    // Exiting by itself costs the machine a tenth less than being killed: ADR 8.
    await this.#stream.leave(LEAVE_MS);
    for (let attempt = 1; attempt <= 3; attempt++) {
      try {
        await this.#container.remove({ force: true, v: true });
        break;
      } catch (cause) {
        if (statusCode(cause) === 404 || isUnreachable(cause)) break;
        // 409: "removal already in progress", which Docker also says of a removal that has failed and must be repeated.
        await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
      }
    }
    returnUserId(this.#userId);
  }
}
