import * as z from "zod";
import { planIdSchema } from "../schemas/plan";
import { foreignRequestSchema, requestFieldsSchema, runModeSchema, usageSchema } from "../schemas/run";
import { runLimitsSchema } from "../schemas/run-limits";
import type { RunJob } from ".";

const count = z.number().int().min(0);
const name = z.string().min(1);

/** A request as it goes with a job: whole, and by the rules that it was accepted by. */
const requestSchema = requestFieldsSchema
  .omit({ programId: true, interactive: true })
  .extend({ mode: runModeSchema, foreign: foreignRequestSchema.optional() });

const jobSchema = z.object({
  id: name,
  language: name,
  request: requestSchema,
  mode: runModeSchema,
  signals: z.literal(true).exactOptional(),
  limits: runLimitsSchema,
  sandboxLimits: runLimitsSchema,
  account: name,
  group: name,
  parallel: count,
  networks: z.array(z.object({ key: name, parallel: count })),
  usage: usageSchema,
  room: z.object({ owner: name, plan: planIdSchema, ownerBytes: count, planBytes: count }),
  ceilings: z.array(name),
  day: name,
  createdAt: name,
  acceptedAtMs: z.number(),
  trace: z.string().exactOptional(),
});

/**
 * A job as another process has written it, as JSON. Throws where it is none: what is in a queue outside of this process may be of another version, or of
 * anybody who can write there.
 */
export function parseJob(json: string): RunJob {
  return jobSchema.parse(JSON.parse(json));
}
