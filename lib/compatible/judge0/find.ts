import type { Viewer } from "../../auth/viewer";
import { AppError } from "../../errors";
import type { ForeignRun } from "../../runs";
import type { Services } from "../../services";
import { askedSchema, NUMBERS } from "./asked";
import { findLanguage, MULTI_FILE_ID } from "./languages";
import { pending, together, verdictOf, withVerdict } from "./verdict";
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
  const { request, createdAt, own } = first.run;
  const outcomeOf = ({ run, begun }: ForeignRun) =>
    run.status === "running" ? pending(begun) : verdictOf(run, asked);
  let verdicts = withVerdict([], outcomeOf(first));
  let lastEnd = first.run.finishedAt ?? "";
  // One after the other, and all that is kept of one is its verdict: there may be twenty, each of megabytes.
  const [, ...furtherIds] = runIds(token, asked.number_of_runs);
  for (const id of furtherIds) {
    const next = await seen(runs.getForeign(viewer, id));
    if (!next) continue;
    verdicts = withVerdict(verdicts, outcomeOf(next));
    if ((next.run.finishedAt ?? "") > lastEnd) lastEnd = next.run.finishedAt ?? "";
  }
  const verdict = together(verdicts);
  return {
    ...{ token, asked, verdict, createdAt, own },
    sourceCode: asked.language_id === MULTI_FILE_ID ? null : request.code,
    stdin: asked.stdinGiven ? request.stdin : null,
    languageName: findLanguage(status.languages(), asked.language_id)?.name ?? null,
    finishedAt: verdict.status <= 2 || lastEnd === "" ? null : lastEnd,
  };
}

/** Deletes a submission of the viewer's own with all of its runs. Throws `not_found` for any other. */
export async function removeSubmission(
  { runs }: Pick<Services, "runs">,
  viewer: Viewer,
  { token, asked }: Submission,
): Promise<void> {
  const [first, ...further] = runIds(token, Math.min(asked.number_of_runs, NUMBERS.number_of_runs.most));
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
