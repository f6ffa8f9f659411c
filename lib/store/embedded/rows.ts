import * as z from "zod";
import { storedStatusSchema, visibilitySchema } from "../../schemas/history";
import { planIdSchema } from "../../schemas/plan";
import { testCountsSchema } from "../../schemas/run-test";
import { storedTakedownSchema } from "../stored-moderation";
import { storedLimitsSchema, storedRequestSchema, storedResultSchema } from "../stored-run";
import { unpack } from "./packed";

export const date = z.number().transform((milliseconds) => new Date(milliseconds));
export const flag = z.number().transform((number) => number !== 0);

/** A JSON column, parsed and validated. */
export function json<T extends z.ZodType>(shape: T) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "is not JSON" });
        return z.NEVER;
      }
    })
    .pipe(shape);
}

const SUMMARY = {
  id: z.string(),
  language: z.string(),
  title: z.string().nullable(),
  preview: z.string(),
  visibility: visibilitySchema,
  takedown: json(storedTakedownSchema).nullable(),
  pinned: flag,
  program: z.string().nullable(),
  status: storedStatusSchema,
  createdAt: date,
  finishedAt: date.nullable(),
  expiresAt: date.nullable(),
  durationMs: z.number().nullable(),
  memoryUsed: z.number().nullable(),
  exitCode: z.number().nullable(),
  tests: json(testCountsSchema).nullable(),
};
export const summaryRow = z.object(SUMMARY);

/**
 * Counted from the result, whose long texts are beside it. One that an older version wrote with its texts may be large, and a list
 * reads nothing large.
 */
const MAX_COUNTED_BYTES = 262_144;
const TEST_COUNTS = `(SELECT CASE WHEN octet_length(result) > ${MAX_COUNTED_BYTES} THEN NULL
    WHEN json_array_length(result, '$.tests') = 0 THEN NULL
    ELSE (SELECT json_object('passed', sum(verdict = 'passed'), 'skipped', sum(verdict = 'skipped'),
      'failed', sum(verdict NOT IN ('passed', 'skipped')))
      FROM (SELECT json_extract(value, '$.status') AS verdict FROM json_each(result, '$.tests'))) END
  FROM run_results WHERE run_results.run = runs.seq)`;

/** The columns of `summaryRow`, all in `runs` but one. */
export const SUMMARY_COLUMNS = `id, language, title, preview, visibility, takedown, pinned, program, status, created_at AS createdAt,
  finished_at AS finishedAt, expires_at AS expiresAt, duration_ms AS durationMs, memory_used AS memoryUsed,
  exit_code AS exitCode, ${TEST_COUNTS} AS tests`;

const texts = z.instanceof(Uint8Array).nullable();

const storedRunRow = z.object({
  id: z.string(),
  owner: z.string(),
  title: z.string().nullable(),
  visibility: visibilitySchema,
  takedown: json(storedTakedownSchema).nullable(),
  pinned: flag,
  program: z.string().nullable(),
  plan: planIdSchema,
  image: z.string().nullable(),
  status: storedStatusSchema,
  createdAt: date,
  finishedAt: date.nullable(),
  expiresAt: date.nullable(),
  request: storedRequestSchema,
  limits: json(storedLimitsSchema).nullable(),
  result: storedResultSchema.nullable(),
});

/** Request and result are two columns each: a JSON and its long texts. */
export const runRow = z
  .looseObject({
    request: z.string(),
    requestTexts: texts,
    result: z.string().nullable(),
    resultTexts: texts,
  })
  .transform(({ request, requestTexts, result, resultTexts, ...row }, context): unknown => {
    try {
      return {
        ...row,
        request: unpack({ json: request, texts: requestTexts }),
        result: result === null ? null : unpack({ json: result, texts: resultTexts }),
      };
    } catch {
      context.addIssue({ code: "custom", message: "holds a JSON that cannot be read" });
      return z.NEVER;
    }
  })
  .pipe(storedRunRow);

export const SELECT_RUN = `
  SELECT id, owner, title, visibility, takedown, pinned, program, plan, image, status, created_at AS createdAt, finished_at AS finishedAt,
    expires_at AS expiresAt, request, run_requests.texts AS requestTexts, limits, result,
    run_results.texts AS resultTexts
  FROM runs JOIN run_requests ON run_requests.run = seq LEFT JOIN run_results ON run_results.run = seq`;

/** What decides who may see a run. */
export const guardRow = z.object({
  owner: z.string(),
  visibility: visibilitySchema,
  takedown: json(storedTakedownSchema).nullable(),
  ownerSuspended: flag,
});
export const SELECT_GUARD = `
  SELECT owner, visibility, takedown,
    EXISTS (SELECT 1 FROM users WHERE users.id = owner AND suspended_at IS NOT NULL) AS ownerSuspended
  FROM runs WHERE id = ?`;

/** Where a row of a list is, and how much text of it is searched. */
export const searchedRow = z.object({ createdAt: z.number(), id: z.string(), bytes: z.number() });
export const positionRow = z.object({ createdAt: z.number(), id: z.string() });
export const seqRow = z.object({ seq: z.number() });
export const sizeRow = z.object({ seq: z.number(), bytes: z.number() });
export const runningRow = z.object({
  id: z.string(),
  language: z.string(),
  createdAt: date,
  tests: z.number(),
});
export const chargeRow = z.object({
  chargedTo: z.string(),
  ceilings: json(z.array(z.string())).nullable(),
  createdAt: date,
});
export const artifactRow = z.object({ name: z.string(), type: z.string(), size: z.number() });
export const bytesRow = z.object({ bytes: z.instanceof(Uint8Array) });
export const usageRow = z.object({ day: z.string(), runs: z.number() });
export const countRow = z.object({ runs: z.number() });
/** A number of rows. */
export const amountRow = z.object({ amount: z.number() });
export const hourRow = z.object({ runs: z.number(), failed: z.number() });
export const activityRow = z.object({
  runs: z.number(),
  succeeded: z.number().nullable(),
  averageMs: z.number().nullable(),
  slowestMs: z.number().nullable(),
});
