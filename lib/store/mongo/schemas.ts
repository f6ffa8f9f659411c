import { type Connection, type Model, Schema } from "mongoose";
import type { PlanId } from "../../schemas/plan";
import type { RunRequest } from "../../schemas/run";
import type { RunLimits } from "../../schemas/run-limits";
import type { TestCounts } from "../../schemas/run-test";
import type { StoredResult, StoredStatus, Visibility } from "../index";
import type { ReportCase, Takedown } from "../moderation";
import { type AccountModels, accountModelsOf } from "./account-schemas";
import { anyText, date, json, number, OPTIONS, text } from "./fields";
import type { ProcessIdentity } from "./process-identity";
import { type ProgramDocument, programModelOf } from "./program-schema";
import { type SessionFileRow, sessionFileModelOf } from "./session-file-schema";
import { type WebhookModels, webhookModelsOf } from "./webhook-schemas";

/** A row of the list. A run exists if and only if it has this row; parts without one are leftovers. */
export interface RunRow {
  _id: string;
  owner: string;
  language: string;
  status: StoredStatus;
  title: string | null;
  /** The title in its searchable form. */
  titleFolded: string;
  preview: string;
  visibility: Visibility;
  /** Absent in rows of versions without moderation. */
  takedown?: Takedown | null;
  pinned: boolean;
  /** The program it is of; absent where it is of none. */
  program?: string;
  plan: PlanId;
  image: string | null;
  /** The process that runs it; `null` once it has ended. */
  instance: string | null;
  /** The account to refund if that process dies; absent in rows of versions that always charged the owner. */
  chargedTo?: string | null;
  /** Of a running run. */
  ceilings?: string[];
  /** Of a running run: it belongs to a queue that outlives `instance`. Absent where it does not. */
  ofQueue?: true;
  createdAt: Date;
  /** Creation time and id as one text in the order of lists, so that a page is one range of an index. See `orderOf`. */
  order: string;
  finishedAt: Date | null;
  expiresAt: Date | null;
  durationMs: number | null;
  memoryUsed: number | null;
  exitCode: number | null;
  /** How its test cases ended; absent in rows of versions that did not count. */
  tests?: TestCounts | null;
  /** How much text of it is searched; absent in rows of versions that did not say. */
  searchBytes?: number;
  /** What the run takes with all of its parts; absent in rows of versions that did not count. */
  bytes?: number;
}

export interface RequestRow {
  _id: string;
  request: RunRequest;
  limits: RunLimits | null;
  /** The code in its searchable form. */
  codeFolded: string;
}

export interface ResultRow {
  _id: string;
  /** Identifies the call that inserted it, so that a repeated insert recognises its own row. */
  attempt: string;
  result: StoredResult;
  /** The run is given back to what it was charged to, before its row says that it has ended. */
  refund?: boolean | undefined;
}

export interface ArtifactRow {
  run: string;
  name: string;
  type: string;
  /** Versions that stored a file in one piece wrote none. */
  size?: number | undefined;
  /** The file in one piece, as earlier versions stored it; its parts are rows of their own. */
  bytes: Buffer | null;
}

export interface ArtifactPartRow {
  run: string;
  name: string;
  part: number;
  bytes: Buffer;
}

export interface UsageRow {
  /** Day and owner: one counter for each pair. */
  _id: string;
  owner: string;
  day: string;
  runs: number;
  /** Runs that were lately given back, so that none is given back twice. */
  refunded?: string[] | undefined;
}

/** What is kept of an owner, or in all of a plan's runs: totals of the runs that have ended. */
export interface KeptRow {
  _id: string;
  runs: number;
  bytes: number;
  /** What `makeRoom` removed, for an owner. */
  removedRuns: number;
  removedAt: Date | null;
}

export interface ReportCaseRow extends Omit<ReportCase, "id" | "run"> {
  _id: string;
  run: string;
  open: boolean;
  /** Whose reports are in it, so that one condition keeps a second one out. */
  reporters: string[];
  /** As in `RunRow`, by when it was opened, and once it is decided by when that was. */
  order: string;
}

