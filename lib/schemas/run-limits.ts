import * as z from "zod";

/** Limits of one stage. `cpus` is a share of processors: 0.5 is half of one. */
export const stageLimitsSchema = z.object({
  memoryBytes: z.number().int(),
  cpus: z.number(),
  timeoutMs: z.number().int(),
});
export type StageLimits = z.infer<typeof stageLimitsSchema>;

/**
 * What holds a run that a person types into. Its `run.timeoutMs` counts processor time, because the wall clock of somebody
 * who thinks before answering is not the program's.
 */
export const attendedLimitsSchema = z.object({
  /** Wall-clock time of the run stage in all. */
  totalMs: z.number().int(),
  /** Wall-clock time without input or output. */
  idleMs: z.number().int(),
});
export type AttendedLimits = z.infer<typeof attendedLimitsSchema>;

/** Processor time of the stages of a run whose request asked for such limits; `null` where it did not. In milliseconds. */
export const processorLimitsSchema = z.object({
  compileMs: z.number().int().nullable(),
  runMs: z.number().int().nullable(),
});

/** Everything that a run is held to: its plan's limits, lowered as its request asks. */
export const runLimitsSchema = z.object({
  compile: stageLimitsSchema,
  run: stageLimitsSchema,
  processes: z.number().int(),
  openFiles: z.number().int(),
  /** The writable space, a tmpfs; it counts as memory too. */
  tmpfsBytes: z.number().int(),
  /** stdout and stderr together. */
  outputBytes: z.number().int(),
  /** `null` for an unattended run: its `run.timeoutMs` is wall-clock time. */
  attended: attendedLimitsSchema.nullable(),
  /** Left out where the request asked for none: the wall clock is what holds a run. */
  processor: processorLimitsSchema.optional(),
});
export type RunLimits = z.infer<typeof runLimitsSchema>;

/** No interpreter starts in less. */
export const LEAST_MEMORY_BYTES = 16 * 1_048_576;
/** Sandboxes are made for limits of memory in such steps, so that there are not as many kinds as there are numbers. */
export const MEMORY_STEP_BYTES = 8 * 1_048_576;

const atLeast = (least: number) => z.number().int().min(least).optional();

/** Limits that a request asks for. They only lower what the plan allows. */
export const requestedLimitsSchema = z.object({
  /** Wall-clock time of the run stage; of a run that a person types into, in all. */
  timeoutMs: atLeast(1),
  /** Processor time of the run stage. */
  cpuMs: atLeast(1),
  /** Of the run stage; rounded down to whole steps. */
  memoryBytes: atLeast(LEAST_MEMORY_BYTES),
  /** stdout and stderr together, of each stage. */
  outputBytes: atLeast(1),
  compile: z.object({ timeoutMs: atLeast(1), cpuMs: atLeast(1) }).optional(),
});
export type RequestedLimits = z.infer<typeof requestedLimitsSchema>;
