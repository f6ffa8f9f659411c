// What other people's programs see, so that they need not check our JavaScript. Our type check compares it with that.
import type { Client, ClientOptions, FailureCode } from "./types";

export type * from "./types";

/** A client of one Quicksand. Nothing is sent until it is used. */
export declare function createClient(options: ClientOptions): Client;

/** Why a call failed. `message` is for people: it names the value and the remedy. */
export declare class QuicksandError extends Error {
  readonly code: FailureCode;
  /** The HTTP status; `null` where the failure came otherwise. */
  readonly status: number | null;
  /** The problems of single fields, all at once. */
  readonly details: readonly { path: string; message: string }[];
  /** Seconds after which trying again makes sense; `null` where the server does not say. */
  readonly retryAfterS: number | null;
  /** By which the server's log knows the request. */
  readonly requestId: string | null;
}
