import * as z from "zod";
import { acceptedBatchSchema, acceptedRunSchema, batchRequestSchema } from "../accepted-run";
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
import {
  MAX_BODY_BYTES,
  MAX_FORMAT_BODY_BYTES,
  MAX_INPUT_BODY_BYTES,
  MAX_LINGER_S,
  MAX_WAIT_S,
} from "../limits";
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

const IDEMPOTENT = {
  idempotent: true,
  headers: {
    "Idempotency-Key":
      "A key of your own for this request, such as a UUID. Sent again with it within a day, the request is carried out once and answered alike; with another body it is refused.",
  },
} as const;

/** `?wait=10`: the answer waits for the end of the run for so many seconds. */
const getRunQuerySchema = z.object({ wait: wholeNumber("wait", 0, MAX_WAIT_S).optional() });

const terminalQuerySchema = z.object({ from: z.coerce.number().int().min(0).default(0) });

/** Why a program may not be run, beside what is wrong with the request. */
const RUN_ERRORS = [
  "plan_forbids",
  "not_found",
  "conflict",
  "code_too_large",
  "unknown_language",
  "quota_exceeded",
  "docker_unavailable",
  "image_unavailable",
  "queue_full",
  "queue_unavailable",
] as const;

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
    produces: ["application/json", "text/event-stream"],
    errors: RUN_ERRORS,
  },
  format: {
    ...ADDRESSES.format,
    access: "viewer",
    scope: "run",
    summary: "Format a program by its language's own formatter, in a sandbox",
    body: formatRequestSchema,
    maxBodyBytes: MAX_FORMAT_BODY_BYTES,
    response: formatResultSchema,
    errors: [
      "plan_forbids",
      "code_too_large",
      "unknown_language",
      "docker_unavailable",
      "image_unavailable",
      "queue_full",
      "queue_unavailable",
    ],
  },
  submitRun: {
    ...ADDRESSES.submitRun,
    access: "viewer",
    scope: "run",
    summary: "Accept a program to be run, without waiting for it",
    body: runRequestSchema,
    maxBodyBytes: MAX_BODY_BYTES,
    response: acceptedRunSchema,
    status: 202,
    ...IDEMPOTENT,
    errors: RUN_ERRORS,
  },
  submitRuns: {
    ...ADDRESSES.submitRuns,
    access: "viewer",
    scope: "run",
    summary: "Accept several programs; each is accepted or refused by itself, at its place in the answer",
    body: batchRequestSchema,
    maxBodyBytes: MAX_BODY_BYTES,
    response: acceptedBatchSchema,
    status: 202,
    ...IDEMPOTENT,
    errors: RUN_ERRORS,
  },
  getRun: {
    ...ADDRESSES.getRun,
    access: "viewer",
    scope: "read",
    summary: "One run: the viewer's own, or one that is shared; with `wait` when it has ended",
    query: getRunQuerySchema,
    response: runDetailSchema,
    errors: ["gone"],
  },
  updateRun: {
    ...ADDRESSES.updateRun,
    access: "viewer",
    scope: "run",
    summary: "Name, pin or share a run of the viewer's own",
    body: runChangeSchema,
    response: runSummarySchema,
    errors: ["plan_forbids"],
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
    produces: ["application/json", "text/csv"],
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
    produces: ["*/*"],
    errors: ["gone"],
  },
  rawRun: {
    ...ADDRESSES.rawRun,
    access: "viewer",
    scope: "read",
    summary: "A run's code, output or errors as plain text",
    query: rawQuerySchema,
    response: z.string(),
    produces: ["text/plain"],
    errors: ["gone"],
  },
  watchRun: {
    ...ADDRESSES.watchRun,
    access: "viewer",
    scope: "read",
    summary: "Follow a run from where `Last-Event-ID` left it",
    response: z.string(),
    produces: ["text/event-stream"],
    headers: {
      "Last-Event-ID": "The number of the last event that the client has; all events where it is left out.",
    },
    errors: ["conflict"],
  },
  input: {
    ...ADDRESSES.input,
    access: "viewer",
    scope: "run",
    summary: "Feed a running interactive program",
    body: runInputSchema,
    maxBodyBytes: MAX_INPUT_BODY_BYTES,
    response: z.object({ accepted: z.boolean() }),
    errors: ["conflict"],
  },
  terminal: {
    ...ADDRESSES.terminal,
    access: "viewer",
    scope: "run",
    summary: "A run's terminal, as a WebSocket; `from` is the number of bytes that the client has already",
    query: terminalQuerySchema,
    upgrades: true,
    response: z.never(),
    errors: ["conflict"],
  },
  reportRun: {
    ...ADDRESSES.reportRun,
    access: "viewer",
    scope: null,
    summary: "Ask the admins to look at a run that somebody else shares",
    body: newReportSchema,
    response: z.object({ reported: z.literal(true) }),
    errors: ["gone", "conflict"],
  },
  cancel: {
    ...ADDRESSES.cancel,
    access: "viewer",
    scope: "run",
    summary: "End a run",
    response: z.object({ cancelled: z.boolean() }),
  },
} as const satisfies Record<string, Endpoint>;
