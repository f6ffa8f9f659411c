import * as z from "zod";
import {
  accountChangeSchema,
  accountDeletionSchema,
  accountSchema,
  apiKeySchema,
  createdKeySchema,
  type KeyScope,
  newKeySchema,
  passwordChangeSchema,
  preferencesChangeSchema,
  preferencesSchema,
  signUpSchema,
} from "./account";
import {
  adminOverviewSchema,
  adminUserChangeSchema,
  adminUserPageSchema,
  adminUserQuerySchema,
  adminUserSchema,
  auditPageSchema,
  auditQuerySchema,
} from "./admin";
import {
  exportQuerySchema,
  rawQuerySchema,
  runChangeSchema,
  runDetailSchema,
  runPageSchema,
  runQuerySchema,
  runSummarySchema,
  statisticsQuerySchema,
  statisticsSchema,
  usageReportSchema,
} from "./history";
import { healthSchema, languagesSchema } from "./language";
import { runInputSchema, runRequestSchema, runResultSchema } from "./run";

/**
 * Who may call an endpoint: `public` needs no viewer; `viewer` is a guest, a user or a key's user; `user` is somebody with
 * an account; `admin` is one of those who may see to others.
 */
export type Access = "public" | "viewer" | "user" | "admin";

export interface Endpoint {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path with `{name}` for each parameter, as in OpenAPI. */
  path: string;
  access: Access;
  /** What an API key must be allowed for it; `null` is not for keys, which must not be able to make keys or end accounts. */
  scope: KeyScope | null;
  /**
   * `false` where a guest without a cookie is given none. A page sends several such requests at once on a first visit, and each answer
   * would make them another guest. Everywhere else a new guest gets one.
   */
  issuesGuestCookie?: false;
  summary: string;
  query?: z.ZodType;
  body?: z.ZodType;
  response: z.ZodType;
}

const runId = "{id}";
/** `?detach=1`: the run goes on when the client goes away. Other values mean no. */
const submitQuerySchema = z.object({ detach: z.string().optional() });

/**
 * Every endpoint, declared once: the route wrapper validates with it, the browser's fetch is typed by it,
 * and docs/api.md is compared with it.
 */
