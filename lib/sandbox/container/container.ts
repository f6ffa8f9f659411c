import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { AppError } from "../../errors";
import type { ProgramSignal, TerminalSize } from "../../schemas/run";
import type { StageLimits } from "../../schemas/run-limits";
import { withTimeout } from "../../system/with-timeout";
import type { Cell, EndState, Frame, Profile, Step, Trailer, Usage } from "../cell";
import { createContainer, dockerError, isUnreachable, statusCode } from "../docker";
import type { Engine } from "../engine";
import { peakMemory } from "./control-group";
import { isOfContainer, UNKNOWN_USAGE, usageOf } from "./engine-usage";
import { createOptions, type Identity, stageResources } from "./limits";
import { Removal } from "./removal";
import type { Runtime } from "./runtime";
import { END_SIGNAL, SUPERVISOR_SHELL } from "./supervisor";
import { SupervisorStream } from "./supervisor-stream";
import { returnUserId, takeUserId } from "./user-ids";

/** How long output that is still in the pipes of a killed container is read. */
const DRAIN_MS = 500;
/** A supervisor that waits for a step exits at the end of its input; one that has not after so long is killed. */
const LEAVE_MS = 500;

/** A program that has used up its share of the processor goes on in the scheduler's next period, which begins within this time. */
const FLUSH_MS = 100;
/** An engine that takes longer to send the signal is not waited for: what matters then is the kill. */
const FLUSH_TIMEOUT_MS = 1_000;

/** A signal that has not been sent by then may come at any time, and would end the next step. */
const END_TIMEOUT_MS = 3_000;

/** Exit code of the supervisor, or of dash itself, when it could not fork or write. */
const STARVED_EXIT_CODE = 2;

/** What a container is created with, beside its profile. */
export interface ContainerSetup {
  labels: Record<string, string>;
  runtime: Runtime;
  /** The whole request to Docker; that of a container for one run when left out. */
  request?: (profile: Profile, identity: Identity) => Docker.ContainerCreateOptions;
}

/** What a container was made from. */
interface Made {
  userId: number;
  profile: Profile;
  runtime: Runtime;
  processes: number;
}

/** What a cell's container reports between two runs. */
export interface Turn {
  /** Peak of the largest process of the run that has ended, in bytes. */
  largestProcessBytes: number;
  /** Processor time of the container since it began, in milliseconds. */
  cpuMs: number;
  /** Peak memory of the container since it began; 0 where the kernel keeps none. */
  memoryBytes: number;
}

/** Reads what follows the mark of a launcher: see `cell/launcher.ts`. */
function parseTurn(line: string | null): Turn | null {
  const [largestKb, cpuNs, memoryBytes] = line?.trim().split(" ").map(Number) ?? [];
  if (largestKb === undefined || cpuNs === undefined || memoryBytes === undefined) return null;
  return { largestProcessBytes: largestKb * 1024, cpuMs: cpuNs / 1e6, memoryBytes };
}

/** Removes what was created when the rest failed; `false` when it may be there still, or its creation was asked for without an answer. */
function isGone(created: Docker.Container | null, cause: unknown): Promise<boolean> {
  if (!created) return Promise.resolve(statusCode(cause) !== undefined);
  return created.remove({ force: true, v: true }).then(
    () => true,
    () => false,
  );
}

/** One Docker container, from its creation to its removal: a cell for one run, or what the cells of one run after another are in. */
export class Container implements Cell {
  readonly isolation = "container";
  readonly id: string;
  readonly image: string;
  readonly ownImage: boolean;
  readonly #runtime: Runtime;
  readonly #engine: Engine;
  readonly #container: Docker.Container;
  readonly #stream: SupervisorStream;
  readonly #userId: number;
  readonly #hasStandby: boolean;
  #standsBy: boolean;
  /** Whether the current step's program answers `flush`. */
  #flushes = false;
  /** Processor time that was used until it was ready, where the engine counts more than the run's programs. */
  #startMs = 0;
  /** The highest peak of memory that is not the run's. */
  #startBytes = 0;
  /** The limits in force. */
  #stage: StageLimits;
  /** The limit of processes that it was made with. */
  readonly #processes: number;
  #moreProcesses = false;
  #lost: unknown = null;
  readonly #removal: Removal;

