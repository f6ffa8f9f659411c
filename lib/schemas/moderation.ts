import * as z from "zod";
import { MODERATION_REASONS } from "./moderation-reasons";
import { text } from "./text";

export const moderationReasonSchema = z.enum(MODERATION_REASONS);
export type ModerationReason = z.infer<typeof moderationReasonSchema>;

const MAX_REPORT_CHARS = 1_000;

function words(name: string) {
  return text({ name })
    .transform((value) => value.trim())
    .pipe(
      z
        .string()
        .max(MAX_REPORT_CHARS, `\`${name}\` is longer than ${MAX_REPORT_CHARS} characters; shorten it.`),
    );
}

export const newReportSchema = z.object({
  reason: moderationReasonSchema,
  /** What else there is to say. */
  text: words("text").default(""),
});
export type NewReport = z.output<typeof newReportSchema>;

/** What its owner is told of a run that an admin took down. Others are told that it is gone, and not why. */
export const takedownSchema = z.object({
  at: z.string(),
  reason: moderationReasonSchema,
  note: z.string(),
});
export type Takedown = z.infer<typeof takedownSchema>;

export const takedownChangeSchema = z.discriminatedUnion("takenDown", [
  z.object({
    takenDown: z.literal(true),
    reason: moderationReasonSchema,
    /** For the run's owner, who reads it. */
    note: words("note").default(""),
  }),
  z.object({ takenDown: z.literal(false) }),
]);
export type TakedownChange = z.output<typeof takedownChangeSchema>;

export const reportDecisionSchema = z.enum(["taken_down", "dismissed"]);
export type ReportDecision = z.infer<typeof reportDecisionSchema>;

/** One viewer's report of a run. Guests are not told apart. */
const complaintSchema = z.object({
  from: z.enum(["guest", "user"]),
  reason: moderationReasonSchema,
  text: z.string(),
  at: z.string(),
});

/** All reports of one run since it was last decided about, as an admin sees them. */
export const reportCaseSchema = z.object({
  id: z.string(),
  run: z.object({
    id: z.string(),
    title: z.string().nullable(),
    preview: z.string(),
    language: z.string(),
    /** Whether others could see it if it were not taken down. */
    shared: z.boolean(),
    takedown: takedownSchema.nullable(),
  }),
  /** `email` is `null` for a guest's run, and when the account is deleted. */
  owner: z.object({ id: z.string(), email: z.string().nullable(), suspended: z.boolean() }),
  openedAt: z.string(),
  /** Oldest first. */
  complaints: z.array(complaintSchema),
  /** `null` while it is open. */
  decision: reportDecisionSchema.nullable(),
  decidedAt: z.string().nullable(),
  /** The admin's address, or their id when they are deleted. */
  decidedBy: z.string().nullable(),
});
export type ReportCase = z.infer<typeof reportCaseSchema>;

export const reportQuerySchema = z.object({
  state: z.enum(["open", "decided"]).default("open"),
  cursor: z.string().max(500).optional(),
});

/** Those opened, or decided, last come first. */
export const reportPageSchema = z.object({
  cases: z.array(reportCaseSchema),
  nextCursor: z.string().nullable(),
});
