import * as z from "zod";
import { examplesSchema, healthSchema, languagesSchema, livenessSchema, readinessSchema } from "../language";
import { serverStatusSchema } from "../status";
import { ADDRESSES } from "./addresses";
import type { Endpoint } from "./endpoint";

/** What the server offers, and how it is. */
export const serverEndpoints = {
  languages: {
    ...ADDRESSES.languages,
    access: "public",
    scope: null,
    summary: "The languages offered here",
    response: languagesSchema,
  },
  examples: {
    ...ADDRESSES.examples,
    access: "public",
    scope: null,
    summary: "A language's example programs",
    response: examplesSchema,
    errors: ["unknown_language"],
  },
  warmLanguage: {
    ...ADDRESSES.warmLanguage,
    access: "viewer",
    issuesGuestCookie: false,
    scope: "run",
    summary:
      "Say that a program in this language will probably be run soon, so that its image begins to be made",
    response: z.object({ ready: z.boolean() }),
    errors: ["unknown_language"],
  },
  openApi: {
    ...ADDRESSES.openApi,
    access: "public",
    scope: null,
    summary: "This API as an OpenAPI 3.1 document",
    response: z.looseObject({ openapi: z.string() }),
  },
  health: {
    ...ADDRESSES.health,
    access: "public",
    scope: null,
    uncounted: true,
    summary: "Whether each part works",
    response: healthSchema,
  },
  liveness: {
    ...ADDRESSES.liveness,
    access: "public",
    scope: null,
    uncounted: true,
    summary: "Whether this process lives: restart it when this is not answered. Asks no other part",
    response: livenessSchema,
  },
  readiness: {
    ...ADDRESSES.readiness,
    access: "public",
    scope: null,
    uncounted: true,
    summary: "Whether a run could be taken now: send people elsewhere while it is 503",
    response: readinessSchema,
  },
  status: {
    ...ADDRESSES.status,
    access: "public",
    scope: null,
    summary: "How the server is, with the figures of the last hour",
    response: serverStatusSchema,
  },
  metrics: {
    ...ADDRESSES.metrics,
    access: "admin",
    scope: null,
    scraped: true,
    summary: "Metrics of the server and of its workers in Prometheus' text format",
    response: z.string(),
    produces: ["text/plain"],
  },
} as const satisfies Record<string, Endpoint>;
