import type { StageLimits } from "../plans";
import type { Stage } from "../schemas/run";
import type { RunSpec } from "./sandbox";

/** The limits of a stage for a language, which may need more than the plan's for its compiler. */
export function stageLimits(spec: Pick<RunSpec, "language" | "limits">, stage: Stage): StageLimits {
  if (stage === "run") return spec.limits.run;
  return { ...spec.limits.compile, ...spec.language.limits?.compile };
}

/** All that a process could use in the stage's time, and a little more: the clock comes first while there is one. */
export function cpuSeconds({ timeoutMs, cpus }: StageLimits): number {
  return Math.ceil((timeoutMs / 1000) * Math.max(1, cpus)) + 2;
}
