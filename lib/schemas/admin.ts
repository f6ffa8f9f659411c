import * as z from "zod";
import { AUDIT_ACTIONS } from "./audit-actions";
import { planIdSchema } from "./plan";
import { text } from "./text";

/** An account as an admin sees it: nothing of what its owner ran. */
export const adminUserSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  plan: planIdSchema,
  admin: z.boolean(),
  suspended: z.boolean(),
  /** Signed up and not approved yet. */
  waiting: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string().nullable(),
  runsToday: z.number().int(),
});
export type AdminUser = z.infer<typeof adminUserSchema>;

export const adminUserQuerySchema = z.object({
  /** Text in the address or the name. */
  q: text({ name: "q" }).max(200).optional(),
  cursor: z.string().max(500).optional(),
  /** Only those who wait for approval, the first to sign up first, at most 50; `q` and `cursor` do not count then. */
  waiting: z.literal("true").optional(),
});
export const adminUserPageSchema = z.object({
  users: z.array(adminUserSchema),
  nextCursor: z.string().nullable(),
});

export const adminUserChangeSchema = z
  .object({
    plan: z.enum(["free", "pro"]).optional(),
    suspended: z.boolean().optional(),
    /** `false` is the only value: approves an account that waits. */
    waiting: z.literal(false).optional(),
    admin: z.boolean().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: "The body changes nothing; send `plan`, `suspended`, `waiting` or `admin`.",
  });
export type AdminUserChange = z.output<typeof adminUserChangeSchema>;

/** How the machine does. */
export const adminOverviewSchema = z.object({
  users: z.number().int(),
  /** The last 48 hours, oldest first, none left out. */
  /** `failed` are those that ended by a fault of ours (`system_error`). */
  hours: z.array(z.object({ hour: z.string(), runs: z.number().int(), failed: z.number().int() })),
  /** `engine` is Docker's version, when it answers. */
  sandboxes: z.object({
    warm: z.number().int(),
    running: z.number().int(),
    engine: z.string().nullable(),
  }),
  queue: z.object({ running: z.number().int(), waiting: z.number().int(), limit: z.number().int() }),
});
export type AdminOverview = z.infer<typeof adminOverviewSchema>;

export const auditActionSchema = z.enum(AUDIT_ACTIONS);
export type AuditAction = z.infer<typeof auditActionSchema>;

export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.string(),
  action: auditActionSchema,
  /** Who did it: a user's id, `null` for somebody not known. */
  actor: z.string().nullable(),
  /** The account that it was done to, where there is one. */
  subject: z.string().nullable(),
  /** What else there is to say, in words. No secret, and no address of anybody's who is not known. */
  detail: z.string(),
  /** The network that the request came from which did it; `null` for entries of versions that did not write it down. */
  network: z.string().nullable(),
  /** The browser that the request named, such as "Firefox 128 on Linux". */
  browser: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** All that is given has to fit. */
const auditFilterSchema = z.object({
  /** Who did it or to whom it was done: an e-mail address, or the id of an account, deleted ones too. */
  person: text({ name: "person" })
    .transform((person) => person.trim())
    .pipe(z.string().max(300))
    .optional(),
  action: auditActionSchema.optional(),
});
export const auditQuerySchema = auditFilterSchema.extend({ cursor: z.string().max(500).optional() });
export type AuditQuery = z.output<typeof auditQuerySchema>;
export const auditExportQuerySchema = auditFilterSchema.extend({
  format: z.enum(["json", "csv"]).default("json"),
});
export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema),
  nextCursor: z.string().nullable(),
});
