import type { PlanId } from "../../schemas/plan";
import { storeFull } from "../room";
import type { SessionFile, SessionFileHead, SessionFileLimits, SessionFileStore } from "../session-files";
import { LONG_STEP_MS, type MongoDatabase } from "./database";
import type { Models } from "./schemas";
import { FILES_OF_SESSION } from "./session-file-schema";

const NEWEST = { createdAt: -1, place: -1 } as const;
const BATCH_ROWS = 1_000;

/** What is too much is removed after it was added: several calls at once may all do so, and remove no more than is too much. */
export class MongoSessionFiles implements SessionFileStore {
  readonly #database: MongoDatabase;

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  async add(files: readonly SessionFile[], limits: SessionFileLimits): Promise<void> {
    if (await this.#database.step(() => this.#database.room.isLow())) throw storeFull();
    await this.#database.step(async (models) => {
      const rows = files.map(({ id: _id, bytes, ...rest }, place) => ({
        ...{ _id, ...rest, place },
        ...{ size: bytes.byteLength, bytes: Buffer.from(bytes) },
      }));
      await models.sessionFiles.insertMany(rows);
      for (const owner of new Set(files.map((file) => file.owner)))
        await removeBeyond(models, { owner }, limits.files, limits.bytes);
      for (const plan of new Set(files.map((file) => file.plan))) {
        const [sum] = await models.sessionFiles.aggregate<{ bytes: number; files: number }>([
          { $match: { plan } },
          { $group: { _id: null, bytes: { $sum: "$size" }, files: { $sum: 1 } } },
        ]);
        if (sum && (sum.bytes > limits.planBytes || sum.files > limits.planFiles))
          await removeBeyond(models, { plan }, limits.planFiles, limits.planBytes);
      }
    }, LONG_STEP_MS);
  }

  list(session: string, owner: string, now: Date): Promise<SessionFileHead[]> {
    return this.#database.step(async (models) => {
      const rows = await models.sessionFiles
        .find({ session, owner, expiresAt: { $gt: now } }, { bytes: 0 })
        .sort({ createdAt: 1, place: 1 })
        .hint(FILES_OF_SESSION)
        .lean();
      return rows.map(({ _id: id, place: _, ...head }) => ({ ...head, id }));
    });
  }

  get(session: string, _id: string, owner: string, now: Date): Promise<SessionFile | null> {
    return this.#database.step(async (models) => {
      const found = await models.sessionFiles
        .findOne({ _id, session, owner, expiresAt: { $gt: now } })
        .lean();
      if (!found) return null;
      const { _id: id, place: _, size: __, ...file } = found;
      return { ...file, id };
    });
  }

  remove(session: string, _id: string, owner: string): Promise<boolean> {
    return this.#database.step(async (models) => {
      this.#database.room.forget();
      return (await models.sessionFiles.deleteOne({ _id, session, owner })).deletedCount > 0;
    });
  }

  removeAll(owner: string): Promise<number> {
    return this.#database.step(async (models) => {
      this.#database.room.forget();
      return (await models.sessionFiles.deleteMany({ owner })).deletedCount;
    }, LONG_STEP_MS);
  }
}

/** Removes the oldest of those that match, beyond a number of files and of bytes. */
async function removeBeyond(
  models: Models,
  filter: { owner: string } | { plan: PlanId },
  files: number,
  bytes: number,
): Promise<void> {
  let [count, total] = [0, 0];
  const gone: string[] = [];
  const rows = models.sessionFiles
    .find(filter, { size: 1 })
    .sort(NEWEST)
    .lean()
    .cursor({ batchSize: BATCH_ROWS });
  for await (const { _id, size } of rows) {
    count += 1;
    total += size;
    if (count > files || total > bytes) gone.push(_id);
  }
  if (gone.length > 0) await models.sessionFiles.deleteMany({ _id: { $in: gone } });
}
