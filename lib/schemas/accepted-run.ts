import * as z from "zod";
import { errorBodySchema } from "./error";
import { MAX_BATCH } from "./limits";
import { runRequestSchema, usageSchema } from "./run";

/** A run that was accepted and goes on by itself. Links are paths below this server's address. */
export const acceptedRunSchema = z.object({
  id: z.string(),
  status: z.literal("running"),
  links: z.object({
    /** The run with its result; `?wait=10` waits for its end. */
    self: z.string(),
    events: z.string(),
    cancel: z.string(),
    /** Where it takes typed input. */
    input: z.string().optional(),
    /** Where it has a terminal. */
    terminal: z.string().optional(),
  }),
  usage: usageSchema,
});
export type AcceptedRun = z.infer<typeof acceptedRunSchema>;

export const batchRequestSchema = z.object({ runs: z.array(runRequestSchema).min(1).max(MAX_BATCH) });

/** Each at the place of its request: accepted, or why not. */
export const acceptedBatchSchema = z.object({ runs: z.array(z.union([acceptedRunSchema, errorBodySchema])) });
export type AcceptedBatch = z.infer<typeof acceptedBatchSchema>;
