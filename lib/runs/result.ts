import { type Plan, quotaDay } from "../plans";
import type { RunOutcome } from "../sandbox/sandbox";
import type { RunResult } from "../schemas/run";
import type { Session } from "./session";

/** An outcome as the API answers it. `used` are the viewer's runs of the day. */
export function resultOf(session: Session, outcome: RunOutcome, plan: Plan, used: number): RunResult {
  const { id, language, viewer, queuedMs, createdAt } = session;
  const { artifacts, image: _, ...ending } = outcome;
  const limit = plan.runsPerDay;
  return {
    ...ending,
    id,
    language: language.id,
    queuedMs,
    artifacts: artifacts.map(({ name, type, bytes }) => ({
      name,
      type,
      bytes: bytes.byteLength,
      url: `/api/runs/${id}/artifacts/${encodeURIComponent(name)}`,
    })),
    tests: [...outcome.tests],
    usage: {
      plan: viewer.plan,
      used: Math.max(0, used),
      limit,
      remaining: Math.max(0, limit - used),
      resetsAt: quotaDay(createdAt).resetsAt,
    },
    createdAt: createdAt.toISOString(),
  };
}

/** The result of a run that could not be written. Its files went nowhere, so it names none. */
export function unkept(result: RunResult): RunResult {
  const said =
    "The database does not answer, so this run could not be kept yet; Quicksand goes on trying. It is not counted.";
  return { ...result, artifacts: [], message: result.message ? `${result.message} ${said}` : said };
}
