import * as z from "zod";
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
const runQuerySchema = z.object({ detach: z.string().optional() });

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
    query: runQuerySchema,
    body: runRequestSchema,
    response: runResultSchema,
  },
  getRun: {
    method: "GET",
    path: `/api/runs/${runId}`,
    access: "viewer",
    summary: "One run of the viewer's own",
    response: runResultSchema,
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
  health: {
    method: "GET",
    path: "/api/health",
    access: "public",
    summary: "Whether each part works",
    response: healthSchema,
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
