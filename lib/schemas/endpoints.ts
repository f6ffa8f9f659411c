import * as z from "zod";
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

/** Who may call an endpoint: `public` needs no viewer; `viewer` is a guest, a user or a key's user. */
export type Access = "public" | "viewer";

export interface Endpoint {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path with `{name}` for each parameter, as in OpenAPI. */
  path: string;
  access: Access;
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
 * and the OpenAPI document is generated from it, so the three cannot drift.
 */
export const endpoints = {
  run: {
    method: "POST",
    path: "/api/editor/run",
    access: "viewer",
    summary: "Run a program; JSON, or server-sent events with `Accept: text/event-stream`",
    query: submitQuerySchema,
    body: runRequestSchema,
    response: runResultSchema,
  },
  getRun: {
    method: "GET",
    path: `/api/runs/${runId}`,
    access: "viewer",
    summary: "One run: the viewer's own, or one that is shared",
    response: runDetailSchema,
  },
  updateRun: {
    method: "PATCH",
    path: `/api/runs/${runId}`,
    access: "viewer",
    summary: "Name, pin or share a run of the viewer's own",
    body: runChangeSchema,
    response: runSummarySchema,
  },
  deleteRun: {
    method: "DELETE",
    path: `/api/runs/${runId}`,
    access: "viewer",
    summary:
      "Delete a run of the viewer's own for good, its page and artifacts too; ends it if it still runs",
    response: z.object({ deleted: z.boolean() }),
  },
  listRuns: {
    method: "GET",
    path: "/api/runs",
    access: "viewer",
    summary: "The viewer's own runs, newest first; `q` searches title and code",
    query: runQuerySchema,
    response: runPageSchema,
  },
  deleteRuns: {
    method: "DELETE",
    path: "/api/runs",
    access: "viewer",
    summary: "Delete everything the viewer has run",
    response: z.object({ deleted: z.number().int() }),
  },
  exportRuns: {
    method: "GET",
    path: "/api/runs/export",
    access: "viewer",
    summary: "Everything the viewer has run as a file, streamed: JSON or CSV",
    query: exportQuerySchema,
    response: z.object({ runs: z.array(runDetailSchema) }),
  },
  statistics: {
    method: "GET",
    path: "/api/runs/statistics",
    access: "viewer",
    summary: "How many runs the viewer had on each of the last days, and how long they took",
    query: statisticsQuerySchema,
    response: statisticsSchema,
  },
  usage: {
    method: "GET",
    path: "/api/usage",
    access: "viewer",
    summary: "The viewer's quota and what was used of it",
    response: usageReportSchema,
  },
  artifact: {
    method: "GET",
    path: `/api/runs/${runId}/artifacts/{name}`,
    access: "viewer",
    summary: "A file that a run wrote to its output directory",
    response: z.string(),
  },
  rawRun: {
    method: "GET",
    path: "/r/{runId}/raw",
    access: "viewer",
    summary: "A run's code, output or errors as plain text",
    query: rawQuerySchema,
    response: z.string(),
  },
  watchRun: {
    method: "GET",
    path: `/api/runs/${runId}/events`,
    access: "viewer",
    summary: "Follow a run from where `Last-Event-ID` left it",
    response: z.string(),
  },
  input: {
    method: "POST",
    path: `/api/runs/${runId}/input`,
    access: "viewer",
    summary: "Feed a running interactive program",
    body: runInputSchema,
    response: z.object({ accepted: z.boolean() }),
  },
  cancel: {
    method: "POST",
    path: `/api/runs/${runId}/cancel`,
    access: "viewer",
    summary: "End a run",
    response: z.object({ cancelled: z.boolean() }),
  },
  languages: {
    method: "GET",
    path: "/api/languages",
    access: "public",
    summary: "The languages offered here",
    response: languagesSchema,
  },
  warmLanguage: {
    method: "POST",
    path: "/api/languages/{id}/warm",
    access: "viewer",
    summary: "Say that a program in this language will probably be run soon",
    response: z.object({ ready: z.boolean() }),
  },
  health: {
    method: "GET",
    path: "/api/health",
    access: "public",
    summary: "Whether each part works",
    response: healthSchema,
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
