import type { StageLimits } from "../schemas/limits";

/** All that a process could use in the stage's time, and a little more: the clock comes first while there is one. */
export function cpuSeconds({ timeoutMs, cpus }: StageLimits): number {
  return Math.ceil((timeoutMs / 1000) * Math.max(1, cpus)) + 2;
}
