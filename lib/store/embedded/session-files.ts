import * as z from "zod";
import { planIdSchema } from "../../schemas/plan";
import { storeFull } from "../room";
import type { SessionFile, SessionFileHead, SessionFileLimits, SessionFileStore } from "../session-files";
import { untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { date, json } from "./rows";

const headRow = z.object({
  id: z.string(),
  session: z.string(),
  owner: z.string(),
  plan: planIdSchema,
  name: json(z.string()),
  type: z.string(),
  size: z.number(),
  createdAt: date,
  expiresAt: date,
});
export const fileRow = headRow.omit({ size: true }).extend({ bytes: z.instanceof(Uint8Array) });
const sumRow = z.object({ bytes: z.number(), files: z.number() });

/** A file has at most 5 MB. */
const BATCH_FILES = 5;

export const FILE_HEAD =
  "id, session, owner, plan, name, type, created_at AS createdAt, expires_at AS expiresAt";

/** Removes the oldest rows of an owner or of a plan, beyond a number of bytes and of rows. */
function beyond(column: "owner" | "plan"): string {
  return `DELETE FROM session_files WHERE seq IN (
    SELECT seq FROM (
      SELECT seq, sum(size) OVER newest AS total, row_number() OVER newest AS place FROM session_files WHERE ${column} = ?
      WINDOW newest AS (ORDER BY seq DESC)
    ) WHERE total > ? OR place > ?)`;
}

export class EmbeddedSessionFiles implements SessionFileStore {
  readonly #database: EmbeddedDatabase;

  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }

  async add(files: readonly SessionFile[], limits: SessionFileLimits): Promise<void> {
    if (this.#database.isLow) throw storeFull();
    const removed = this.#database.transaction(() => {
      let count = 0;
      for (const { id, session, owner, plan, name, type, bytes, createdAt, expiresAt } of files) {
        this.#database.run(
          `INSERT INTO session_files (id, session, owner, plan, name, type, size, created_at, expires_at, bytes)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[id, session, owner, plan, JSON.stringify(name), type, bytes.byteLength],
          ...[createdAt.getTime(), expiresAt.getTime(), Buffer.from(bytes)],
        );
      }
      for (const owner of new Set(files.map((file) => file.owner)))
        count += this.#database.run(beyond("owner"), owner, limits.bytes, limits.files);
      const sum =
        "SELECT coalesce(sum(size), 0) AS bytes, count(*) AS files FROM session_files WHERE plan = ?";
      for (const plan of new Set(files.map((file) => file.plan))) {
        const there = this.#database.get(sumRow, sum, plan);
        if (there && (there.bytes > limits.planBytes || there.files > limits.planFiles))
          count += this.#database.run(beyond("plan"), plan, limits.planBytes, limits.planFiles);
      }
      return count;
    });
    if (removed > 0) this.#database.tidySoon();
  }

  async list(session: string, owner: string, now: Date): Promise<SessionFileHead[]> {
    return this.#database.all(
      headRow,
      `SELECT ${FILE_HEAD}, size FROM session_files WHERE session = ? AND owner = ? AND expires_at > ? ORDER BY seq`,
      ...[session, owner, now.getTime()],
    );
  }

  async get(session: string, id: string, owner: string, now: Date): Promise<SessionFile | null> {
    return this.#database.get(
      fileRow,
      `SELECT ${FILE_HEAD}, bytes FROM session_files WHERE id = ? AND session = ? AND owner = ? AND expires_at > ?`,
      ...[id, session, owner, now.getTime()],
    );
  }

  async remove(session: string, id: string, owner: string): Promise<boolean> {
    const sql = "DELETE FROM session_files WHERE id = ? AND session = ? AND owner = ?";
    const removed = this.#database.removal(() => this.#database.run(sql, id, session, owner) > 0);
    if (removed) await this.#database.tidy();
    return removed;
  }

  async removeAll(owner: string): Promise<number> {
    const removed = await untilNone(() => removeBatch(this.#database, "owner = ?", owner));
    if (removed > 0) await this.#database.tidy();
    return removed;
  }
}

export async function pruneSessionFiles(database: EmbeddedDatabase, now: Date): Promise<void> {
  const removed = await untilNone(() => removeBatch(database, "expires_at <= ?", now.getTime()));
  if (removed > 0) await database.tidy();
}

/** Deletes some files that match, in one commit; returns how many. */
function removeBatch(
  database: EmbeddedDatabase,
  condition: "owner = ?" | "expires_at <= ?",
  value: string | number,
): number {
  const some = `SELECT seq FROM session_files WHERE ${condition} LIMIT ?`;
  return database.removal(() =>
    database.run(`DELETE FROM session_files WHERE seq IN (${some})`, value, BATCH_FILES),
  );
}
