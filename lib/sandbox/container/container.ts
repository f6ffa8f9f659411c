import { randomBytes, randomInt } from "node:crypto";
import type { Duplex } from "node:stream";
import type Docker from "dockerode";
import type { StageLimits } from "../../plans";
import { createContainer, dockerError, isUnreachable, statusCode } from "../docker";
import { MarkScanner } from "../output";
import { type Frame, readFrames } from "./frames";
import { createOptions, type Profile, stageResources } from "./limits";
import {
  encodeStep,
  parseTrailer,
  type Step,
  SUPERVISOR_SHELL,
  type Trailer,
  trailerMark,
} from "./supervisor";

/** A new sandbox that says nothing for so long is broken: its image lacks what the supervisor needs, or the engine hangs. */
const READY_TIMEOUT_MS = 20_000;
/** What an ended container may still have in its pipes is waited for so long. */
const DRAIN_MS = 500;

/** An engine that takes longer to kill a container is taken for one that hangs. */
const KILL_TIMEOUT_MS = 5_000;

/** A supervisor that waits for a step reads the end of its input and exits; one that does not so soon is killed. */
const LEAVE_MS = 500;

/** User ids of sandboxes: far from any real user's, and enough that two living ones need not share. */
const USER_ID_FIRST = 2_000_000_000;
const USER_ID_COUNT = 60_000_000;
const userIdsInUse = new Set<number>();

/**
 * One container, from its making to its removal. Kernel limits that count by user (pipes, keys, signals) are its own too,
 * because no other living sandbox has its user id.
 */
export class Container {
  readonly id: string;
  /** Id of its image. */
  readonly image: string;
  /** Whether that is one of ours, with what our recipes put there. */
  readonly ownImage: boolean;
  readonly #container: Docker.Container;
  readonly #socket: Duplex;
  readonly #frames: AsyncIterator<Frame>;
  readonly #userId: number;
  /** The read that is always under way, so that the death of an idle container is noticed. */
  #next: Promise<IteratorResult<Frame>>;
  /** Whether nothing has come since the last step was sent. */
  #silent = true;
  /** Whether the supervisor waits for its next step, and nothing of the program's is left. */
  #waits = false;
  /** The mark of the last step, and what came on standard output after its trailer. */
  #mark: Buffer = Buffer.alloc(0);
  #afterTrailer: Buffer = Buffer.alloc(0);
  /** Whether a program waits that was started with the container. */
  #standsBy: boolean;
  #lost: unknown = null;
  #removed: Promise<void> | null = null;

  private constructor(container: Docker.Container, socket: Duplex, userId: number, profile: Profile) {
    this.#container = container;
    this.id = container.id;
    this.image = profile.image;
    this.ownImage = profile.shell === SUPERVISOR_SHELL;
    this.#socket = socket;
    this.#standsBy = profile.standby.length > 0;
    this.#userId = userId;
    // A write to a dead container fails here as well as on the reading side, where it is handled.
    socket.on("error", () => {});
    this.#frames = readFrames(socket);
    this.#next = this.#read();
  }

  /** Makes, attaches and starts a container whose supervisor waits for its first step. Leaves nothing behind when it fails. */
  static async create(docker: Docker, profile: Profile, labels: Record<string, string>): Promise<Container> {
    const userId = takeUserId();
    let made: Docker.Container | null = null;
    try {
      made = await createContainer(docker, createOptions(profile, userId, labels));
      // Attached before it starts, so that no output can be missed.
      const socket = (await made.attach({
        stream: true,
        stdin: true,
        stdout: true,
        stderr: true,
        hijack: true,
      })) as Duplex;
      await made.start();
      const container = new Container(made, socket, userId, profile);
      made = null;
      try {
        await container.#waitUntilReady();
      } catch (cause) {
        await container.remove();
        throw cause;
      }
      return container;
    } catch (cause) {
      userIdsInUse.delete(userId);
      await made?.remove({ force: true, v: true }).catch(() => {});
      throw cause;
    }
  }