/** Of a rate or of attempts. */
export interface AnswerRow {
  _id: string;
  fingerprint: string;
  answer: string | null;
  startedAt: Date;
  expiresAt: Date;
}

export interface CountRow {
  _id: string;
  points: number;
  expiresAt: Date;
}

/** A deleted run or user, remembered until nothing of it can be written any more. */
export interface DeletionRow {
  _id: string;
  at: Date;
}

/** A process that uses the store. */
export interface InstanceRow extends ProcessIdentity {
  _id: string;
  /** By the database server's clock, which all processes share. */
  seenAt: Date;
  /** Its runs belong to a queue that outlives it, which it looks after. Absent where they do not. */
  ofQueue?: true;
}

export interface SchemaRow {
  _id: string;
  version: number;
}

export interface Models extends AccountModels, WebhookModels {
  programs: Model<ProgramDocument>;
  sessionFiles: Model<SessionFileRow>;
  runs: Model<RunRow>;
  requests: Model<RequestRow>;
  results: Model<ResultRow>;
  artifacts: Model<ArtifactRow>;
  artifactParts: Model<ArtifactPartRow>;
  usage: Model<UsageRow>;
  kept: Model<KeptRow>;
  counts: Model<CountRow>;
  answers: Model<AnswerRow>;
  reportCases: Model<ReportCaseRow>;
  deletions: Model<DeletionRow>;
  instances: Model<InstanceRow>;
  schema: Model<SchemaRow>;
}

const runSchema = new Schema<RunRow>(
  {
    _id: text,
    owner: text,
    language: text,
    status: text,
    title: { type: String, default: null },
    titleFolded: anyText,
    searchBytes: Number,
    preview: anyText,
    visibility: { type: String, enum: ["private", "unlisted", "public"], required: true },
    takedown: { type: Schema.Types.Mixed, default: null },
    pinned: { type: Boolean, required: true },
    program: String,
    plan: text,
    image: { type: String, default: null },
    instance: { type: String, default: null },
    chargedTo: { type: String, default: null },
    ceilings: { type: [String], default: undefined },
    ofQueue: Boolean,
    createdAt: date,
    order: text,
    finishedAt: { type: Date, default: null },
    expiresAt: { type: Date, default: null },
    durationMs: { type: Number, default: null },
    memoryUsed: { type: Number, default: null },
    exitCode: { type: Number, default: null },
    tests: { type: Schema.Types.Mixed, default: null },
    bytes: { type: Number, default: 0 },
  },
  OPTIONS,
);
/** The indexes that yield lists in order; see `indexFor`. */
export const LIST_INDEXES = {
  all: { owner: 1, order: 1 },
  language: { owner: 1, language: 1, order: 1 },
  status: { owner: 1, status: 1, order: 1 },
  pinned: { owner: 1, pinned: 1, order: 1 },
  program: { owner: 1, program: 1, order: 1 },
} as const;
runSchema.index(LIST_INDEXES.all);
runSchema.index(LIST_INDEXES.language);
runSchema.index(LIST_INDEXES.status);
runSchema.index(LIST_INDEXES.pinned, { partialFilterExpression: { pinned: true } });
runSchema.index(LIST_INDEXES.program, { partialFilterExpression: { program: { $exists: true } } });
export const RUNNING_INDEX = { status: 1, instance: 1 } as const;
runSchema.index(RUNNING_INDEX, { partialFilterExpression: { status: "running" } });
runSchema.index({ expiresAt: 1 });
/** Covers the figures of all runs by hour. */
export const TIME_INDEX = { createdAt: 1, status: 1 } as const;
runSchema.index(TIME_INDEX);
/** The oldest runs of a plan. */
runSchema.index({ plan: 1, order: 1 });

const requestSchema = new Schema<RequestRow>(
  { _id: text, request: json, limits: { type: Schema.Types.Mixed, default: null }, codeFolded: anyText },
  OPTIONS,
);

const resultSchema = new Schema<ResultRow>(
  { _id: text, attempt: text, result: json, refund: Boolean },
  OPTIONS,
);

