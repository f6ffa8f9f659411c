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

/** Everything that a run is held to. No request field changes any of it. */
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
});
export type RunLimits = z.infer<typeof runLimitsSchema>;
