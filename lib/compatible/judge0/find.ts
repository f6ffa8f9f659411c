import type { Viewer } from "../../auth/viewer";
import { AppError } from "../../errors";
import type { Services } from "../../services";
import { askedSchema, MAX_SUBMISSIONS } from "./asked";
import { findLanguage, MULTI_FILE_ID } from "./languages";
import { pending, together, verdictOf } from "./verdict";
import type { Submission } from "./view";

/** Tokens are UUIDs, as in Judge0; no other run of ours has such an id. */
const TOKEN = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isToken(id: string): boolean {
  return TOKEN.test(id);
}

/** Ids of the runs of a submission: its token, and for each further one the token with a number. */
export function runIds(token: string, count: number): [string, ...string[]] {
  return [token, ...Array.from({ length: count - 1 }, (_, at) => `${token}-${at + 2}`)];
}

/**
 * A submission by its token, which is all that is needed to see it, as in Judge0: its runs are unlisted. `null` where there is none, where its
 * owner has made it private, or an admin took it down.
 */
export async function findSubmission(
  { runs, status }: Pick<Services, "runs" | "status">,
  viewer: Viewer,
  token: string,
): Promise<Submission | null> {
  if (!isToken(token)) return null;
  const first = await seen(runs.getForeign(viewer, token));
  if (!first) return null;
  const asked = askedSchema.parse(JSON.parse(first.foreign.asked));
  const [, ...furtherIds] = runIds(token, asked.number_of_runs);
  const further = await Promise.all(furtherIds.map((id) => seen(runs.getForeign(viewer, id))));
  const all = [first, ...further.filter((run) => run !== null)];
  const verdict = together(
    all.map(({ run, begun }) => (run.status === "running" ? pending(begun) : verdictOf(run, asked))),
  );
  const { request, createdAt, own } = first.run;
  const ends = all.map(({ run }) => run.finishedAt).filter((end) => end !== null);
  return {
    ...{ token, asked, verdict, createdAt, own },
    sourceCode: asked.language_id === MULTI_FILE_ID ? null : request.code,
    stdin: asked.stdinGiven ? request.stdin : null,
    languageName: findLanguage(status.languages(), asked.language_id)?.name ?? null,
    finishedAt: verdict.status <= 2 ? null : (ends.sort().at(-1) ?? null),
  };
}

/** Deletes a submission of the viewer's own with all of its runs. Throws `not_found` for any other. */
export async function removeSubmission(
  { runs }: Pick<Services, "runs">,
  viewer: Viewer,
  { token, asked }: Submission,
): Promise<void> {
  const [first, ...further] = runIds(token, Math.min(asked.number_of_runs, MAX_SUBMISSIONS));
  await runs.remove(viewer, first);
  for (const id of further) await seen(runs.remove(viewer, id));
}

/** `null` for what is not there, or not to be seen. */
async function seen<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "gone")) return null;
    throw error;
  }
}
