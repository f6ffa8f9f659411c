import * as z from "zod";
import { examplesSchema, healthSchema, languagesSchema } from "../language";
import { serverStatusSchema } from "../status";
import type { Endpoint } from "./endpoint";

/** What the server offers, and how it is. */
export const serverEndpoints = {
  languages: {
    method: "GET",
    path: "/api/languages",
    access: "public",
    scope: null,
    summary: "The languages offered here",
    response: languagesSchema,
  },
  examples: {
    method: "GET",
    path: "/api/languages/{id}/examples",
    access: "public",
    scope: null,
    summary: "A language's example programs",
    response: examplesSchema,
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
    uncounted: true,
    summary: "Whether each part works",
    response: healthSchema,
  },
  status: {
    method: "GET",
    path: "/api/status",
    access: "public",
    scope: null,
    summary: "How the server is, with the figures of the last hour",
    response: serverStatusSchema,
  },
} as const satisfies Record<string, Endpoint>;