  /** Calls back when the container ends while nobody uses it. To be asked for once, before the first step. */
  whenDead(callback: () => void): void {
    this.#next.then(
      (next) => next.done && callback(),
      () => callback(),
    );
  }

  /** Whether a program stands by for the next step; asked again, it does not. */
  takeStandby(): boolean {
    const standsBy = this.#standsBy;
    this.#standsBy = false;
    return standsBy;
  }

  /**
   * Runs one step and yields what the program prints; returns the trailer, or `null` when the container ended before it.
   * The program's further input is written with `write` meanwhile.
   */
  async *step(step: Step): AsyncGenerator<Frame, Trailer | null> {
    const nonce = randomBytes(16).toString("hex");
    this.#mark = trailerMark(nonce);
    const scanners = { stdout: new MarkScanner(this.#mark), stderr: new MarkScanner(this.#mark) };
    const lines: Partial<Record<Frame["stream"], string>> = {};
    this.#silent = true;
    this.#waits = false;
    this.#socket.write(encodeStep(nonce, step));
    for (;;) {
      const next = await this.#next;
      if (next.done) {
        for (const stream of ["stdout", "stderr"] as const) {
          const data = scanners[stream].end();
          if (data.length > 0) yield { stream, data };
        }
        return null;
      }
      this.#next = this.#read();
      this.#silent = false;
      const { stream, data } = next.value;
      const { own, line } = scanners[stream].push(data);
      if (own.length > 0) yield { stream, data: own };
      if (line !== null) lines[stream] = line;
      // Docker copies the streams apart from each other: all output has come only when both have ended.
      if (lines.stdout === undefined || lines.stderr === undefined) continue;
      this.#afterTrailer = scanners.stdout.rest();
      const trailer = parseTrailer(lines.stdout);
      this.#waits = trailer?.written === false;
      return trailer;
    }
  }

  /**
   * The archive that follows a trailer with `written`, to be asked for right after the step. `null` when it is larger than
   * `maxBytes`, does not come in `timeoutMs`, or breaks off; the container is of no further use then.
   */
  async archive(maxBytes: number, timeoutMs: number): Promise<Buffer | null> {
    const scanner = new MarkScanner(this.#mark);
    const parts: Buffer[] = [];
    let bytes = 0;
    const take = (data: Buffer): boolean => {
      const { own, line } = scanner.push(data);
      parts.push(own);
      bytes += own.length;
      return line !== null;
    };
    const timer = setTimeout(() => this.#socket.destroy(), timeoutMs);
    try {
      let complete = take(this.#afterTrailer);
      while (!complete && bytes <= maxBytes) {
        const next = await this.#next;
        if (next.done) return null;
        this.#next = this.#read();
        if (next.value.stream === "stdout") complete = take(next.value.data);
      }
      return bytes <= maxBytes ? Buffer.concat(parts) : null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The engine does not answer: a step that has shown no sign of life ends now. One that has may do without the engine. */
  lose(cause: unknown): void {
    if (!this.#silent) return;
    this.#lost = cause;
    this.#socket.destroy();
  }

  /** Feeds the program; resolves when there is room for more. Input for a container that ended is dropped. */
  async write(text: string): Promise<void> {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    if (this.#socket.write(text, "utf8")) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#socket.off("drain", done).off("close", done);
        resolve();
      };
      this.#socket.once("drain", done).once("close", done);
    });
  }

  /** The program's end of input. No step can follow. */
  endInput(): void {
    if (!this.#socket.destroyed) this.#socket.end();
  }

  /** Sets the limits of the next stage. */
  async update(stage: StageLimits): Promise<void> {
    await this.#container.update(stageResources(stage));
  }

  /**
   * SIGKILL from outside, at once: nothing inside can resist or delay it. What is in the pipes is still read for a moment,
   * unless it is not wanted: a flood that nobody reads would hold up Docker's own handling of the exit.
   */
  async kill(output: "drain" | "discard"): Promise<void> {
    if (output === "discard") this.#socket.destroy();
    else setTimeout(() => this.#socket.destroy(), DRAIN_MS).unref();
    try {
      await this.#container.kill({ signal: "SIGKILL", abortSignal: AbortSignal.timeout(KILL_TIMEOUT_MS) });
    } catch (cause) {
      // 404 and 409: it had ended by itself. Of anything else that the engine says, the removal makes an end.
      if (isUnreachable(cause)) throw dockerError(cause);
    }
  }

  /** Peak memory and CPU time so far, for a run that will have no trailer. `null` when they cannot be had in time. */
  async usage(timeoutMs: number): Promise<{ memoryBytes: number; cpuMs: number } | null> {
    try {
      const stats = await this.#container.stats({
        stream: false,
        "one-shot": true,
        abortSignal: AbortSignal.timeout(timeoutMs),
      } as { stream: false });
      return {
        memoryBytes: stats.memory_stats.max_usage ?? stats.memory_stats.usage ?? 0,
        cpuMs: (stats.cpu_stats.cpu_usage?.total_usage ?? 0) / 1e6,
      };
    } catch {
      return null;
    }
  }

  /** Why the container ended, as far as Docker knows. Throws `docker_unavailable` when it cannot be asked. */
  async state(): Promise<{ running: boolean; oomKilled: boolean; exitCode: number }> {
    try {
      if (this.#lost) throw this.#lost;
      const { State } = await this.#container.inspect({ abortSignal: AbortSignal.timeout(2_000) });
      return { running: State.Running, oomKilled: State.OOMKilled, exitCode: State.ExitCode };
    } catch (cause) {
      throw dockerError(cause);
    }
  }

  /**
   * Ends and removes the container; asked again it answers the same. A container that cannot be removed now
   * (the engine is away) is found by its labels later.
   */
  remove(): Promise<void> {
    this.#removed ??= this.#remove();
    return this.#removed;
  }

  async #remove(): Promise<void> {
    if (this.#waits) await this.#leave();
    this.#socket.destroy();
    await this.#next.catch(() => {});
    for (let attempt = 1; attempt <= 3; attempt++) {
      try {
        await this.#container.remove({ force: true, v: true });
        break;
      } catch (cause) {
        if (statusCode(cause) === 404 || isUnreachable(cause)) break;
        // 409: a removal is under way already, which Docker also says of one that it will have to be asked for again.
        await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
      }
    }
    userIdsInUse.delete(this.#userId);
  }

  /** Has the supervisor exit by itself, which costs the machine a tenth less than having it killed: see ADR 8. */
  async #leave(): Promise<void> {
    const timer = setTimeout(() => this.#socket.destroy(), LEAVE_MS);
    this.endInput();
    while (!(await this.#next).done) this.#next = this.#read();
    clearTimeout(timer);
  }

  async #read(): Promise<IteratorResult<Frame>> {
    try {
      return await this.#frames.next();
    } catch {
      return { done: true, value: undefined };
    }
  }

  async #waitUntilReady(): Promise<void> {
    const timer = setTimeout(() => this.#socket.destroy(), READY_TIMEOUT_MS);
    let said = "";
    try {
      while (!said.includes("ready\n")) {
        const next = await this.#next;
        if (next.done)
          throw new Error(
            `The sandbox's supervisor did not start: ${said.slice(0, 500) || "it said nothing"}`,
          );
        this.#next = this.#read();
        said += next.value.data.toString("utf8");
      }
      this.#waits = true;
    } finally {
      clearTimeout(timer);
    }
  }
}

function takeUserId(): number {
  for (;;) {
    const id = USER_ID_FIRST + randomInt(USER_ID_COUNT);
    if (!userIdsInUse.has(id)) {
      userIdsInUse.add(id);
      return id;
    }
  }
}
