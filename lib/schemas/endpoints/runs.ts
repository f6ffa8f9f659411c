import * as z from "zod";
import { formatRequestSchema, formatResultSchema } from "../format";
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
  wholeNumber,
} from "../history";
import { MAX_BODY_BYTES, MAX_FORMAT_BODY_BYTES, MAX_INPUT_BODY_BYTES, MAX_LINGER_S } from "../limits";
import { newReportSchema } from "../moderation";
import { runInputSchema, runRequestSchema, runResultSchema } from "../run";
import { ADDRESSES } from "./addresses";
import type { Endpoint } from "./endpoint";

/**
 * `?detach=1`: the run goes on when the client leaves. Any other value means no. `?linger=60`, of a streamed run: it goes on for that many
 * seconds after the last one who follows it has left.
 */
const submitQuerySchema = z.object({
  detach: z.string().optional(),
  linger: wholeNumber("linger", 1, MAX_LINGER_S).optional(),
});

const terminalQuerySchema = z.object({ from: z.coerce.number().int().min(0).default(0) });

/** Running programs, and what the viewer has run. */
export const runsEndpoints = {
  run: {
    ...ADDRESSES.run,
    access: "viewer",
    scope: "run",
    summary: "Run a program; JSON, or server-sent events with `Accept: text/event-stream`",
    query: submitQuerySchema,
    body: runRequestSchema,
    maxBodyBytes: MAX_BODY_BYTES,
    response: runResultSchema,
  },
  format: {
    ...ADDRESSES.format,
    access: "viewer",
    scope: "run",
    summary: "Format a program by its language's own formatter, in a sandbox",
    body: formatRequestSchema,
    maxBodyBytes: MAX_FORMAT_BODY_BYTES,
    response: formatResultSchema,
  },
  getRun: {
    ...ADDRESSES.getRun,
    access: "viewer",
    scope: "read",
    summary: "One run: the viewer's own, or one that is shared",
    response: runDetailSchema,
  },
  updateRun: {
    ...ADDRESSES.updateRun,
    access: "viewer",
    scope: "run",
    summary: "Name, pin or share a run of the viewer's own",
    body: runChangeSchema,
    response: runSummarySchema,
  },
  deleteRun: {
    ...ADDRESSES.deleteRun,
    access: "viewer",
    scope: "run",
    summary:
      "Delete a run of the viewer's own for good, its page and artifacts too; ends it if it still runs",
    response: z.object({ deleted: z.boolean() }),
  },
  listRuns: {
    ...ADDRESSES.listRuns,
    access: "viewer",
    scope: "read",
    summary: "The viewer's own runs, newest first; `q` searches title and code",
    query: runQuerySchema,
    response: runPageSchema,
  },
  deleteRuns: {
    ...ADDRESSES.deleteRuns,
    access: "viewer",
    scope: "run",
    summary: "Delete everything the viewer has run",
    response: z.object({ deleted: z.number().int() }),
  },
  exportRuns: {
    ...ADDRESSES.exportRuns,
    access: "viewer",
    scope: "read",
    summary: "Everything the viewer has run as a file, streamed: JSON or CSV",
    query: exportQuerySchema,
    response: z.object({ runs: z.array(runDetailSchema) }),
  },
  statistics: {
    ...ADDRESSES.statistics,
    access: "viewer",
    scope: "read",
    summary: "How many runs the viewer had on each of the last days, and how long they took",
    query: statisticsQuerySchema,
    response: statisticsSchema,
  },
  usage: {
    ...ADDRESSES.usage,
    access: "viewer",
    scope: "read",
    summary: "The viewer's quota and what was used of it",
    response: usageReportSchema,
  },
  artifact: {
    ...ADDRESSES.artifact,
    access: "viewer",
    scope: "read",
    summary: "A file that a run wrote to its output directory",
    response: z.string(),
  },
  rawRun: {
    ...ADDRESSES.rawRun,
    access: "viewer",
    scope: "read",
    summary: "A run's code, output or errors as plain text",
    query: rawQuerySchema,
    response: z.string(),
  },
  watchRun: {
    ...ADDRESSES.watchRun,
    access: "viewer",
    scope: "read",
    summary: "Follow a run from where `Last-Event-ID` left it",
    response: z.string(),
  },
  input: {
    ...ADDRESSES.input,
    access: "viewer",
    scope: "run",
    summary: "Feed a running interactive program",
    body: runInputSchema,
    maxBodyBytes: MAX_INPUT_BODY_BYTES,
    response: z.object({ accepted: z.boolean() }),
  },
  terminal: {
    ...ADDRESSES.terminal,
    access: "viewer",
    scope: "run",
    summary: "A run's terminal, as a WebSocket; `from` is the number of bytes that the client has already",
    query: terminalQuerySchema,
    upgrades: true,
    response: z.never(),
  },
  reportRun: {
    ...ADDRESSES.reportRun,
    access: "viewer",
    scope: null,
    summary: "Ask the admins to look at a run that somebody else shares",
    body: newReportSchema,
    response: z.object({ reported: z.literal(true) }),
  },
  cancel: {
    ...ADDRESSES.cancel,
    access: "viewer",
    scope: "run",
    summary: "End a run",
    response: z.object({ cancelled: z.boolean() }),
  },
} as const satisfies Record<string, Endpoint>;
