import type { Model } from "mongoose";
import type { StoreRecord } from "../backup/records";
import { storedComplaintsSchema } from "../stored-moderation";
import { auditEntryOf, keyOf, sessionOf, tokenOf, userOf } from "./account-rows";
import { LONG_STEP_MS, MongoDatabase, type MongoOptions } from "./database";
import { assertWhole } from "./migrations";
import { programOf } from "./program-rows";
import { runOf } from "./rows";
import type { ArtifactRow, Models, RunRow } from "./schemas";
import { twoFactorOf } from "./second-factors";
import { deliveryOf, webhookOf } from "./webhooks";
import { completedRow } from "./write";

const ROWS = 500;
/** Of what is large, one step reads this many documents. */
const LARGE_ROWS = 20;
/** Most that one step reads of runs with their parts, by what their rows say. */
const READ_BYTES = 8 * 1_048_576;

/**
 * Everything that a database on MongoDB's protocol keeps, some documents at a time. There is no snapshot: each document is whole, and of what is
 * written while the backup runs some is in it and some is not. Whatever depends on another is read after it, so what is left without it was
 * deleted or added meanwhile, and a restore leaves it out. Writes nothing. Throws `store_unavailable` for a database of another version, and for
 * one into which a backup is restored, also once that begins meanwhile.
 */
export async function* mongoRecords(options: MongoOptions): AsyncGenerator<StoreRecord> {
  const database = new MongoDatabase({ ...options, answerWithinMs: LONG_STEP_MS, onlyReads: true });
  try {
    yield* new Collections(database).records();
  } finally {
    await database.close();
  }
}

