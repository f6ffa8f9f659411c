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
  },
} as const satisfies Record<string, Endpoint>;
