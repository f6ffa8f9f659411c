import * as z from "zod";
import { auditActionSchema } from "../../schemas/admin";
import { storedStatusSchema, visibilitySchema } from "../../schemas/history";
import { reportDecisionSchema } from "../../schemas/moderation";
import { planIdSchema } from "../../schemas/plan";
import { deliveryAttemptSchema, deliveryStatusSchema } from "../../schemas/webhook";
import type { ApiKey, AuditEntry, Session, Token, TwoFactor, User } from "../accounts";
import type { KeptCount, StoredRun } from "../index";
import type { StoredProgram } from "../programs";
import type { SessionFile } from "../session-files";
import {
  identityWaySchema,
  sessionShape,
  storedPreferencesSchema,
  storedScopesSchema,
  tokenShape,
} from "../stored-accounts";
import { storedComplaintsSchema, storedTakedownSchema } from "../stored-moderation";
import { programShape } from "../stored-program";
import { type Running, storedLimitsSchema, storedRequestSchema, storedResultSchema } from "../stored-run";
import type { Delivery, Webhook } from "../webhooks";

/*
 * What a backup is made of: one record for each thing that a store keeps, in the terms of the store's port and in those of no database. What
 * can be computed from them (totals, searchable texts, sort keys) is not there; each store computes its own when it is filled.
 */

/** JSON has no dates. Not `z.iso`, which refuses years beyond 9999. */
const date = z.string().transform((text, context) => {
  const read = new Date(text);
  if (!Number.isNaN(read.getTime())) return read;
  context.addIssue({ code: "custom", message: "is no date" });
  return z.NEVER;
});
const bytes = z.string().transform((text): Uint8Array => Buffer.from(text, "base64"));

const twoFactor = z.object({
  secret: z.string(),
  since: date.nullable(),
  lastStep: z.number(),
  recovery: z.array(z.string()),
}) satisfies z.ZodType<TwoFactor>;

const user = z.object({
  kind: z.literal("user"),
  id: z.string(),
  email: z.string(),
  emailProvenAt: date.nullable(),
  name: z.string(),
  passwordHash: z.string().nullable(),
  identities: z.array(z.object({ way: identityWaySchema, id: z.string() })),
  plan: planIdSchema,
  madeFrom: z.string().nullable(),
  admin: z.boolean(),
  suspendedAt: date.nullable(),
  waiting: z.boolean(),
  preferences: storedPreferencesSchema,
  createdAt: date,
  lastSeenAt: date.nullable(),
  twoFactor: twoFactor.nullable(),
}) satisfies z.ZodType<Omit<User, "twoFactorSince">>;

const session = z.object({
  kind: z.literal("session"),
  ...sessionShape(date),
}) satisfies z.ZodType<Session>;

const token = z.object({
  kind: z.literal("token"),
  ...tokenShape(date),
}) satisfies z.ZodType<Token>;

const key = z.object({
  kind: z.literal("key"),
  id: z.string(),
  owner: z.string(),
  name: z.string(),
  hash: z.string(),
  hint: z.string(),
  scopes: storedScopesSchema,
  createdAt: date,
  lastUsedAt: date.nullable(),
  expiresAt: date.nullable(),
  requestsPerMinute: z.number().nullable(),
  runsPerDay: z.number().nullable(),
}) satisfies z.ZodType<ApiKey>;

const webhook = z.object({
  kind: z.literal("webhook"),
  id: z.string(),
  owner: z.string(),
  url: z.string(),
  sealedSecret: z.string(),
  createdAt: date,
}) satisfies z.ZodType<Webhook>;

const delivery = z.object({
  kind: z.literal("delivery"),
  id: z.string(),
  webhook: z.string(),
  run: z.string(),
  body: z.string(),
  status: deliveryStatusSchema,
  createdAt: date,
  nextAt: date.nullable(),
  expiresAt: date,
  attempts: z.array(deliveryAttemptSchema),
}) satisfies z.ZodType<Delivery>;

/** The hash of the code by which the first admin is made. */
const adminCode = z.object({ kind: z.literal("adminCode"), hash: z.string() });

const program = z.object({
  kind: z.literal("program"),
  ...programShape(date),
}) satisfies z.ZodType<StoredProgram>;

