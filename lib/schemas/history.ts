import * as z from "zod";
import { MAX_TITLE_CHARS } from "./limits";
import { takedownSchema } from "./moderation";
import { foreignRequestSchema, runModeSchema, runResultSchema, usageSchema } from "./run";
import { requestedLimitsSchema, runLimitsSchema } from "./run-limits";
import { STORED_STATUSES } from "./run-status";
import { compareSchema, testCountsSchema } from "./run-test";
import { asLine, text } from "./text";

/** Who may see a run: its owner; whoever has its address; whoever has it, search engines included. */
export const visibilitySchema = z.enum(["private", "unlisted", "public"]);
export type Visibility = z.infer<typeof visibilitySchema>;

/** A run that has no result yet is `running`. */
export const storedStatusSchema = z.enum(STORED_STATUSES);
export type StoredStatus = z.infer<typeof storedStatusSchema>;

/** Longer texts are in no title and hardly in any code. */
const MAX_QUERY_CHARS = 200;
const MAX_PAGE_ROWS = 100;
const MAX_STATISTICS_DAYS = 400;

/** A row of the history: nothing in it is large. Times in milliseconds, moments as ISO texts. */
export const runSummarySchema = z.object({
  id: z.string(),
  language: z.string(),
  /** `null` until its owner names it; show `preview` then. */
  title: z.string().nullable(),
  /** The first line of the code that says something, shortened. */
  preview: z.string(),
  status: storedStatusSchema,
  visibility: visibilitySchema,
  /** Why others cannot see it whatever its visibility; `null` unless an admin took it down. */
  takedown: takedownSchema.nullable(),
  pinned: z.boolean(),
  /** The program that it is a run of, which may be gone; `null` where it is of none. */
  programId: z.string().nullable(),
  durationMs: z.number().nullable(),
  memoryUsed: z.number().nullable(),
  exitCode: z.number().nullable(),
  /** How its test cases ended; `null` without any, and while it is running. */
  tests: testCountsSchema.nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** When it will be removed; `null` is never. */
  expiresAt: z.string().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** Newest first. Only `nextCursor: null` is the end: a page of a search may be short, even empty, and others follow. */
export const runPageSchema = z.object({ runs: z.array(runSummarySchema), nextCursor: z.string().nullable() });
export type RunPage = z.infer<typeof runPageSchema>;

/** What was run, as it was sent. Sizes were checked when it came; today's limits say nothing about it. */
export const programSchema = z.object({
  language: z.string(),
  options: z.record(z.string(), z.string()).optional(),
  code: z.string(),
  stdin: z.string(),
  args: z.array(z.string()),
  files: z.array(z.object({ path: z.string(), content: z.string() })),
  tests: z.array(
    z.object({ name: z.string(), stdin: z.string(), expected: z.string(), compare: compareSchema }),
  ),
  mode: runModeSchema,
  limits: requestedLimitsSchema.optional(),
  /** For the run's owner only. */
  env: z.record(z.string(), z.string()).optional(),
  mainFile: z.string().optional(),
  /** For the run's owner only. */
  foreign: foreignRequestSchema.optional(),
});

/**
 * One run with everything there is to see of it: the result as `POST /api/editor/run` answered it, and what is kept beside it.
 * While `status` is `running` the result's fields are empty or 0. Somebody else's has no `usage`, and is never `pinned`.
 */
export const runDetailSchema = runResultSchema.extend({
  status: storedStatusSchema,
  usage: usageSchema.optional(),
  /** Whether it is the viewer's own: only then can it be changed and deleted. */
  own: z.boolean(),
  title: z.string().nullable(),
  visibility: visibilitySchema,
  /** As in the history; others than the owner cannot see such a run. */
  takedown: takedownSchema.nullable(),
  pinned: z.boolean(),
  /** As in the history; `null` also for others than the owner. */
  programId: z.string().nullable(),
  request: programSchema,
  limits: runLimitsSchema.nullable(),
  /** Digest of the image it ran in. */
  image: z.string().nullable(),
  finishedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

/** What an owner may change of a run; what is left out stays. An empty title takes the title away. */
export const runChangeSchema = z
  .object({
    title: text({ name: "title" })
      .transform(asLine)
      .superRefine((title, context) => {
        const characters = [...title].length;
        if (characters > MAX_TITLE_CHARS) {
          context.addIssue({
            code: "custom",
            message: `\`title\` is ${characters.toLocaleString("en")} characters long; the limit is ${MAX_TITLE_CHARS}. Shorten it.`,
          });
        }
      })
      .transform((title) => (title === "" ? null : title))
      .nullable()
      .optional(),
    pinned: z.boolean().optional(),
    visibility: visibilitySchema.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: "The body changes nothing; send `title`, `pinned` or `visibility`.",
  });
export type RunChange = z.output<typeof runChangeSchema>;

/** `?cursor&limit&language&status&q&pinned&program&from&to`, all optional. */
export const runQuerySchema = z.object({
  cursor: z.string().max(500).optional(),
  limit: wholeNumber("limit", 1, MAX_PAGE_ROWS).optional(),
  language: text({ name: "language" }).max(64).optional(),
  status: storedStatusSchema.optional(),
  q: text({ name: "q" }).max(MAX_QUERY_CHARS).optional(),
  pinned: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
  /** Id of a program: its runs only. */
  program: text({ name: "program" }).max(64).optional(),
  from: moment("from").optional(),
  to: moment("to").optional(),
});
export type RunQuery = z.output<typeof runQuerySchema>;

export const exportQuerySchema = z.object({
  format: z.enum(["json", "csv"]).default("json"),
});
export type ExportFormat = z.output<typeof exportQuerySchema>["format"];

/** Which text of a run `/r/{id}/raw` answers with; `all` is output and errors in the order in which they were written. */
export const rawQuerySchema = z.object({
  part: z.enum(["code", "output", "errors", "all"]).default("code"),
});

export const statisticsQuerySchema = z.object({
  days: wholeNumber("days", 1, MAX_STATISTICS_DAYS).default(30),
});

/** The viewer's last days, today included, oldest first and none left out. Days are UTC days. */
export const statisticsSchema = z.object({
  days: z.array(
    z.object({
      day: z.string(),
      runs: z.number().int(),
      succeeded: z.number().int(),
      /** Of the runs that ended; `null` on a day without. */
      averageMs: z.number().nullable(),
      slowestMs: z.number().nullable(),
    }),
  ),
  runs: z.number().int(),
  succeeded: z.number().int(),
});
export type Statistics = z.infer<typeof statisticsSchema>;

/** What is kept of the viewer's runs. Beyond `limitBytes` the oldest go, unpinned ones first. */
const keptSchema = z.object({
  runs: z.number().int(),
  /** Programs, input, output and files. */
  bytes: z.number().int(),
  limitBytes: z.number().int(),
  /** Runs that were removed to make room in about the last 30 days, and when the last one was. */
  removedRuns: z.number().int(),
  removedAt: z.string().nullable(),
});

/** The quota of today, and what was used on the last 30 days, oldest first; days without runs are left out. */
export const usageReportSchema = usageSchema.extend({
  kept: keptSchema,
  days: z.array(z.object({ day: z.string(), runs: z.number().int() })),
});
export type UsageReport = z.infer<typeof usageReportSchema>;

/** A query parameter that is a whole number in a range. */
export function wholeNumber(name: string, least: number, most: number) {
  return z
    .string()
    .transform((value, context) => {
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= least && number <= most) return number;
      context.addIssue({
        code: "custom",
        message: `\`${name}\` is ${shown(value)}; it must be a whole number from ${least} to ${most}.`,
      });
      return z.NEVER;
    })
    .meta({ type: "integer", minimum: least, maximum: most });
}

function moment(name: string) {
  return z.string().transform((value, context) => {
    const date = /^\d{4}-\d{2}-\d{2}/.test(value) ? new Date(value) : new Date(Number.NaN);
    if (!Number.isNaN(date.getTime())) return date;
    context.addIssue({
      code: "custom",
      message: `\`${name}\` is ${shown(value)}; it must be a moment such as "2026-11-22" or "2026-11-22T10:00:00Z".`,
    });
    return z.NEVER;
  });
}

function shown(value: string): string {
  return JSON.stringify(value.slice(0, 100));
}