export const endpoints = {
  run: {
    method: "POST",
    path: "/api/editor/run",
    access: "viewer",
    scope: "run",
    summary: "Run a program; JSON, or server-sent events with `Accept: text/event-stream`",
    query: submitQuerySchema,
    body: runRequestSchema,
    response: runResultSchema,
  },
  getRun: {
    method: "GET",
    path: `/api/runs/${runId}`,
    access: "viewer",
    scope: "read",
    summary: "One run: the viewer's own, or one that is shared",
    response: runDetailSchema,
  },
  updateRun: {
    method: "PATCH",
    path: `/api/runs/${runId}`,
    access: "viewer",
    scope: "run",
    summary: "Name, pin or share a run of the viewer's own",
    body: runChangeSchema,
    response: runSummarySchema,
  },
  deleteRun: {
    method: "DELETE",
    path: `/api/runs/${runId}`,
    access: "viewer",
    scope: "run",
    summary:
      "Delete a run of the viewer's own for good, its page and artifacts too; ends it if it still runs",
    response: z.object({ deleted: z.boolean() }),
  },
  listRuns: {
    method: "GET",
    path: "/api/runs",
    access: "viewer",
    scope: "read",
    summary: "The viewer's own runs, newest first; `q` searches title and code",
    query: runQuerySchema,
    response: runPageSchema,
  },
  deleteRuns: {
    method: "DELETE",
    path: "/api/runs",
    access: "viewer",
    scope: "run",
    summary: "Delete everything the viewer has run",
    response: z.object({ deleted: z.number().int() }),
  },
  exportRuns: {
    method: "GET",
    path: "/api/runs/export",
    access: "viewer",
    scope: "read",
    summary: "Everything the viewer has run as a file, streamed: JSON or CSV",
    query: exportQuerySchema,
    response: z.object({ runs: z.array(runDetailSchema) }),
  },
  statistics: {
    method: "GET",
    path: "/api/runs/statistics",
    access: "viewer",
    scope: "read",
    summary: "How many runs the viewer had on each of the last days, and how long they took",
    query: statisticsQuerySchema,
    response: statisticsSchema,
  },
  usage: {
    method: "GET",
    path: "/api/usage",
    access: "viewer",
    scope: "read",
    summary: "The viewer's quota and what was used of it",
    response: usageReportSchema,
  },
  artifact: {
    method: "GET",
    path: `/api/runs/${runId}/artifacts/{name}`,
    access: "viewer",
    scope: "read",
    summary: "A file that a run wrote to its output directory",
    response: z.string(),
  },
  rawRun: {
    method: "GET",
    path: "/r/{runId}/raw",
    access: "viewer",
    scope: "read",
    summary: "A run's code, output or errors as plain text",
    query: rawQuerySchema,
    response: z.string(),
  },
  watchRun: {
    method: "GET",
    path: `/api/runs/${runId}/events`,
    access: "viewer",
    scope: "read",
    summary: "Follow a run from where `Last-Event-ID` left it",
    response: z.string(),
  },
  input: {
    method: "POST",
    path: `/api/runs/${runId}/input`,
    access: "viewer",
    scope: "run",
    summary: "Feed a running interactive program",
    body: runInputSchema,
    response: z.object({ accepted: z.boolean() }),
  },
  cancel: {
    method: "POST",
    path: `/api/runs/${runId}/cancel`,
    access: "viewer",
    scope: "run",
    summary: "End a run",
    response: z.object({ cancelled: z.boolean() }),
  },
  languages: {
    method: "GET",
    path: "/api/languages",
    access: "public",
    scope: null,
    summary: "The languages offered here",
    response: languagesSchema,
  },
  warmLanguage: {
    method: "POST",
    path: "/api/languages/{id}/warm",
    access: "viewer",
    issuesGuestCookie: false,
    scope: "run",
    summary: "Say that a program in this language will probably be run soon",
    response: z.object({ ready: z.boolean() }),
  },
  health: {
    method: "GET",
    path: "/api/health",
    access: "public",
    scope: null,
    summary: "Whether each part works",
    response: healthSchema,
  },
  signUp: {
    method: "POST",
    path: "/api/account",
    access: "public",
    scope: null,
    summary: "Make an account; the answer is the same whether the address was free or not",
    body: signUpSchema,
    response: z.object({ accepted: z.literal(true) }),
  },
  account: {
    method: "GET",
    path: "/api/account",
    access: "viewer",
    issuesGuestCookie: false,
    scope: "read",
    summary: "Who the viewer is, and what their plan allows",
    response: accountSchema,
  },
  updateAccount: {
    method: "PATCH",
    path: "/api/account",
    access: "user",
    scope: null,
    summary: "Change the name",
    body: accountChangeSchema,
    response: accountSchema,
  },
  deleteAccount: {
    method: "DELETE",
    path: "/api/account",
    access: "user",
    scope: null,
    summary: "Delete the account with everything of it, for good",
    body: accountDeletionSchema,
    response: z.object({ deleted: z.literal(true) }),
  },
  changePassword: {
    method: "POST",
    path: "/api/account/password",
    access: "user",
    scope: null,
    summary: "Choose another password; every other session ends",
    body: passwordChangeSchema,
    response: z.object({ changed: z.literal(true) }),
  },
  updatePreferences: {
    method: "PATCH",
    path: "/api/account/preferences",
    access: "user",
    scope: null,
    summary: "Change how the editor is set up",
    body: preferencesChangeSchema,
    response: preferencesSchema,
  },
  exportAccount: {
    method: "GET",
    path: "/api/account/export",
    access: "user",
    scope: null,
    summary: "Everything that is kept of the account as one JSON file, streamed",
    response: z.string(),
  },
  listKeys: {
    method: "GET",
    path: "/api/keys",
    access: "user",
    scope: null,
    summary: "The viewer's API keys, without the keys themselves",
    response: z.object({ keys: z.array(apiKeySchema) }),
  },
  createKey: {
    method: "POST",
    path: "/api/keys",
    access: "user",
    scope: null,
    summary: "Make an API key; it is shown in this answer and never again",
    body: newKeySchema,
    response: createdKeySchema,
  },
  revokeKey: {
    method: "DELETE",
    path: "/api/keys/{id}",
    access: "user",
    scope: null,
    summary: "End an API key at once",
    response: z.object({ revoked: z.literal(true) }),
  },
  adminOverview: {
    method: "GET",
    path: "/api/admin/overview",
    access: "admin",
    scope: null,
    summary: "Runs per hour, sandboxes and queue",
    response: adminOverviewSchema,
  },
  adminUsers: {
    method: "GET",
    path: "/api/admin/users",
    access: "admin",
    scope: null,
    summary: "Accounts, newest first; `q` searches address and name",
    query: adminUserQuerySchema,
    response: adminUserPageSchema,
  },
  adminUpdateUser: {
    method: "PATCH",
    path: "/api/admin/users/{id}",
    access: "admin",
    scope: null,
    summary: "Change an account's plan, suspend it, or make it an admin's",
    body: adminUserChangeSchema,
    response: adminUserSchema,
  },
  audit: {
    method: "GET",
    path: "/api/admin/audit",
    access: "admin",
    scope: null,
    summary: "What admins did, and what concerned security; newest first",
    query: auditQuerySchema,
    response: auditPageSchema,
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
