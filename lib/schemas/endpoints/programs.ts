import * as z from "zod";
import { MAX_BODY_BYTES } from "../limits";
import {
  newProgramSchema,
  programChangeSchema,
  programPageSchema,
  programQuerySchema,
  programSchema,
  programSummarySchema,
} from "../program";
import { ADDRESSES } from "./addresses";
import type { Endpoint } from "./endpoint";

/** What people keep to go on with: their programs. */
export const programsEndpoints = {
  listPrograms: {
    ...ADDRESSES.listPrograms,
    access: "viewer",
    scope: "read",
    summary: "The viewer's programs, the last changed first; `q` searches title and code",
    query: programQuerySchema,
    response: programPageSchema,
  },
  createProgram: {
    ...ADDRESSES.createProgram,
    access: "viewer",
    scope: "run",
    summary: "Keep a program; it is called by its code where it has no `title`",
    body: newProgramSchema,
    maxBodyBytes: MAX_BODY_BYTES,
    response: programSummarySchema,
    status: 201,
    errors: ["conflict", "code_too_large", "unknown_language", "quota_exceeded"],
  },
  getProgram: {
    ...ADDRESSES.getProgram,
    access: "viewer",
    scope: "read",
    summary: "One program of the viewer's own, whole",
    response: programSchema,
  },
  updateProgram: {
    ...ADDRESSES.updateProgram,
    access: "viewer",
    scope: "run",
    summary: "Change a program of the viewer's own; with `If-Match` only the revision that it names",
    body: programChangeSchema,
    maxBodyBytes: MAX_BODY_BYTES,
    response: programSummarySchema,
    headers: {
      "If-Match":
        'The revision that is to be changed, such as `"1"`; without it whatever is there is changed.',
    },
    errors: ["conflict", "code_too_large", "unknown_language", "quota_exceeded"],
  },
  deleteProgram: {
    ...ADDRESSES.deleteProgram,
    access: "viewer",
    scope: "run",
    summary: "Delete a program of the viewer's own for good; its runs stay",
    response: z.object({ deleted: z.boolean() }),
  },
  duplicateProgram: {
    ...ADDRESSES.duplicateProgram,
    access: "viewer",
    scope: "run",
    summary: "Keep a copy of a program of the viewer's own",
    response: programSummarySchema,
    status: 201,
    errors: ["quota_exceeded"],
  },
} as const satisfies Record<string, Endpoint>;