  private constructor(
    engine: Engine,
    container: Docker.Container,
    socket: Duplex,
    { userId, profile, runtime, processes }: Made,
  ) {
    this.#runtime = runtime;
    this.#engine = engine;
    this.#container = container;
    this.#removal = new Removal(engine, container);
    this.id = container.id;
    this.image = profile.image;
    this.ownImage = profile.shell === SUPERVISOR_SHELL;
    this.#hasStandby = profile.standby.length > 0;
    this.#standsBy = this.#hasStandby;
    this.#stage = profile.first;
    this.#processes = processes;
    this.#userId = userId;
    this.#stream = new SupervisorStream(socket);
  }

  /** Creates, attaches and starts a container whose supervisor waits for its first step. Leaves nothing behind when it fails. */
  static async create(engine: Engine, profile: Profile, setup: ContainerSetup): Promise<Container> {
    const userId = takeUserId();
    let created: Docker.Container | null = null;
    let container: Container | null = null;
    try {
      const { labels, runtime, request = createOptions } = setup;
      const foreignImage = profile.shell !== SUPERVISOR_SHELL;
      const identity = { labels, userId, runtime: runtime.name, foreignImage };
      const options = request(runtime.adapt(profile), identity);
      const create = (signal: AbortSignal) => createContainer(engine.docker, options, signal);
      const made = await engine.measure("make", create, "create");
      created = made;
      // Attached before it starts, so that no output can be missed.
      const streams = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
      const attach = (abortSignal: AbortSignal) => made.attach({ ...streams, abortSignal });
      const socket = (await engine.measure("make", attach, "attach")) as Duplex;
      await engine.measure("make", (abortSignal) => made.start({ abortSignal }), "start");
      // Those of the run, and what its isolation needs beside them.
      const processes = options.HostConfig?.PidsLimit ?? profile.limits.processes;
      container = new Container(engine, made, socket, { userId, profile, runtime, processes });
      // A sandbox that says nothing for so long is broken: its image lacks what the supervisor needs, or the engine hangs.
      await container.#stream.waitUntilReady(engine.pace.timeoutMs("make"));
      if (runtime.countsItself) container.#startMs = (await container.usage()).cpuMs ?? 0;
      return container;
    } catch (cause) {
      if (container) await container.remove();
      else if (await isGone(created, cause)) returnUserId(userId);
      throw cause;
    }
  }

  /** Calls back when the container ends before its next step. To be called once before each. */
  whenDead(callback: () => void): void {
    this.#stream.whenClosed(callback);
  }

  takeStandby(): boolean {
    const standsBy = this.#standsBy;
    this.#standsBy = false;
    return standsBy;
  }

  step(step: Step): AsyncGenerator<Frame, Trailer | null> {
    this.#flushes = step.flushes;
    return this.#stream.step(step);
  }

  archive(...bounds: Parameters<Cell["archive"]>): ReturnType<Cell["archive"]> {
    return this.#stream.archive(...bounds);
  }

  write(text: string): Promise<void> {
    return this.#stream.write(text);
  }

  resize(size: TerminalSize): void {
    this.#stream.resize(size);
  }

  signal(signal: ProgramSignal): void {
    this.#stream.signal(signal);
  }

  endInput(): void {
    this.#stream.endInput();
  }

