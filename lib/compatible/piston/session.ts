import type { AppError } from "../../errors";
import { parseJson } from "../../http/body";
import type { SocketConnection } from "../../http/socket-connection";
import type { LoggedEvent, SubmittedRun } from "../../runs";
import { MAX_INPUT_BODY_BYTES, MAX_STDIN_BYTES } from "../../schemas/limits";
import type { ProgramSignal, RunInput, RunResult, Stage } from "../../schemas/run";
import { utf8Bytes } from "../../schemas/text";
import { CLOSE, type ClientFrame, clientFrameSchema, type ServerFrame, signalNamed } from "./frames";
import type { Job } from "./job";
import { compileFailed, endingOf } from "./result";

/** A message has no headers; it is read as a body that has these. */
const AS_JSON = new Headers({ "content-type": "application/json" });

/** How long a connection may say nothing of what it is for. */
const INIT_MS = 1_000;

type Init = Extract<ClientFrame, { type: "init" }>;

/** What a session does with runs; they are its opener's. */
export interface SessionRuns {
  /** Throws for a body that Piston refuses. */
  understand(frame: Init): Job;
  /** The run is cancelled when the signal aborts. */
  submit(job: Job, signal: AbortSignal): Promise<SubmittedRun>;
  input(id: string, input: RunInput): Promise<void>;
  signal(id: string, signal: ProgramSignal): Promise<void>;
  /** What the client is told of anything thrown. */
  onError(error: unknown): AppError;
}

/** One client of Piston's `/connect`: one program, from `init` to its end. Leaving ends the program. */
export class PistonSession {
  readonly #connection: SocketConnection;
  readonly #runs: SessionRuns;
  readonly #left = new AbortController();
  readonly #initTimer: NodeJS.Timeout;
  /** What is said to the program, one after the other; `null` before `init`. */
  #said: Promise<unknown> | null = null;
  #run: SubmittedRun | null = null;
  /** Bytes of input that the run has not been given yet. */
  #waitingBytes = 0;
  #stage: Stage | null = null;

  constructor(connection: SocketConnection, runs: SessionRuns) {
    this.#connection = connection;
    this.#runs = runs;
    this.#initTimer = setTimeout(() => this.#close(CLOSE.notInTime), INIT_MS);
    connection.onMessage((bytes) => this.#take(bytes));
    connection.onClose(() => this.#end());
  }

  /** The server stops. */
  leave(): void {
    this.#close(CLOSE.serverStops);
  }

  /** Tells the client what is wrong, which ends the session. */
  fail({ message }: Pick<AppError, "message">): void {
    // Not awaited: a reader that takes nothing would keep its program.
    void this.#tell({ type: "error", message });
    this.#close(CLOSE.notified);
  }

  #end(): void {
    clearTimeout(this.#initTimer);
    this.#connection.end();
    this.#left.abort();
  }

  #close([code, reason]: (typeof CLOSE)[keyof typeof CLOSE]): void {
    this.#connection.close(code, reason);
    this.#end();
  }

  #tell(frame: ServerFrame): Promise<void> {
    return this.#connection.send(JSON.stringify(frame));
  }

