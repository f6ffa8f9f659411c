import {
  LEAST_MEMORY_BYTES,
  MEMORY_STEP_BYTES,
  type RequestedLimits,
  type RunLimits,
  type StageLimits,
} from "../schemas/run-limits";

/**
 * The limits of a run whose request asked for lower ones. What is asked beyond the plan's has no effect. Of a run that a person types into
 * `timeoutMs` is the time in all, and `cpuMs` what holds the program.
 */
export function lowered(limits: RunLimits, asked: RequestedLimits | undefined): RunLimits {
  if (!asked) return limits;
  const { attended } = limits;
  const run = {
    ...limits.run,
    memoryBytes: memoryOf(limits.run, asked),
    timeoutMs: least(limits.run.timeoutMs, attended ? asked.cpuMs : asked.timeoutMs),
  };
  const compileMs = asked.compile?.cpuMs ?? null;
  const runMs = attended ? null : (asked.cpuMs ?? null);
  return {
    ...limits,
    compile: { ...limits.compile, timeoutMs: least(limits.compile.timeoutMs, asked.compile?.timeoutMs) },
    run,
    outputBytes: least(limits.outputBytes, asked.outputBytes),
    attended: attended && {
      totalMs: least(attended.totalMs, asked.timeoutMs),
      idleMs: least(attended.idleMs, asked.timeoutMs),
    },
    ...(compileMs === null && runMs === null ? {} : { processor: { compileMs, runMs } }),
  };
}

/** The limits of the sandbox of such a run: it is made for its memory, and everything else is watched from outside. */
export function sandboxLimits(planned: RunLimits, applied: RunLimits): RunLimits {
  const { memoryBytes } = applied.run;
  return memoryBytes === planned.run.memoryBytes
    ? planned
    : { ...planned, run: { ...planned.run, memoryBytes } };
}

function least(planned: number, asked: number | undefined): number {
  return Math.min(planned, asked ?? planned);
}

function memoryOf({ memoryBytes: planned }: StageLimits, { memoryBytes: asked }: RequestedLimits): number {
  if (asked === undefined || asked >= planned) return planned;
  return Math.max(LEAST_MEMORY_BYTES, Math.floor(asked / MEMORY_STEP_BYTES) * MEMORY_STEP_BYTES);
}