const sessionFile = z.object({
  kind: z.literal("sessionFile"),
  id: z.string(),
  session: z.string(),
  owner: z.string(),
  plan: planIdSchema,
  name: z.string(),
  type: z.string(),
  createdAt: date,
  expiresAt: date,
  bytes,
}) satisfies z.ZodType<SessionFile>;

const run = z.object({
  kind: z.literal("run"),
  id: z.string(),
  owner: z.string(),
  request: storedRequestSchema,
  title: z.string().nullable(),
  visibility: visibilitySchema,
  takedown: storedTakedownSchema.nullable(),
  pinned: z.boolean(),
  program: z.string().nullable(),
  plan: planIdSchema,
  limits: storedLimitsSchema.nullable(),
  image: z.string().nullable(),
  createdAt: date,
  finishedAt: date.nullable(),
  expiresAt: date.nullable(),
  status: storedStatusSchema,
  result: storedResultSchema.nullable(),
  /** Whom to refund when the run is closed; `null` for a run that has ended. */
  running: z.object({ chargedTo: z.string().nullable(), ceilings: z.array(z.string()) }).nullable(),
}) satisfies z.ZodType<StoredRun & { running: Omit<Running, "instance"> | null }>;

/** A file of a run, behind the run. */
const artifact = z.object({
  kind: z.literal("artifact"),
  run: z.string(),
  name: z.string(),
  type: z.string(),
  bytes,
});

/** Reports of a run and what was decided, behind all runs. */
const reportCase = z.object({
  kind: z.literal("case"),
  id: z.string(),
  run: z.string(),
  open: z.boolean(),
  openedAt: date,
  complaints: storedComplaintsSchema,
  decision: reportDecisionSchema.nullable(),
  decidedAt: date.nullable(),
  decidedBy: z.string().nullable(),
});

/** Runs charged to an account on a day. */
const usage = z.object({
  kind: z.literal("usage"),
  account: z.string(),
  day: z.string(),
  runs: z.number(),
});

/** What `makeRoom` removed of an owner's. */
const removal = z.object({
  kind: z.literal("removal"),
  owner: z.string(),
  removedRuns: z.number(),
  removedAt: date,
});

const audit = z.object({
  kind: z.literal("audit"),
  id: z.string(),
  at: date,
  action: auditActionSchema,
  actor: z.string().nullable(),
  subject: z.string().nullable(),
  detail: z.string(),
  network: z.string().nullable(),
  browser: z.string().nullable(),
}) satisfies z.ZodType<AuditEntry>;

const answer = z.object({
  kind: z.literal("answer"),
  id: z.string(),
  fingerprint: z.string(),
  answer: z.string().nullable(),
  startedAt: date,
  expiresAt: date,
});

const count = z.object({
  kind: z.literal("count"),
  key: z.string(),
  points: z.number(),
  expiresAt: date,
}) satisfies z.ZodType<KeptCount>;

/** What sessions, guests' cookies, webhooks' and authenticators' secrets depend on. */
const secret = z.object({ kind: z.literal("secret"), secret: z.string() });

const backupRecordSchema = z.discriminatedUnion("kind", [
  secret,
  user,
  session,
  token,
  key,
  webhook,
  delivery,
  adminCode,
  program,
  sessionFile,
  run,
  artifact,
  reportCase,
  usage,
  removal,
  audit,
  answer,
  count,
]);

export type BackupRecord = z.output<typeof backupRecordSchema>;
export type RecordKind = BackupRecord["kind"];
export type RecordOf<Kind extends RecordKind> = Extract<BackupRecord, { kind: Kind }>;
/** What a store itself gives: the secret is the data directory's. */
export type StoreRecord = Exclude<BackupRecord, { kind: "secret" }>;

/** One line, without its end. JSON escapes every character that could end it, and half characters too. */
export function encodeRecord(record: BackupRecord): string {
  if (record.kind !== "artifact" && record.kind !== "sessionFile") return JSON.stringify(record);
  // Read through a view, because a Uint8Array encodes itself otherwise.
  const { buffer, byteOffset, byteLength } = record.bytes;
  return JSON.stringify({ ...record, bytes: Buffer.from(buffer, byteOffset, byteLength).toString("base64") });
}

/** Throws for records that no version of Quicksand writes. */
export function decodeRecord(line: string): BackupRecord {
  return backupRecordSchema.parse(JSON.parse(line));
}
