import { randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import { AppError } from "../../errors";
import type { ProgramSignal, TerminalSize } from "../../schemas/run";
import type { Frame, Step, Trailer } from "../cell";
import { MarkScanner } from "../output";
import { readFrames } from "./frames";
import { encodeStep, parseTrailer, trailerMark } from "./supervisor-protocol";
import {
  END_RECORD,
  hasHelper,
  inputRecord,
  noHelper,
  ReadyLine,
  signalRecord,
  sizeRecord,
  withHelper,
} from "./terminal";

/** What a launcher's last line begins with. */
const LAST_MARK = trailerMark("end").toString("latin1");

/** More characters than the last line of a launcher has. */
const LAST_LINE = 200;

/** A fault that an operator has to mend is not retried soon. */
const REFUSED_RETRY_S = 60;

/**
 * The server's side of the supervisor's protocol, over the stream attached to its container: steps go in, output and
 * trailers come out. The stream ends when the container does.
 */
export class SupervisorStream {
  readonly #socket: Duplex;
  readonly #frames: AsyncIterator<Frame>;
  /** One read is always pending, so that the death of an idle container is noticed. */
  #next: Promise<IteratorResult<Frame>>;
  /** Whether nothing has come since the last step was sent. */
  #silent = true;
  /** Whether the supervisor waits for its next step, with nothing of a program left. */
  #waits = false;
  /** Whether the running program has a helper, which takes records. */
  #helper = false;
  /** Whether more than its input may be said to that. */
  #keepsOpen = false;
  /** The mark of the last step, and what came on standard output after its trailer. */
  #mark: Buffer = Buffer.alloc(0);
  #afterTrailer: Buffer = Buffer.alloc(0);

  constructor(socket: Duplex) {
    this.#socket = socket;
    // A write to a dead container fails here as well as on the reading side, where it is handled.
    socket.on("error", () => {});
    this.#frames = readFrames(socket);
    this.#next = this.#read();
  }

  /** Whether no output has come since the last step was sent. */
  get silent(): boolean {
    return this.#silent;
  }

  /** Resolves when the supervisor says that it is ready; rejects with what it said instead. */
  async waitUntilReady(timeoutMs: number): Promise<void> {
    const timer = setTimeout(() => this.close(), timeoutMs);
    let said = this.#afterTrailer.toString("utf8");
    this.#afterTrailer = Buffer.alloc(0);
    try {
      while (!said.includes("ready\n")) {
        const next = await this.#next;
        if (next.done)
          throw new Error(
            `The sandbox's supervisor did not start: ${said.slice(0, 500) || "it said nothing"}`,
          );
        this.#next = this.#read();
        said += next.value.data.toString("utf8");
        const [, reason, detail] = /^refused (\w+)(?:: (.*))?\n/m.exec(said) ?? [];
        if (reason === "cells") throw new CellsRefused(detail ?? "");
        if (reason) throw refused(reason);
      }
      this.#waits = true;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Calls back when the stream ends before its first step. To be called once. */
  whenClosed(callback: () => void): void {
    void this.#next.then((next) => next.done && callback());
  }

  /** See `Cell.step`. */
  async *step(step: Step): AsyncGenerator<Frame, Trailer | null> {
    const nonce = randomBytes(16).toString("hex");
    this.#mark = trailerMark(nonce);
    const scanners = { stdout: new MarkScanner(this.#mark), stderr: new MarkScanner(this.#mark) };
    const lines: Partial<Record<Frame["stream"], string>> = {};
    this.#silent = true;
    this.#waits = false;
    this.#helper = hasHelper(step);
    this.#keepsOpen = step.signals === true;
    const ready = this.#helper ? new ReadyLine() : null;
    this.#socket.write(encodeStep(nonce, withHelper(step)));
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
      const shown = ready && stream === "stdout" ? ready.strip(own) : own;
      if (shown.length > 0) yield { stream, data: shown };
      if (line !== null) lines[stream] = line;
      // Docker copies the two streams independently: all output has come only when both have ended.
      if (lines.stdout === undefined || lines.stderr === undefined) continue;
      this.#afterTrailer = scanners.stdout.rest();
      const trailer = parseTrailer(lines.stdout);
      if (ready && !ready.seen && trailer) throw noHelper(step, trailer.exitCode);
      this.#waits = trailer?.written === false;
      return trailer;
    }
  }

  /** See `Cell.archive`. */
  async archive(maxBytes: number, timeoutMs: number): Promise<{ bytes: Buffer; complete: boolean }> {
    const scanner = new MarkScanner(this.#mark);
    const parts: Buffer[] = [];
    let bytes = 0;
    const take = (data: Buffer): boolean => {
      const { own, line } = scanner.push(data);
      parts.push(own);
      bytes += own.length;
      return line !== null;
    };
    const timer = setTimeout(() => this.close(), timeoutMs);
    try {
      let complete = take(this.#afterTrailer);
      while (!complete && bytes <= maxBytes) {
        const next = await this.#next;
        if (next.done) break;
        this.#next = this.#read();
        if (next.value.stream === "stdout") complete = take(next.value.data);
      }
      this.#waits = complete;
      return { bytes: Buffer.concat(parts), complete };
    } finally {
      clearTimeout(timer);
    }
  }

  /** See `Cell.write`. */
  async write(text: string): Promise<void> {
    if (this.#send(this.#helper ? inputRecord(text) : Buffer.from(text, "utf8"))) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#socket.off("drain", done).off("close", done);
        resolve();
      };
      this.#socket.once("drain", done).once("close", done);
    });
  }

  /** See `Cell.resize`. */
  resize(size: TerminalSize): void {
    if (this.#helper) this.#send(sizeRecord(size));
  }

  /** See `Cell.signal`. */
  signal(signal: ProgramSignal): void {
    if (this.#helper) this.#send(signalRecord(signal));
  }

  /** See `Cell.endInput`. */
  endInput(): void {
    if (this.#keepsOpen) this.#send(END_RECORD);
    else this.#end();
  }

  /** Ends the program's input, or makes a supervisor that waits for a step exit. */
  #end(): void {
    if (!this.#socket.destroyed) this.#socket.end();
  }

  /** Stops reading and writing. What the other side still sends is lost. */
  close(): void {
    this.#socket.destroy();
  }

  /**
   * Has a supervisor that waits for a step leave to the next one in its container, where there is a launcher (a cell's): resolves with what that
   * reports, once everything that the run has printed has come and nothing of it is left. `waitUntilReady` follows. `null` when the
   * stream ends instead, as it does after `timeoutMs`.
   */
  async turn(timeoutMs: number): Promise<string | null> {
    if (!this.#waits) return null;
    this.#waits = false;
    // Only now, when no program is left that could print it.
    const nonce = randomBytes(16).toString("hex");
    const mark = trailerMark(nonce);
    const scanners = { stdout: new MarkScanner(mark), stderr: new MarkScanner(mark) };
    const lines: Partial<Record<Frame["stream"], string>> = {};
    const take = (stream: Frame["stream"], data: Buffer) => {
      const { line } = scanners[stream].push(data);
      if (line !== null) lines[stream] = line;
    };
    const timer = setTimeout(() => this.close(), timeoutMs);
    this.#send(Buffer.from(`leave\nnext ${nonce}\n`));
    while (lines.stdout === undefined || lines.stderr === undefined) {
      const next = await this.#next;
      if (next.done) break;
      this.#next = this.#read();
      take(next.value.stream, next.value.data);
    }
    clearTimeout(timer);
    if (lines.stdout === undefined || lines.stderr === undefined) return null;
    this.#afterTrailer = scanners.stdout.rest();
    return lines.stdout;
  }

  /**
   * The same where none can follow, because a program has had the input: ends that, and resolves with what the launcher reports last. It may be the
   * program's words, which then deceive itself alone.
   */
  async lastTurn(timeoutMs: number): Promise<string | null> {
    if (!this.#waits) return null;
    this.#waits = false;
    const timer = setTimeout(() => this.close(), timeoutMs);
    let said = "";
    this.#end();
    for (let next = await this.#next; !next.done; next = await this.#next) {
      this.#next = this.#read();
      if (next.value.stream === "stdout")
        said = (said + next.value.data.toString("latin1")).slice(-LAST_LINE);
    }
    clearTimeout(timer);
    const last = said.lastIndexOf(LAST_MARK);
    return last < 0 ? null : said.slice(last + LAST_MARK.length);
  }

  /** Has a supervisor that waits for a step exit by itself; closes the stream where it does not in time. */
  async leave(timeoutMs: number): Promise<void> {
    if (this.#waits) {
      const timer = setTimeout(() => this.close(), timeoutMs);
      this.#end();
      while (!(await this.#next).done) this.#next = this.#read();
      clearTimeout(timer);
    }
    this.close();
    await this.#next;
  }

  /** Whether there is room for more; what comes after the end is dropped. */
  #send(bytes: Buffer): boolean {
    if (this.#socket.destroyed || this.#socket.writableEnded) return true;
    return this.#socket.write(bytes);
  }

  async #read(): Promise<IteratorResult<Frame>> {
    try {
      return await this.#frames.next();
    } catch {
      return { done: true, value: undefined };
    }
  }
}

/** A cell's launcher could not make the namespaces of a run. The message is the call and what the kernel answered. */
export class CellsRefused extends Error {
  override readonly name = "CellsRefused";
}

/** The error for a supervisor that refused to serve, with the remedy. */
function refused(reason: string): AppError {
  const words =
    reason === "signals"
      ? "A sandbox may send no signals to its own processes here, so that it could not end what a program leaves behind. Docker's AppArmor profile does that with crun: set QUICKSAND_RUNTIME=runc, or load a profile that allows signals within a container."
      : "Programs can read the memory of the process that reports on them here, because Docker's runtime starts no program that its user cannot read. Set QUICKSAND_RUNTIME to another runtime.";
  return new AppError("docker_unavailable", words, { retryAfterS: REFUSED_RETRY_S });
}
