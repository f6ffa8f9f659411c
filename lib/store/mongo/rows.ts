import mongoose from "mongoose";
import * as z from "zod";
import { storedStatusSchema, visibilitySchema } from "../../schemas/history";
import { planIdSchema } from "../../schemas/plan";
import { testCountsSchema } from "../../schemas/run-test";
import type { Position } from "../cursor";
import type { RunSummary, StoredResult, StoredRun } from "../index";
import { fold } from "../search";
import { storedTakedownSchema } from "../stored-moderation";
import {
  figuresOf,
  onceOf,
  previewOf,
  ROW_BYTES,
  type Running,
  storedLimitsSchema,
  storedRequestSchema,
  storedResultSchema,
} from "../stored-run";
import type { RequestRow, ResultRow, RunRow } from "./schemas";

const summarySchema = z.object({
  _id: z.string(),
  language: z.string(),
  title: z.string().nullable(),
  preview: z.string(),
  visibility: visibilitySchema,
  takedown: storedTakedownSchema.nullable().default(null),
  pinned: z.boolean(),
  program: z.string().nullable().default(null),
  status: storedStatusSchema,
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
  durationMs: z.number().nullable(),
  memoryUsed: z.number().nullable(),
  exitCode: z.number().nullable(),
  // Absent in rows of versions that did not count.
  tests: testCountsSchema.nullable().default(null),
});

const runSchema = z.object({
  _id: z.string(),
  owner: z.string(),
  title: z.string().nullable(),
  visibility: visibilitySchema,
  takedown: storedTakedownSchema.nullable().default(null),
  pinned: z.boolean(),
  program: z.string().nullable().default(null),
  plan: planIdSchema,
  image: z.string().nullable(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
  status: storedStatusSchema,
});

/** A row as read: only the requested fields are certain to be present. */
export type Read<Row> = Partial<Row> & { _id: string };

export function summaryOf(row: Read<RunRow>): RunSummary {
  const { _id: id, ...summary } = summarySchema.parse(row);
  return { id, ...summary };
}

export function runOf(row: Read<RunRow>, parts: Read<RequestRow>, result: Read<ResultRow> | null): StoredRun {
  const { _id: id, ...run } = runSchema.parse(row);
  return {
    id,
    ...run,
    request: storedRequestSchema.parse(parts.request),
    limits: storedLimitsSchema.nullable().parse(parts.limits ?? null),
    result: result && storedResultSchema.parse(result.result),
  };
}

export function rowOf(run: StoredRun, running: Running): RunRow {
  return {
    _id: run.id,
    owner: run.owner,
    language: run.request.language,
    status: run.status,
    title: run.title,
    titleFolded: fold(run.title ?? ""),
    searchBytes: Buffer.byteLength(run.request.code),
    preview: previewOf(run.request.code),
    visibility: run.visibility,
    takedown: run.takedown,
    pinned: run.pinned,
    ...(run.program === null ? {} : { program: run.program }),
    plan: run.plan,
    image: run.image,
    instance: run.status === "running" ? running.instance : null,
    chargedTo: run.status === "running" ? running.chargedTo : null,
    ceilings: run.status === "running" ? [...running.ceilings] : [],
    ...(run.status === "running" && running.ofQueue ? { ofQueue: true as const } : {}),
    createdAt: run.createdAt,
    order: orderOf({ createdAt: run.createdAt.getTime(), id: run.id }),
    finishedAt: run.finishedAt,
    expiresAt: run.expiresAt,
    ...figuresOf(run.result),
  };
}

/** The sort key of lists. Without an id, it sorts before every row of that millisecond. */
export function orderOf({ createdAt, id }: { createdAt: number; id?: string }): string {
  const time = String(createdAt).padStart(15, "0");
  return id === undefined ? time : `${time}:${id}`;
}

/** Sorts after every `order`, which begins with a digit. */
const END = ":";

/** Filters the rows after a position in a list, or all. Always a range of `order`, so that its index is used. */
export function behind(position: Position | null): { order: { $lt: string } } {
  return { order: { $lt: position ? orderOf(position) : END } };
}

export function requestRowOf(run: StoredRun): RequestRow {
  return { _id: run.id, request: run.request, limits: run.limits, codeFolded: fold(run.request.code) };
}

/** The changes to a row when its run ends. */
export function endOf(result: StoredResult, finishedAt: Date): Partial<RunRow> {
  return {
    status: result.status,
    finishedAt,
    instance: null,
    chargedTo: null,
    ceilings: [],
    ...figuresOf(result),
  };
}

const { calculateObjectSize } = mongoose.mongo.BSON;

/** What a run takes, as far as it is there yet. */
export function runBytes(request: RequestRow | null, result: StoredResult | null): number {
  return ROW_BYTES + (request ? calculateObjectSize(request) : 0) + (result ? resultBytes(result) : 0);
}

/** What a result takes, with the files of its run. */
export function resultBytes(result: StoredResult): number {
  return calculateObjectSize(onceOf(result)) + result.artifacts.reduce((sum, { bytes }) => sum + bytes, 0);
}
