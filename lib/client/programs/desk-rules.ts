import { ApiError, UNREACHABLE } from "../api";
import type { SavedProgram } from "./desk-api";
import type { KeptProgram } from "./kept";

/** What the server has of a program that a browser kept. */
export function baseOf(kept: KeptProgram): SavedProgram | null {
  if (kept.revision === 0) return null;
  return kept.dirty ? unknownBase(kept) : kept;
}

/** Everything is to be sent: what the server had in that revision was not kept. */
function unknownBase(kept: KeptProgram): SavedProgram {
  return {
    ...kept,
    title: "",
    titleSource: "derived",
    content: { ...kept.content, options: { "\0": "" }, code: "\0", stdin: "\0", args: "\0" },
  };
}

/** What will be otherwise by itself: no network, a server or database that is away, too many requests. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return (
    error.code === UNREACHABLE || error.code === "rate_limited" || error.status >= 500 || error.status === 408
  );
}

export function offline(cause: unknown): ApiError {
  const message = "The server's answer could not be read; it is asked again.";
  return new ApiError({ code: UNREACHABLE, message, details: [] }, 0, null, cause);
}