  #take(bytes: Uint8Array): void {
    // Only the first message has a program in it. To read a message costs time that nobody's quota knows of.
    if (this.#said && bytes.byteLength > MAX_INPUT_BODY_BYTES) {
      const [size, most] = [bytes.byteLength, MAX_INPUT_BODY_BYTES].map((each) => each.toLocaleString("en"));
      this.fail({
        message: `A message after the first has at most ${most} bytes, got ${size}; send several.`,
      });
      return;
    }
    let value: unknown;
    try {
      value = parseJson(AS_JSON, bytes);
    } catch (error) {
      this.fail(this.#runs.onError(error));
      return;
    }
    const { data: frame } = clientFrameSchema.safeParse(value);
    // Piston passes over what it does not know.
    if (frame?.type === "init") this.#init(frame);
    else if (frame && !this.#said) this.#close(CLOSE.notInitialized);
    else if (frame?.type === "eof") this.#say((id) => this.#runs.input(id, { text: "", eof: true }));
    else if (frame?.type === "signal") this.#signal(frame.signal);
    else if (frame) this.#input(frame.stream, frame.data);
  }

  #init(frame: Init): void {
    if (this.#said) this.#close(CLOSE.alreadyInitialized);
    else {
      clearTimeout(this.#initTimer);
      this.#said = this.#begin(frame);
    }
  }

  #signal(name: unknown): void {
    const signal = signalNamed(name);
    if (signal === null) this.#close(CLOSE.invalidSignal);
    else this.#say((id) => this.#runs.signal(id, signal));
  }

  #input(stream: unknown, data: unknown): void {
    if (stream !== "stdin") this.#close(CLOSE.onlyStdin);
    else if (typeof data !== "string") this.fail({ message: "data must be a string" });
    else this.#give(data);
  }

  #give(text: string): void {
    const size = utf8Bytes(text);
    this.#waitingBytes += size;
    if (this.#waitingBytes > MAX_STDIN_BYTES) {
      const most = MAX_STDIN_BYTES.toLocaleString("en");
      this.fail({ message: `More than ${most} bytes wait for the program to start; send them later.` });
      return;
    }
    this.#say(async (id) => {
      this.#waitingBytes -= size;
      await this.#runs.input(id, { text, eof: false });
    });
  }

  /** Says something to the program once it is accepted, after all that was said before. */
  #say(say: (id: string) => Promise<void>): void {
    this.#said =
      this.#said?.then(async () => {
        if (!this.#run || this.#connection.closed) return;
        try {
          await say(this.#run.id);
        } catch (error) {
          const told = this.#runs.onError(error);
          // A program, or its input, that has just ended: its end is on its way.
          if (told.code !== "conflict") this.fail(told);
        }
      }) ?? null;
  }

  /** Resolves when the run is accepted, or refused. */
  async #begin(frame: Init): Promise<void> {
    try {
      const job = this.#runs.understand(frame);
      this.#run = await this.#runs.submit(job, this.#left.signal);
      const { language, version } = job.runtime;
      void this.#follow(this.#run, { type: "runtime", language, version });
    } catch (error) {
      if (!this.#connection.closed) this.fail(this.#runs.onError(error));
    }
  }

  async #follow(run: SubmittedRun, first: ServerFrame): Promise<void> {
    try {
      await this.#tell(first);
      for await (const { event } of run.events()) {
        if (this.#connection.closed) return;
        await this.#show(event);
      }
      this.#close(CLOSE.completed);
    } catch (error) {
      if (!this.#connection.closed) this.fail(this.#runs.onError(error));
    }
  }

  async #show(event: LoggedEvent["event"]): Promise<void> {
    if (event.type === "stdout" || event.type === "stderr")
      return this.#tell({ type: "data", stream: event.type, data: event.text });
    if (event.type === "stage") {
      if (this.#stage === "compile")
        await this.#tell({ type: "exit", stage: "compile", code: 0, signal: null });
      this.#stage = event.stage;
      return this.#tell({ type: "stage", stage: event.stage });
    }
    if (event.type === "done") await this.#showEnd(event.run);
  }

  async #showEnd(result: RunResult): Promise<void> {
    const { status, message, compile, output } = result;
    if (status === "system_error") {
      this.fail({ message: message ?? "The sandbox failed." });
      return;
    }
    // A program that was never started has no end either.
    if (!this.#stage) return;
    const exitCode = compileFailed(result) ? (compile?.exitCode ?? null) : output.exitCode;
    const { code, signal } = endingOf(result, exitCode, output.signal);
    await this.#tell({ type: "exit", stage: this.#stage, code, signal });
  }
}
