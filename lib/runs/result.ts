import type { RunJob } from "../queue";
import type { RunArtifact, RunOutcome } from "../sandbox/sandbox";
import { MAX_ARTIFACTS, MAX_ARTIFACTS_BYTES } from "../schemas/limits";
import type { RunResult, Usage } from "../schemas/run";
import { usageWith } from "./usage";

/** An outcome as the API answers it. */
export function resultOf(job: RunJob, outcome: RunOutcome, queuedMs: number, usage: Usage): RunResult {
  const { id, language, createdAt } = job;
  const { options } = job.request;
  const { artifacts, image: _, ...ending } = outcome;
  return {
    ...ending,
    id,
    language,
    ...(options ? { options } : {}),
    queuedMs,
    artifacts: artifacts.map(({ name, type, bytes }) => ({
      name,
      type,
      bytes: bytes.byteLength,
      url: `/api/runs/${id}/artifacts/${encodeURIComponent(name)}`,
    })),
    tests: [...outcome.tests],
    limits: job.limits,
    usage,
    createdAt,
  };
}

/** The files of a run that a store accepts. They come out of a sandbox, so not even unique names can be assumed. */
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

/** The answer of a run that could not be written yet: not counted, and without its files, which cannot be fetched. */
export function unwritten(result: RunResult, charged: boolean): RunResult {
  const usage = usageWith(result.usage, result.usage.used - (charged ? 1 : 0));
  const said =
    "The database does not answer, so this run could not be kept yet; Quicksand goes on trying. It is not counted.";
  return { ...result, usage, artifacts: [], message: result.message ? `${result.message} ${said}` : said };
}
