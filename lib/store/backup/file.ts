import { createHash } from "node:crypto";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import * as z from "zod";
import { AppError } from "../../errors";
import { type BackupRecord, decodeRecord, encodeRecord, type RecordKind } from "./records";

/** Of the file. A change that an older Quicksand would lose something by is a new number. */
const FORMAT = 1;
const HEADER_KIND = "quicksand-backup";
const END_KIND = "end";
const END_PREFIX = Buffer.from(`{"kind":"${END_KIND}"`);
const LINE_END = 0x0a;
/** Programs and output are text, of which more effort saves little more. */
const EFFORT = 4;
/** The longest record is a run with 8 MB of output, each byte escaped to six. */
const MAX_LINE_BYTES = 128 * 1_048_576;

const headerSchema = z.object({
  kind: z.literal(HEADER_KIND),
  format: z.number().int().positive(),
  /** Of the Quicksand that wrote it. */
  version: z.string(),
  store: z.enum(["embedded", "mongodb"]),
  createdAt: z.string(),
});
export type BackupHeader = Omit<z.infer<typeof headerSchema>, "kind" | "format">;

const endSchema = z.object({
  kind: z.literal(END_KIND),
  records: z.record(z.string(), z.number()),
  sha256: z.string(),
});

/** How many records there are of each kind. */
export type RecordCounts = Partial<Record<RecordKind, number>>;

export interface BackupSummary {
  header: BackupHeader;
  records: RecordCounts;
}

/**
 * Writes a backup: gzip of lines of JSON, a header, the records, and an end with the SHA-256 of all lines before it. One record is in memory at
 * a time. `progress` is told after each record. Ends the stream.
 */
export async function writeBackup(
  out: Writable,
  header: BackupHeader,
  records: AsyncIterable<BackupRecord>,
  progress: (counts: RecordCounts) => void = () => {},
): Promise<BackupSummary> {
  const counts: RecordCounts = {};
  const hash = createHash("sha256");
  const hashed = (line: string): Buffer => {
    const bytes = Buffer.from(`${line}\n`);
    hash.update(bytes);
    return bytes;
  };
  async function* lines(): AsyncGenerator<Buffer> {
    yield hashed(JSON.stringify({ kind: HEADER_KIND, format: FORMAT, ...header }));
    for await (const record of records) {
      yield hashed(encodeRecord(record));
      counts[record.kind] = (counts[record.kind] ?? 0) + 1;
      progress(counts);
    }
    yield Buffer.from(`${JSON.stringify({ kind: END_KIND, records: counts, sha256: hash.digest("hex") })}\n`);
  }
  await pipeline(Readable.from(lines(), { highWaterMark: 1 }), createGzip({ level: EFFORT }), out);
  return { header, records: counts };
}

/**
 * Reads a backup from end to end, each record too, and says what is in it. Throws `invalid_request` when it is none, is damaged or cut short,
 * has a record that this Quicksand cannot read, or was written in a later format than it reads. `look` is shown each record,
 * before it is known that all of them can be believed.
 */
export async function verifyBackup(
  input: Readable,
  look: (record: BackupRecord) => void = () => {},
): Promise<BackupSummary> {
  const reader = new BackupReader(input);
  let unread: unknown;
  for await (const line of reader.lines()) {
    try {
      look(readRecord(line));
    } catch (error) {
      // Told after the digest: where that is wrong too, it is the reason.
      unread ??= error;
    }
  }
  if (unread !== undefined) throw unread;
  return reader.summary();
}

/** The records of a backup, as verified again while they are read: a caller has all of them before it learns that the digest is wrong. */
export async function* readBackup(input: Readable): AsyncGenerator<BackupRecord> {
  for await (const line of new BackupReader(input).lines()) yield readRecord(line);
}

class BackupReader {
  readonly #input: Readable;
  #header: BackupHeader | undefined;
  #records: RecordCounts | undefined;

  constructor(input: Readable) {
    this.#input = input;
  }

  /** Once all lines were read. */
  summary(): BackupSummary {
    if (!this.#header || !this.#records) throw damaged("its end is missing");
    return { header: this.#header, records: this.#records };
  }

  /** The lines of records. */
  async *lines(): AsyncGenerator<Buffer> {
    const hash = createHash("sha256");
    for await (const line of splitLines(unpacked(this.#input))) {
      if (this.#records) throw damaged("something follows its end");
      if (!this.#header) this.#header = readHeader(line);
      else if (line.subarray(0, END_PREFIX.length).equals(END_PREFIX)) {
        const { records, sha256 } = readEnd(line);
        if (sha256 !== hash.digest("hex")) throw damaged("its SHA-256 is another than it says");
        this.#records = records as RecordCounts;
        continue;
      } else yield line;
      hash.update(line).update("\n");
    }
    this.summary();
  }
}

function readHeader(line: Buffer): BackupHeader {
  const { success, data } = headerSchema.loose().safeParse(json(line));
  if (!success) throw noBackup();
  const { kind: _, format, ...header } = data;
  if (format > FORMAT) {
    throw new AppError(
      "invalid_request",
      `This backup has format ${format}, written by Quicksand ${header.version}; this Quicksand reads up to ${FORMAT}. Update Quicksand, then restore it.`,
    );
  }
  return header;
}

function readEnd(line: Buffer): z.infer<typeof endSchema> {
  const { success, data } = endSchema.safeParse(json(line));
  if (!success) throw damaged("its end cannot be read");
  return data;
}

function readRecord(line: Buffer): BackupRecord {
  try {
    return decodeRecord(line.toString("utf8"));
  } catch (cause) {
    throw damaged("it has a record that this Quicksand cannot read", cause);
  }
}

function json(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString("utf8"));
  } catch {
    return undefined;
  }
}

async function* unpacked(input: Readable): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const piped = pipeline(input, gunzip).catch((error: unknown) => gunzip.destroy(error as Error));
  let began = false;
  try {
    for await (const chunk of gunzip) {
      began = true;
      yield chunk;
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "Z_BUF_ERROR") throw damaged("it was cut short", error);
    if (code.startsWith("Z_")) throw began ? damaged("its compressed bytes are wrong", error) : noBackup();
    throw error;
  } finally {
    gunzip.destroy();
    await piped;
  }
}

async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, end)]);
      begun = [];
      bytes = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    begun.push(chunk.subarray(from));
    bytes += chunk.length - from;
    if (bytes > MAX_LINE_BYTES) throw damaged("a line of it never ends");
  }
  if (bytes > 0) throw damaged("it was cut short");
}

function noBackup(): AppError {
  return new AppError("invalid_request", "This is no backup of Quicksand: `npm run backup` writes one.");
}

function damaged(how: string, cause?: unknown): AppError {
  return new AppError("invalid_request", `This backup is damaged: ${how}. Take another one.`, { cause });
}
