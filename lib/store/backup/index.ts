import fs from "node:fs";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../../errors";
import { embeddedRecords } from "../embedded/backup-source";
import { openEmbeddedTarget } from "../embedded/backup-target";
import { mongoRecords } from "../mongo/backup-source";
import { openMongoTarget } from "../mongo/backup-target";
import type { MongoOptions } from "../mongo/database";
import {
  type BackupHeader,
  type BackupSummary,
  type RecordCounts,
  readBackup,
  verifyBackup,
  writeBackup,
} from "./file";
import { fill } from "./fill";
import type { BackupRecord, StoreRecord } from "./records";
import type { RestoreTarget } from "./target";

export type { BackupSummary, RecordCounts } from "./file";
export type { RecordKind } from "./records";

/** Which store, and where its data directory is. */
export interface BackupPlace {
  dataDir: string;
  /** The embedded database of the data directory when left out. */
  mongo?: MongoOptions | undefined;
}

export interface BackupOptions {
  /** The server's secret; `null` leaves it out. */
  secret: string | null;
  /** Of this Quicksand. */
  version: string;
  progress?: (counts: RecordCounts) => void;
}

/** Writes a backup of a store to a stream, which is ended. The server may run. Memory is that of a few runs. */
export function backUpTo(out: Writable, place: BackupPlace, options: BackupOptions): Promise<BackupSummary> {
  const { secret, version, progress } = options;
  const header: BackupHeader = {
    version,
    store: place.mongo ? "mongodb" : "embedded",
    createdAt: new Date().toISOString(),
  };
  return writeBackup(out, header, withSecret(secret, place), progress);
}

/**
 * As `backUpTo`, into a file that only this user can read. It appears whole, and on disk, or not at all, in place of one that was there; until
 * then it is called `….part`.
 */
export async function backUp(
  file: string,
  place: BackupPlace,
  options: BackupOptions,
): Promise<BackupSummary> {
  const part = `${file}.part`;
  // Of a backup that was ended before: another mode, or another's.
  fs.rmSync(part, { force: true });
  try {
    const out = fs.createWriteStream(part, { flags: "wx", mode: 0o600, flush: true });
    const summary = await backUpTo(out, place, options);
    await fs.promises.rename(part, file);
    await syncFolder(path.dirname(file));
    return summary;
  } catch (error) {
    fs.rmSync(part, { force: true });
    throw error;
  }
}

async function* withSecret(
  secret: string | null,
  { dataDir, mongo }: BackupPlace,
): AsyncGenerator<BackupRecord> {
  if (secret !== null) yield { kind: "secret", secret };
  yield* mongo ? mongoRecords(mongo) : embeddedRecords(dataDir);
}

export interface RestoreOptions {
  /** Loses what the store has. */
  replace: boolean;
  /** Told once the backup is known to be whole, before anything is written. */
  verified?: (summary: BackupSummary) => void;
  progress?: (counts: RecordCounts) => void;
  /** Writes the backup's secret to disk; called before anything else is written. By default it is left to the caller. */
  draftSecret?: (secret: string) => Promise<SecretDraft>;
}

/** The backup's secret, on disk beside the server's. */
export interface SecretDraft {
  /** Makes it the server's; called once all else is on disk, while nobody can open the store yet. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

export interface Restored extends BackupSummary {
  /** That of the backup, if it has one. */
  secret: string | null;
  /** How many of its records were not restored, because they belong to nobody who is in it. */
  leftOut: RecordCounts;
}

/**
 * Restores a backup into a store that is empty. The file is read twice: before anything is written it is known to be whole. Throws
 * `invalid_request` for a file that cannot be restored, `conflict` for a store that is not empty, and `store_unavailable` when a Quicksand uses it.
 * The embedded database appears whole or not at all; MongoDB's is marked until it is whole, and no Quicksand opens it before.
 */
export async function restore(file: string, place: BackupPlace, options: RestoreOptions): Promise<Restored> {
  let secret: string | null = null;
  const summary = await verifyBackup(fs.createReadStream(file), (record) => {
    if (record.kind === "secret") secret = record.secret;
  });
  options.verified?.(summary);
  const draft = secret === null ? undefined : await options.draftSecret?.(secret);
  try {
    const leftOut = await fillFrom(file, place, options, draft);
    return { ...summary, secret, leftOut };
  } catch (error) {
    await draft?.discard();
    throw error;
  }
}

async function fillFrom(
  file: string,
  place: BackupPlace,
  options: RestoreOptions,
  secret: SecretDraft | undefined,
): Promise<RecordCounts> {
  const target = await openTarget(place, options);
  try {
    const records = storeRecords(readBackup(fs.createReadStream(file)), options.progress);
    const leftOut = await fill(target, records);
    await target.finish(async () => secret?.keep());
    return leftOut;
  } catch (error) {
    await target.abandon();
    throw error;
  }
}

/** Keeps a stream, such as standard input, in a file of the data directory while `work` reads it: a backup is read twice. */
export async function asFile<T>(
  input: Readable,
  dataDir: string,
  work: (file: string) => Promise<T>,
): Promise<T> {
  await fs.promises.mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, "restore.input");
  fs.rmSync(file, { force: true });
  try {
    await pipeline(input, fs.createWriteStream(file, { flags: "wx", mode: 0o600 }));
    return await work(file);
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function openTarget({ dataDir, mongo }: BackupPlace, { replace }: RestoreOptions): Promise<RestoreTarget> {
  return mongo
    ? openMongoTarget(mongo, { replace })
    : Promise.resolve().then(() => openEmbeddedTarget(dataDir, { replace }));
}

async function* storeRecords(
  records: AsyncIterable<BackupRecord>,
  progress: (counts: RecordCounts) => void = () => {},
): AsyncGenerator<StoreRecord> {
  const counts: RecordCounts = {};
  for await (const record of records) {
    counts[record.kind] = (counts[record.kind] ?? 0) + 1;
    progress(counts);
    if (record.kind !== "secret") yield record;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.promises.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Why a file cannot be read or written, in words. Rethrows anything else. */
export function fileProblem(error: unknown, file: string): AppError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why: Record<string, string> = {
    ENOENT: "there is no such file or folder",
    EACCES: "this user may not",
    EISDIR: "it is a folder",
    ENOSPC: "the disk is full",
    EROFS: "the disk cannot be written",
  };
  const reason = why[code];
  if (reason === undefined) throw error;
  return new AppError("invalid_request", `${file} cannot be used: ${reason}.`, { cause: error });
}
