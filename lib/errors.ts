import { ERROR_STATUS, type ErrorCode } from "./schemas/error";

export { ERROR_STATUS, type ErrorCode };

/**
 * The one way in which Quicksand itself fails. A user program's failure is never one of these: it is a `status` of a run.
 * The message is shown to people: it names the field, the value, the unit and the remedy, and nothing internal.
 */

/** One problem of one field; `path` is written as a person would (`files[0].path`). */
export interface ErrorDetail {
  path: string;
  message: string;
}

export interface AppErrorOptions {
  details?: readonly ErrorDetail[];
  /** Seconds after which trying again makes sense; becomes `Retry-After`. */
  retryAfterS?: number;
  /** Further response headers, such as `Allow` or `RateLimit-*`. */
  headers?: Readonly<Record<string, string>>;
  /** What really happened, for the log only. */
  cause?: unknown;
}

/** The same in every bundle: Next.js bundles the start of the server apart from its routes, and each has its own class. */
const BRAND = Symbol.for("quicksand.AppError");

export class AppError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];
  readonly retryAfterS: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details ?? [];
    this.retryAfterS = options.retryAfterS;
    this.headers = options.headers ?? {};
  }

  get httpStatus(): number {
    return ERROR_STATUS[this.code];
  }
}

/** For what a viewer may not see and for what is not there: the two must look alike. */
export function notFound(what: string): AppError {
  return new AppError("not_found", `There is no such ${what}, or it is not shared with you.`);
}
