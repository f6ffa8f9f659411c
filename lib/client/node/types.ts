import type { AcceptedRun } from "../../schemas/accepted-run";
import type { Account } from "../../schemas/account";
import type { ErrorCode } from "../../schemas/error";
import type { RunDetail, RunPage, RunSummary, StoredStatus, Visibility } from "../../schemas/history";
import type { LanguageInfo } from "../../schemas/language";
import type { RunEvent, RunRequestInput, RunResult, TerminalSignal, TerminalSize } from "../../schemas/run";

export type {
  AcceptedRun,
  Account,
  LanguageInfo,
  RunDetail,
  RunEvent,
  RunPage,
  RunRequestInput,
  RunResult,
  RunSummary,
  TerminalSignal,
  TerminalSize,
};

/**
 * Why a call failed: a code of the API (docs/api.md), or one of two of the client's own: `unreachable` where nothing answered, and
 * `unexpected_answer` where what answered is no Quicksand.
 */
export type FailureCode = ErrorCode | "unreachable" | "unexpected_answer";

export interface ClientOptions {
  /** Where Quicksand is: `https://code.example.org`. A path after it is kept, for a server behind a prefix. */
  server: string;
  /** `qs_…`, made at `/settings#keys`. Without one the client is a guest, the same one for as long as it lives. */
  apiKey?: string | undefined;
  fetch?: typeof fetch;
}

export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface WaitOptions extends CallOptions {
  /** How long to wait at most, in milliseconds; then the run is answered as it is, `running`. For ever where it is left out. */
  timeoutMs?: number | undefined;
}

export interface SubmitOptions extends CallOptions {
  /** A key of your own: sent again with it within a day, the program runs once. */
  idempotencyKey?: string | undefined;
}

export interface RunFilter {
  cursor?: string | undefined;
  /** Rows of a page, at most 100. */
  limit?: number | undefined;
  language?: string | undefined;
  status?: StoredStatus | undefined;
  /** What title or code contain. */
  search?: string | undefined;
  pinned?: boolean | undefined;
}

/**
 * A run that goes on. Iterated, it yields every event from the first, as often as it is asked; the iteration ends after `done`, and rejects where
 * `result` does.
 */
export interface LiveRun extends AsyncIterable<RunEvent> {
  /** Known when the server has accepted the run. */
  readonly id: Promise<string>;
  /** A program that failed is a result too. Rejects with `QuicksandError`, or with the signal's reason. */
  readonly result: Promise<RunResult>;
  /** Types into a run of the mode `interactive`; at most 64 KB at once. */
  input(text: string): Promise<void>;
  /** The end of the input. */
  endInput(): Promise<void>;
  /** Ends the run; `false` where it had ended before. */
  cancel(): Promise<boolean>;
}

export interface TerminalOptions extends CallOptions {
  /** 80 columns and 24 rows where it is left out. */
  size?: TerminalSize | undefined;
  /** What the run does beside printing: `queued`, `preparing`, `stage`, `done`. */
  onEvent?: ((event: RunEvent) => void) | undefined;
}

/** A run's terminal, which outlives a lost connection. Iterated, once, it yields the bytes that are printed, until the run has ended. */
export interface Terminal extends AsyncIterable<Uint8Array> {
  readonly id: string;
  readonly result: Promise<RunResult>;
  /** What is typed, unchanged: `\x03` is Ctrl-C. */
  write(typed: string | Uint8Array): void;
  resize(size: TerminalSize): void;
  /** To what runs in the terminal's foreground. */
  signal(name: TerminalSignal): void;
  /** Leaves the terminal. Its run is ended by the server when nobody has come back for a minute. */
  leave(): void;
}

/** The share page of a run, and the run as it is now. */
export interface SharedRun {
  /** For people. */
  url: string;
  run: RunSummary;
}

/** Quicksand's HTTP API for programs. Every call rejects with `QuicksandError` when it is refused. */
export interface Client {
  readonly server: string;
  /** Starts a program and follows it. When the signal aborts, the run is cancelled. */
  run(request: RunRequestInput, options?: CallOptions): LiveRun;
  /** Follows a run of one's own that was started elsewhere. */
  follow(id: string, options?: CallOptions): LiveRun;
  /** Hands a program in; it runs whether or not anybody waits for it. */
  submit(request: RunRequestInput, options?: SubmitOptions): Promise<AcceptedRun>;
  /** The run when it has ended. */
  wait(id: string, options?: WaitOptions): Promise<RunDetail>;
  get(id: string, options?: CallOptions): Promise<RunDetail>;
  /** A page of one's own runs, newest first; `nextCursor` leads to the next. */
  list(filter?: RunFilter, options?: CallOptions): Promise<RunPage>;
  /** `unlisted` (whoever has the address sees it) where no visibility is given. */
  share(id: string, visibility?: Visibility, options?: CallOptions): Promise<SharedRun>;
  cancel(id: string, options?: CallOptions): Promise<boolean>;
  languages(options?: CallOptions): Promise<LanguageInfo[]>;
  /** Whose the key is, and what their plan allows. */
  account(options?: CallOptions): Promise<Account>;
  /** Starts a program in a terminal. */
  terminal(request: RunRequestInput, options?: TerminalOptions): Promise<Terminal>;
}