  /** Ends what a run has left, where another can follow it: see `SupervisorStream.turn`. */
  async turn(): Promise<Turn | null> {
    const turn = parseTurn(await this.#stream.turn(this.#engine.pace.timeoutMs("make")));
    if (!turn) return null;
    this.#startMs = turn.cpuMs;
    this.#startBytes = turn.memoryBytes;
    this.#flushes = false;
    return turn;
  }

  /** The same where no other run can follow. */
  async lastTurn(): Promise<Turn | null> {
    return parseTurn(await this.#stream.lastTurn(LEAVE_MS));
  }

  /** After `turn`: resolves when the next run can begin, or rejects. */
  async untilReady(): Promise<void> {
    await this.#stream.waitUntilReady(this.#engine.pace.timeoutMs("make"));
    this.#standsBy = this.#hasStandby;
  }

  async setLimits(stage: StageLimits): Promise<void> {
    try {
      await this.#engine.measure("update", () =>
        this.#container.update(stageResources(this.#runtime.possible(stage))),
      );
      this.#stage = stage;
    } catch (cause) {
      if (!this.#runtime.learnFromUpdate(cause)) throw cause;
    }
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

  async flush(): Promise<void> {
    if (!this.#flushes) return;
    const started = performance.now();
    const signal = (abortSignal: AbortSignal) => this.#container.kill({ signal: "SIGURG", abortSignal });
    // It has ended by itself, or the engine does not answer: then the kill is what counts.
    const sent = await withTimeout(this.#engine.measure("kill", signal), FLUSH_TIMEOUT_MS, () => null).catch(
      () => null,
    );
    if (sent === null) return;
    // Where the engine is slow the machine is, and the program too.
    await sleep(Math.max(FLUSH_MS, performance.now() - started));
  }

  async endStep(): Promise<boolean> {
    // One process more, or one less again: that it changes is what tells our signal from one that a program sends.
    this.#moreProcesses = !this.#moreProcesses;
    const PidsLimit = this.#processes + (this.#moreProcesses ? 1 : 0);
    const end = async () => {
      await this.#engine.measure("update", () => this.#container.update({ PidsLimit }));
      await this.#engine.measure("kill", (abortSignal: AbortSignal) =>
        this.#container.kill({ signal: String(END_SIGNAL), abortSignal }),
      );
      return true;
    };
    return withTimeout(end(), END_TIMEOUT_MS, () => false).catch(() => false);
  }

  /** SIGKILL from outside: nothing inside can resist or delay it, only the engine can take its time. */
  async kill(output: "drain" | "discard"): Promise<void> {
    // A flood of output that is not read would delay Docker's own handling of the exit.
    if (output === "discard") this.#stream.close();
    try {
      const kill = (abortSignal: AbortSignal) => this.#container.kill({ signal: "SIGKILL", abortSignal });
      await this.#engine.whileAlive(this.#engine.measure("kill", kill));
    } catch (cause) {
      // 404 and 409: it had ended by itself. After any other answer of the engine the removal ends it. Of an engine that hangs nobody knows
      // what the program did meanwhile.
      if (cause instanceof AppError || isUnreachable(cause)) throw dockerError(cause);
    } finally {
      setTimeout(() => this.#stream.close(), DRAIN_MS).unref();
    }
  }

  async usage(): Promise<Usage> {
    try {
      const { memoryBytes, cpuMs } = usageOf(await this.#stats(), this.memoryLimitBytes);
      if (cpuMs === null) return UNKNOWN_USAGE;
      const peak = memoryBytes ?? (await this.#peakMemory());
      const own = peak !== null && peak > this.#startBytes ? peak : null;
      return { memoryBytes: own, cpuMs: cpuMs - this.#startMs };
    } catch {
      return UNKNOWN_USAGE;
    }
  }

  async state(): Promise<EndState> {
    try {
      if (this.#lost) throw this.#lost;
      const { State } = await this.#inspect();
      return {
        running: State.Running,
        oomKilled: State.OOMKilled,
        starved: !State.Running && State.ExitCode === STARVED_EXIT_CODE,
        killedByProgram: this.#runtime.processOneIsMortal && !State.Running ? State.ExitCode : null,
      };
    } catch (cause) {
      throw dockerError(cause);
    }
  }

  get memoryLimitBytes(): number {
    return this.#stage.memoryBytes;
  }

  repeatLimits(): Promise<void> {
    return this.setLimits(this.#stage).catch(() => {});
  }

  /** Whether the engine's figures show the limits that the container was made with; `null` when it does not tell. */
  async isHeldToLimits(): Promise<boolean | null> {
    const limitBytes = this.memoryLimitBytes;
    return this.#stats().then(
      (stats) => isOfContainer(stats, limitBytes),
      () => null,
    );
  }

  #stats(): Promise<Docker.ContainerStats> {
    return this.#engine.call("stats", (abortSignal) => {
      // The declared type lacks all options but one.
      const options = { stream: false, "one-shot": true, abortSignal } as { stream: false };
      return this.#container.stats(options);
    });
  }

  async #peakMemory(): Promise<number | null> {
    return peakMemory(this.id, (await this.#inspect()).State.Pid);
  }

  #inspect(): Promise<Docker.ContainerInspectInfo> {
    return this.#engine.call("inspect", (abortSignal) => this.#container.inspect({ abortSignal }));
  }

  /** Ends and removes the container: see `Removal`. Its user is another's only when it is gone. */
  remove(): Promise<boolean> {
    return this.#removal.run(
      // Exiting by itself costs the machine a tenth less than being killed: ADR 8.
      () => this.#stream.leave(LEAVE_MS),
      () => returnUserId(this.#userId),
    );
  }
}
