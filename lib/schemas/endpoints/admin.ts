import * as z from "zod";
import {
  adminOverviewSchema,
  adminUserChangeSchema,
  adminUserPageSchema,
  adminUserQuerySchema,
  adminUserSchema,
  auditEntrySchema,
  auditExportQuerySchema,
  auditPageSchema,
  auditQuerySchema,
} from "../admin";
import { reportPageSchema, reportQuerySchema, takedownChangeSchema } from "../moderation";
import { ADDRESSES } from "./addresses";
import type { Endpoint } from "./endpoint";

/** For admins. */
export const adminEndpoints = {
  adminOverview: {
    ...ADDRESSES.adminOverview,
    access: "admin",
    scope: null,
    summary: "Runs per hour, sandboxes and queue",
    response: adminOverviewSchema,
  },
  adminUsers: {
    ...ADDRESSES.adminUsers,
    access: "admin",
    scope: null,
    summary: "Accounts, newest first; `q` searches address and name",
    query: adminUserQuerySchema,
    response: adminUserPageSchema,
  },
  adminUpdateUser: {
    ...ADDRESSES.adminUpdateUser,
    access: "admin",
    scope: null,
    confirmed: true,
    summary: "Change an account's plan, suspend it, or make it an admin's",
    body: adminUserChangeSchema,
    response: adminUserSchema,
    errors: ["conflict"],
  },
  adminResetLink: {
    ...ADDRESSES.adminResetLink,
    access: "admin",
    scope: null,
    confirmed: true,
    summary:
      "Make a link by which an account's owner chooses another password; it works once, for 30 minutes",
    response: z.object({
      /** Path and fragment below this server's address. */
      path: z.string(),
      expiresAt: z.string(),
    }),
    errors: ["conflict"],
  },
  audit: {
    ...ADDRESSES.audit,
    access: "admin",
    scope: null,
    summary: "What admins did, and what concerned security, newest first; `person` and `action` filter",
    query: auditQuerySchema,
    response: auditPageSchema,
  },
  exportAudit: {
    ...ADDRESSES.exportAudit,
    access: "admin",
    scope: null,
    summary: "The audit log as a file, streamed: JSON or CSV; filtered as the log is",
    query: auditExportQuerySchema,
    response: z.object({ entries: z.array(auditEntrySchema) }),
    produces: ["application/json", "text/csv"],
  },
  adminReports: {
    ...ADDRESSES.adminReports,
    access: "admin",
    scope: null,
    summary: "Shared runs that were reported: open cases, or with `state=decided` the others",
    query: reportQuerySchema,
    response: reportPageSchema,
  },
  adminDismissReport: {
    ...ADDRESSES.adminDismissReport,
    access: "admin",
    scope: null,
    confirmed: true,
    summary: "Dismiss an open case; the run stays as it is",
    body: z.object({ decision: z.literal("dismissed") }),
    response: z.object({ dismissed: z.literal(true) }),
    errors: ["conflict"],
  },
  adminUpdateRun: {
    ...ADDRESSES.adminUpdateRun,
    access: "admin",
    scope: null,
    confirmed: true,
    summary: "Take a shared run down, which decides its open case, or restore it",
    body: takedownChangeSchema,
    response: z.object({ takenDown: z.boolean() }),
    errors: ["conflict"],
  },
} as const satisfies Record<string, Endpoint>;
