import { type Plan, quotaDay } from "../plans";
import type { RunArtifact, RunOutcome } from "../sandbox/sandbox";
import { MAX_ARTIFACTS, MAX_ARTIFACTS_BYTES } from "../schemas/limits";
import type { RunResult, Usage } from "../schemas/run";
import type { Session } from "./session";

/** An outcome as the API answers it. */
export function resultOf(session: Session, outcome: RunOutcome, plan: Plan): RunResult {
  const { id, language, queuedMs, createdAt } = session;
  const { artifacts, image: _, ...ending } = outcome;
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
    usage: usageOf(session, plan),
    createdAt: createdAt.toISOString(),
  };
}

/** The viewer's quota as it is with this run. */
export function usageOf({ plan, used, createdAt }: Session, { runsPerDay: limit }: Plan): Usage {
  const remaining = Math.max(0, limit - used);
  return { plan, used, limit, remaining, resetsAt: quotaDay(createdAt).resetsAt };
}

/** What of a run's files a store takes: they come out of a sandbox, so not even that their names differ is sure. */
export function storable(artifacts: readonly RunArtifact[]): RunArtifact[] {
  const taken = new Map<string, RunArtifact>();
  let bytes = 0;
  for (const artifact of artifacts) {
    const size = artifact.bytes.byteLength;
    if (taken.has(artifact.name) || taken.size === MAX_ARTIFACTS || bytes + size > MAX_ARTIFACTS_BYTES)
      continue;
    taken.set(artifact.name, artifact);
    bytes += size;
  }
  return [...taken.values()];
}

/** The answer of a run that could not be written: not counted, and without its files, which are nowhere to be had. */
export function unkept(result: RunResult, plan: Plan, charged: boolean): RunResult {
  const used = Math.max(0, result.usage.used - (charged ? 1 : 0));
  const usage = { ...result.usage, used, remaining: Math.max(0, plan.runsPerDay - used) };
  const said =
    "The database does not answer, so this run could not be kept yet; Quicksand goes on trying. It is not counted.";
  return { ...result, usage, artifacts: [], message: result.message ? `${result.message} ${said}` : said };
}