class Collections {
  readonly #database: MongoDatabase;

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  async *records(): AsyncGenerator<StoreRecord> {
    for await (const row of this.#byId((models) => models.users)) {
      const { twoFactorSince: _, ...user } = userOf(row);
      yield {
        kind: "user",
        ...user,
        identities: [...user.identities],
        twoFactor: twoFactorOf(row),
      };
    }
    for await (const row of this.#byId((models) => models.sessions))
      yield { kind: "session", ...sessionOf(row) };
    for await (const row of this.#byId((models) => models.tokens)) yield { kind: "token", ...tokenOf(row) };
    for await (const row of this.#byId((models) => models.keys)) {
      const key = keyOf(row);
      yield { kind: "key", ...key, scopes: [...key.scopes] };
    }
    for await (const row of this.#byId((models) => models.webhooks))
      yield { kind: "webhook", ...webhookOf(row) };
    for await (const row of this.#byId((models) => models.deliveries, LARGE_ROWS)) {
      const delivery = deliveryOf(row);
      yield { kind: "delivery", ...delivery, attempts: [...delivery.attempts] };
    }
    for await (const { hash } of this.#byId((models) => models.adminCodes)) yield { kind: "adminCode", hash };
    for await (const row of this.#byId((models) => models.programs, LARGE_ROWS))
      yield { kind: "program", ...programOf(row) };
    yield* this.#sessionFiles();
    yield* this.#runs();
    for await (const row of this.#byId((models) => models.reportCases)) {
      const { _id: id, reporters: _, order: __, complaints, ...reportCase } = row;
      yield { kind: "case", id, ...reportCase, complaints: storedComplaintsSchema.parse(complaints) };
    }
    for await (const { owner: account, day, runs } of this.#byId((models) => models.usage))
      yield { kind: "usage", account, day, runs };
    for await (const { _id, removedRuns, removedAt } of this.#byId((models) => models.kept)) {
      if (removedRuns > 0 && removedAt && _id.startsWith(OWNER))
        yield { kind: "removal", owner: _id.slice(OWNER.length), removedRuns, removedAt };
    }
    for await (const row of this.#byId((models) => models.audit))
      yield { kind: "audit", ...auditEntryOf(row) };
    for await (const { _id: id, ...answer } of this.#byId((models) => models.answers, LARGE_ROWS))
      yield { kind: "answer", id, ...answer };
    for await (const { _id: key, ...count } of this.#byId((models) => models.counts))
      yield { kind: "count", key, ...count };
  }

  /** A session's files together and in their order, which is not that of their ids. */
  async *#sessionFiles(): AsyncGenerator<StoreRecord> {
    const heads = [];
    for await (const { _id, session, owner, createdAt, place } of this.#byId(
      (models) => models.sessionFiles,
      ROWS,
      {
        bytes: 0,
      },
    ))
      heads.push({ _id, of: `${owner}\n${session}`, at: createdAt.getTime(), place });
    heads.sort((a, b) => a.at - b.at || (a.of < b.of ? -1 : a.of > b.of ? 1 : a.place - b.place));
    for (const { _id } of heads) {
      const found = await this.#step((models) => models.sessionFiles.findById(_id).lean());
      if (!found) continue;
      const { _id: id, place: _, size: __, ...file } = found;
      yield { kind: "sessionFile", id, ...file };
    }
  }

  async *#runs(): AsyncGenerator<StoreRecord> {
    let batch: RunRow[] = [];
    let bytes = 0;
    for await (const row of this.#byId((models) => models.runs)) {
      batch.push(row);
      bytes += row.bytes ?? 0;
      if (batch.length < LARGE_ROWS && bytes < READ_BYTES) continue;
      yield* this.#withParts(batch);
      batch = [];
      bytes = 0;
    }
    yield* this.#withParts(batch);
  }

  async *#withParts(rows: readonly RunRow[]): AsyncGenerator<StoreRecord> {
    if (rows.length === 0) return;
    const ids = { $in: rows.map(({ _id }) => _id) };
    // Before the files, which are written before a run ends.
    const results = await this.#step((models) => models.results.find({ _id: ids }).lean());
    const resultOf = new Map(results.map((result) => [result._id, result]));
    const endedSince = rows.filter(({ _id, status }) => status === "running" && resultOf.has(_id));
    const again = { $in: endedSince.map(({ _id }) => _id) };
    const [requests, artifacts, reread] = await this.#step((models) =>
      Promise.all([
        models.requests.find({ _id: ids }).lean(),
        models.artifacts.find({ run: ids }).lean(),
        models.runs.find({ _id: again }).lean(),
      ]),
    );
    for (const read of rows) {
      const result = resultOf.get(read._id) ?? null;
      const found = endedSince.includes(read) ? reread.find(({ _id }) => _id === read._id) : read;
      const row = found && result ? completedRow(found, result) : found;
      const request = requests.find(({ _id }) => _id === read._id);
      // Deleted meanwhile, or not written completely yet.
      if (!row || !request || (row.status !== "running" && !result)) continue;
      const { chargedTo = row.owner, ceilings = [] } = row;
      const running = row.status === "running" ? { chargedTo, ceilings: [...ceilings] } : null;
      yield { kind: "run", ...runOf(row, request, result), running };
      for (const artifact of artifacts.filter((each) => each.run === row._id)) {
        const { name, type } = artifact;
        yield { kind: "artifact", run: row._id, name, type, bytes: await this.#bytes(artifact) };
      }
    }
  }

  /** Earlier versions stored a file in one piece. */
  async #bytes({ run, name, bytes }: ArtifactRow): Promise<Uint8Array> {
    if (bytes) return bytes;
    const parts = await this.#step((models) =>
      models.artifactParts.find({ run, name }).sort({ run: 1, name: 1, part: 1 }).lean(),
    );
    return Buffer.concat(parts.map((part) => part.bytes));
  }

  /** All documents of a collection in the order of their ids, some at a time, so that no cursor has to outlive a lost connection. */
  async *#byId<Row extends { _id: string }>(
    of: (models: Models) => Model<Row>,
    rows = ROWS,
    projection: Record<string, 0> = {},
  ): AsyncGenerator<Row> {
    let after = "";
    for (;;) {
      const page = await this.#step((models) =>
        // Every one of our ids is a text, which the driver's type of a filter cannot know of a row that is not named.
        (of(models) as unknown as Model<{ _id: string }>)
          .find({ _id: { $gt: after } }, projection)
          .sort({ _id: 1 })
          .limit(rows)
          .lean(),
      );
      yield* page as unknown as Row[];
      const last = page.at(-1);
      if (!last) return;
      after = last._id;
    }
  }

  /** Nothing keeps a restore from beginning meanwhile, and no backup may have something of both: so it is looked for behind each step. */
  #step<T>(work: (models: Models) => Promise<T>): Promise<T> {
    return this.#database.step(async (models) => {
      const found = await work(models);
      await assertWhole(models);
      return found;
    }, LONG_STEP_MS);
  }
}

const OWNER = "owner ";
