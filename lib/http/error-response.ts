import { AppError } from "../errors";
import type { Logger } from "../log";
import type { ErrorBody } from "../schemas/error";

/** For errors that do not say when to retry. */
const RETRY_AFTER_S = 5;

/** The shape of every error answer. */
export function errorBody({ code, message, details }: AppError): ErrorBody {
  return { error: { code, message, details: [...details] } };
}

export function errorResponse(error: AppError): Response {
  const headers = new Headers(error.headers);
  const retryLater = error.httpStatus === 503 || error.httpStatus === 429;
  const retryAfterS = error.retryAfterS ?? (retryLater ? RETRY_AFTER_S : undefined);
  if (retryAfterS !== undefined) headers.set("Retry-After", String(Math.ceil(retryAfterS)));
  return Response.json(errorBody(error), { status: error.httpStatus, headers });
}

/** The error a client is told for anything thrown. Whatever is left out of it is logged, once, with the request's id. */
export function toAppError(error: unknown, requestId: string, log: Logger): AppError {
  if (error instanceof AppError) {
    if (error.cause !== undefined) log.error({ err: error, request: requestId }, "the request failed");
    return error;
  }
  log.error({ err: error, request: requestId }, "the request failed unexpectedly");
  return new AppError("internal", `Something broke on the server; try again. The request was ${requestId}.`);
}
