// @ts-check
/** @import { FailureCode } from "./types" */

/** Why a call failed. `message` is for people: it names the value and the remedy. */
export class QuicksandError extends Error {
  /**
   * @param {FailureCode} code
   * @param {string} message
   * @param {{
   *   status?: number | null,
   *   details?: readonly { path: string, message: string }[],
   *   retryAfterS?: number | null,
   *   requestId?: string | null,
   *   cause?: unknown,
   * }} [more]
   */
  constructor(
    code,
    message,
    { status = null, details = [], retryAfterS = null, requestId = null, cause } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "QuicksandError";
    this.code = code;
    /** The HTTP status; `null` where the failure came otherwise. */
    this.status = status;
    /** The problems of single fields, all at once. */
    this.details = details;
    /** Seconds after which trying again makes sense; `null` where the server does not say. */
    this.retryAfterS = retryAfterS;
    /** By which the server's log knows the request. */
    this.requestId = requestId;
  }
}

/**
 * @param {string} server
 * @param {unknown} [cause]
 */
export function unreachable(server, cause) {
  const why = reasonOf(cause);
  return new QuicksandError("unreachable", `${server} does not answer${why ? ` (${why})` : ""}.`, { cause });
}

/**
 * The error of an answer with the API's error shape, or of one that has another.
 * @param {unknown} body parsed
 * @param {{ server: string, status: number, headers?: { get(name: string): string | null } }} answer
 */
export function refused(body, { server, status, headers }) {
  const error = errorIn(body);
  if (!error) {
    const message = `${server} answered ${status}, but not as Quicksand does; is this its address?`;
    return new QuicksandError("unexpected_answer", message, { status });
  }
  const after = Number(headers?.get("retry-after") ?? Number.NaN);
  return new QuicksandError(/** @type {FailureCode} */ (error.code), error.message, {
    status,
    details: error.details ?? [],
    retryAfterS: Number.isFinite(after) ? after : null,
    requestId: headers?.get("x-request-id") ?? null,
  });
}

/**
 * @param {unknown} body
 * @returns {{ code: string, message: string, details?: { path: string, message: string }[] } | null}
 */
function errorIn(body) {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("code" in error) || !("message" in error)) return null;
  return /** @type {{ code: string, message: string }} */ (error);
}

/** `fetch` says "fetch failed"; what happened is in its cause. @param {unknown} error @returns {string} */
function reasonOf(error) {
  if (!(error instanceof Error)) return "";
  if (error.cause instanceof Error) return reasonOf(error.cause);
  const code = "code" in error ? String(error.code) : "";
  return error.message || code;
}