const artifactSchema = new Schema<ArtifactRow>(
  { run: text, name: text, type: text, size: Number, bytes: { type: Buffer, default: null } },
  OPTIONS,
);
artifactSchema.index({ run: 1, name: 1 }, { unique: true });

const artifactPartSchema = new Schema<ArtifactPartRow>(
  { run: text, name: text, part: number, bytes: Buffer },
  OPTIONS,
);
artifactPartSchema.index({ run: 1, name: 1, part: 1 }, { unique: true });

const usageSchema = new Schema<UsageRow>(
  { _id: text, owner: text, day: text, runs: number, refunded: { type: [String], default: undefined } },
  OPTIONS,
);
usageSchema.index({ owner: 1, day: 1 });
usageSchema.index({ day: 1 });

const keptSchema = new Schema<KeptRow>(
  { _id: text, runs: number, bytes: number, removedRuns: number, removedAt: { type: Date, default: null } },
  OPTIONS,
);
/** Every row has it, so that this index finds all of them, too. */
keptSchema.index({ removedRuns: 1 });

const reportCaseSchema = new Schema<ReportCaseRow>(
  {
    _id: text,
    run: text,
    open: { type: Boolean, required: true },
    openedAt: date,
    order: text,
    complaints: [Schema.Types.Mixed],
    reporters: [String],
    decision: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    decidedBy: { type: String, default: null },
  },
  OPTIONS,
);
reportCaseSchema.index({ run: 1, open: 1 }, { unique: true, partialFilterExpression: { open: true } });
export const CASES_OF_RUN = { run: 1, order: 1 } as const;
reportCaseSchema.index(CASES_OF_RUN);
reportCaseSchema.index({ open: 1, order: 1 });

const countSchema = new Schema<CountRow>({ _id: text, points: number, expiresAt: date }, OPTIONS);
countSchema.index({ expiresAt: 1 });

const answerSchema = new Schema<AnswerRow>(
  {
    ...{ _id: text, fingerprint: text, answer: { type: String, default: null } },
    ...{ startedAt: date, expiresAt: date },
  },
  OPTIONS,
);
answerSchema.index({ expiresAt: 1 });

const deletionSchema = new Schema<DeletionRow>({ _id: text, at: date }, OPTIONS);
deletionSchema.index({ at: 1 });

const instanceSchema = new Schema<InstanceRow>(
  { _id: text, seenAt: date, place: text, pid: number, started: anyText, ofQueue: Boolean },
  OPTIONS,
);
instanceSchema.index({ seenAt: 1 }, { expireAfterSeconds: 86_400 });

const schemaSchema = new Schema<SchemaRow>({ _id: text, version: number }, OPTIONS);

export function modelsOf(connection: Connection): Models {
  return {
    ...accountModelsOf(connection),
    ...webhookModelsOf(connection),
    programs: programModelOf(connection),
    sessionFiles: sessionFileModelOf(connection),
    runs: connection.model<RunRow>("Run", runSchema, "runs"),
    requests: connection.model<RequestRow>("RunRequest", requestSchema, "run_requests"),
    results: connection.model<ResultRow>("RunResult", resultSchema, "run_results"),
    artifacts: connection.model<ArtifactRow>("Artifact", artifactSchema, "artifacts"),
    artifactParts: connection.model<ArtifactPartRow>("ArtifactPart", artifactPartSchema, "artifact_parts"),
    usage: connection.model<UsageRow>("Usage", usageSchema, "usage"),
    counts: connection.model<CountRow>("Count", countSchema, "counts"),
    answers: connection.model<AnswerRow>("Answer", answerSchema, "answers"),
    kept: connection.model<KeptRow>("Kept", keptSchema, "kept"),
    reportCases: connection.model<ReportCaseRow>("ReportCase", reportCaseSchema, "report_cases"),
    deletions: connection.model<DeletionRow>("Deletion", deletionSchema, "deletions"),
    instances: connection.model<InstanceRow>("Instance", instanceSchema, "instances"),
    schema: connection.model<SchemaRow>("Schema", schemaSchema, "schema"),
  };
}
