import type { Viewer } from "../auth/viewer";
import type { RunDetail, RunSummary, StoredStatus, Visibility } from "../schemas/history";
import type { Takedown } from "../schemas/moderation";
import type { RunRequest, RunResult, Usage } from "../schemas/run";
import type { RunSummary as Row, StoredResult, StoredRun } from "../store";
import type { Takedown as StoredTakedown } from "../store/moderation";
import type { Printed } from "./events";

/** What is known of a run that the store does not have: it may be live. For its owner only. */
export interface LiveDetails {
  result?: RunResult | undefined;
  output?: Printed | undefined;
  usage?: Usage | undefined;
}

export function summaryView({
  createdAt,
  finishedAt,
  expiresAt,
  takedown,
  program,
  ...row
}: Row): RunSummary {
  return {
    ...row,
    programId: program,
    takedown: takedownView(takedown),
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

/** Why a run was taken down, as its owner and admins read it. */
export function takedownView(takedown: StoredTakedown | null): Takedown | null {
  return takedown && { ...takedown, at: takedown.at.toISOString() };
}

/** A run as one viewer may see it. Only its owner sees quota and pin. */
export function detailView(run: StoredRun, viewer: Viewer, live: LiveDetails = {}): RunDetail {
  const own = run.owner === viewer.id;
  const result: StoredResult | undefined = run.result ?? live.result;
  const { usage: _, ...shown } = { usage: undefined, ...(result ?? unfinished(run)) };
  const output = result ? result.output : { ...shown.output, ...(own ? live.output : {}) };
  return {
    ...shown,
    // Also where the result does not have them: it is not there yet, or of a run that was interrupted.
    ...(run.request.options ? { options: run.request.options } : {}),
    status: (result?.status ?? run.status) satisfies StoredStatus,
    output,
    ...(own && live.usage ? { usage: live.usage } : {}),
    own,
    title: run.title,
    visibility: run.visibility satisfies Visibility,
    takedown: takedownView(run.takedown),
    pinned: own && run.pinned,
    programId: own ? run.program : null,
    request: requestView(run.request, own),
    limits: run.limits,
    image: run.image,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    expiresAt: run.expiresAt?.toISOString() ?? null,
  };
}

/**
 * What was run. A variable of the environment can be a secret, which is not shared with the program; so can an address that another API was
 * asked to tell.
 */
function requestView(request: RunRequest, own: boolean): RunRequest {
  if (own) return request;
  const { env: _, foreign: __, ...shown } = request;
  return shown;
}

/** The fields of a result that there is not yet. */
function unfinished({ id, request, createdAt, status }: StoredRun) {
  return {
    id,
    language: request.language,
    status,
    output: { stdout: "", stderr: "", exitCode: null, signal: null, truncated: false },
    compile: null,
    durationMs: 0,
    cpuMs: 0,
    memoryUsed: 0,
    queuedMs: 0,
    isolation: "container" as const,
    artifacts: [],
    tests: [],
    message: null,
    createdAt: createdAt.toISOString(),
  };
}
