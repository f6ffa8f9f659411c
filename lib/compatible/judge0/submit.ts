import { randomUUID } from "node:crypto";
import type { Viewer } from "../../auth/viewer";
import { AppError } from "../../errors";
import { type CompatibleCall, submitUnwatched } from "../../http";
import type { ErrorCode } from "../../schemas/error";
import type { Usage } from "../../schemas/run";
import type { Services } from "../../services";
import type { FieldErrors } from "./asked";
import { findSubmission, runIds } from "./find";
import { readSubmission } from "./submission-request";
import { DEFAULT_FIELDS, submissionView } from "./view";

/** A submission whose runs are on their way. */
export interface Submitted {
  token: string;
  usage: Usage;
  /** By which its callback is signed; `null` without one. */
  callbackSecret: string | null;
  /** Resolves, always, when all of its runs have ended. */
  ended: Promise<unknown>;
}

/** Fields that our refusals of a request are about; all others are not about the request. */
const FIELD_OF: Partial<Record<ErrorCode, string>> = {
  unknown_language: "language_id",
  plan_forbids: "language_id",
  code_too_large: "source_code",
  body_too_large: "stdin",
  // A file that has the name of the main one.
  invalid_request: "additional_files",
};

/**
 * Reads a submission and starts its runs. Throws `AppError` for what is no fault of the submission. Webhooks of the account are told of it,
 * unless somebody waits for it: then it is cancelled when they go away.
 */
export async function submit(
  call: Pick<CompatibleCall, "services" | "viewer" | "request" | "onError">,
  body: unknown,
  { base64, wait }: { base64: boolean; wait: boolean },
): Promise<Submitted | { errors: FieldErrors }> {
  const { services, viewer } = call;
  const { callbacks, status } = services;
  const token = randomUUID();
  const offered = status.languages();
  const read = readSubmission(body, {
    base64,
    token,
    offered,
    callbackProblem: (url) => callbacks.problem(url),
  });
  if ("errors" in read) return read;
  const { asked, request } = read.submission;
  const [first, ...further] = runIds(token, asked.number_of_runs);
  const { callback_url: url } = asked;
  // A client that waits and goes away wants it no more, unless somebody else is told of it.
  const leaving = url === null ? { signal: call.request.signal } : {};
  const start = (id: string) => {
    const chosen = { id, visibility: "unlisted" } as const;
    return wait
      ? services.runs.submit(viewer, request, { ...chosen, ...leaving })
      : submitUnwatched(services, viewer, request, chosen);
  };
  const started = await start(first).catch(fieldError);
  if ("errors" in started) return started;
  const results = [started.result];
  // Of several runs, one that cannot be started is left out of the averages: those before it are counted and running.
  for (const id of further) {
    const next = await start(id).catch((error: unknown) => {
      call.onError(error);
      return null;
    });
    if (!next) break;
    results.push(next.result);
  }
  const ended = Promise.allSettled(results);
  if (url !== null) {
    const question = callbackQuestion(services, viewer, token, asked.base64);
    void ended.then(() => callbacks.put(viewer, url, question));
  }
  return {
    token,
    usage: started.usage,
    callbackSecret: url === null ? null : callbacks.secretOf(viewer.id),
    ended,
  };
}

function fieldError(error: unknown): { errors: FieldErrors } {
  const field = error instanceof AppError ? FIELD_OF[error.code] : undefined;
  if (!(error instanceof AppError) || !field) throw error;
  return { errors: { [field]: [error.message.replace(/^`[^`]*` /, "")] } };
}

/**
 * Reads what a callback is told; `null` when the submission has been deleted meanwhile. Made here, where nothing else is in scope: a callback
 * may wait for half an hour, and all that a function can see is kept with it, a request and its body too.
 */
function callbackQuestion(
  { runs, status }: Pick<Services, "runs" | "status">,
  viewer: Viewer,
  token: string,
  base64: boolean,
): () => Promise<string | null> {
  return async () => {
    const submission = await findSubmission({ runs, status }, viewer, token);
    return submission && JSON.stringify(submissionView(submission, DEFAULT_FIELDS, { base64 }));
  };
}
