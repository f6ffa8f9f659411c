import { argvOf } from "../languages";
import type { StageLimits } from "../plans";
import type { Stage } from "../schemas/run";
import type { RunSpec } from "./sandbox";

/** The limits of a stage for a language, which may need more than the plan's for its compiler. */
export function stageLimits(spec: Pick<RunSpec, "language" | "limits">, stage: Stage): StageLimits {
  if (stage === "run") return spec.limits.run;
  return { ...spec.limits.compile, ...spec.language.limits?.compile };
}

/** What the supervisor is told of the program that stands by: how much processor time it may use, and its command. */
export function standbyOf(
  { language, limits }: Pick<RunSpec, "language" | "limits">,
  ownImage: boolean,
): readonly string[] {
  if (!language.standby || !ownImage) return [];
  const argv = argvOf(language.standby, { limits: limits.run, ownImage });
  return [String(cpuSeconds(limits.run)), ...argv];
}

/** All that a process could use in the stage's time, and a little more: the clock comes first while there is one. */
export function cpuSeconds({ timeoutMs, cpus }: StageLimits): number {
  return Math.ceil((timeoutMs / 1000) * Math.max(1, cpus)) + 2;
}
