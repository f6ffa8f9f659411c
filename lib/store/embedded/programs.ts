import type { Credential } from "../../schemas/account";
import type { PlanId } from "../../schemas/plan";
import {
  type KeptPrograms,
  type ProgramLimits,
  type ProgramPage,
  type ProgramQuery,
  type ProgramStore,
  programBytes,
  type StoredProgram,
} from "../programs";
import { storeFull } from "../room";
import { exportPrograms, programSearch } from "../stored-program";
import { BATCH_BYTES, BATCH_ROWS, untilNone, upTo } from "./batches";
import type { EmbeddedDatabase, SqlValue } from "./database";
import { pack } from "./packed";
import { listPrograms } from "./program-list";
import { keptProgramsRow, programHeadRow, programRow, SELECT_PROGRAM } from "./program-rows";
import { assertHolds } from "./rights";
import { amountRow, seqRow, sizeRow } from "./rows";

/** People's programs in the embedded database. A method is one short synchronous step, or several with requests served in between. */
export class EmbeddedPrograms implements ProgramStore {
  readonly #database: EmbeddedDatabase;

  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }

  async create(program: StoredProgram, limits: ProgramLimits, credential?: Credential) {
    if (this.#database.isLow) throw storeFull();
    const bytes = programBytes(program);
    return this.#database.transaction(() => {
      if (credential) assertHolds(this.#database, program.owner, credential, program.updatedAt);
      if (this.#database.get(seqRow, "SELECT seq FROM programs WHERE id = ?", program.id)) return "taken";
      const kept = this.#kept(program.owner);
      if (kept.programs >= limits.programs) return "too_many";
      if (kept.bytes + bytes > limits.bytes) return "too_large";
      const { id, owner, title, titleSource, revision, plan, content } = program;
      const inserted = this.#database.get(
        seqRow,
        `INSERT INTO programs (id, owner, language, title, title_source, revision, plan, files, tests, bytes, created_at,
           updated_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
        ...[id, owner, content.language, title, titleSource, revision, plan],
        ...[content.files.length, content.tests.length, bytes],
        ...[program.createdAt.getTime(), program.updatedAt.getTime(), program.expiresAt?.getTime() ?? null],
      );
      const { json, texts } = pack(content);
      this.#database.run(
        "INSERT INTO program_contents (program, content, texts, search) VALUES (?, ?, ?, ?)",
        ...[inserted?.seq ?? null, json, texts, programSearch(program)],
      );
      return "created";
    });
  }

  async get(id: string, owner: string): Promise<StoredProgram | null> {
    return this.#database.get(programRow, SELECT_PROGRAM, id, owner);
  }

  async owns(id: string, owner: string): Promise<boolean> {
    return (
      this.#database.get(seqRow, "SELECT seq FROM programs WHERE id = ? AND owner = ?", id, owner) !== null
    );
  }

  async isForeign(id: string, owner: string): Promise<boolean> {
    return (
      this.#database.get(seqRow, "SELECT seq FROM programs WHERE id = ? AND owner <> ?", id, owner) !== null
    );
  }

  async replace(program: StoredProgram, limits: ProgramLimits) {
    const bytes = programBytes(program);
    return this.#database.transaction(() => {
      const sql = "SELECT seq, revision, bytes FROM programs WHERE id = ? AND owner = ?";
      const before = this.#database.get(programHeadRow, sql, program.id, program.owner);
      if (!before) return "absent";
      if (before.revision !== program.revision - 1) return "stale";
      if (bytes > before.bytes) {
        if (this.#database.isLow) throw storeFull();
        if (this.#kept(program.owner).bytes - before.bytes + bytes > limits.bytes) return "too_large";
      }
      const { title, titleSource, revision, content } = program;
      this.#database.run(
        `UPDATE programs SET language = ?, title = ?, title_source = ?, revision = ?, files = ?, tests = ?, bytes = ?,
           updated_at = ?, expires_at = ? WHERE seq = ?`,
        ...[
          content.language,
          title,
          titleSource,
          revision,
          content.files.length,
          content.tests.length,
          bytes,
        ],
        ...[program.updatedAt.getTime(), program.expiresAt?.getTime() ?? null, before.seq],
      );
      const { json, texts } = pack(content);
      this.#database.run(
        "UPDATE program_contents SET content = ?, texts = ?, search = ? WHERE program = ?",
        ...[json, texts, programSearch(program), before.seq],
      );
      return "replaced";
    });
  }

  list(owner: string, query: ProgramQuery): Promise<ProgramPage> {
    return listPrograms(this.#database, owner, query);
  }

  exportAll(owner: string): AsyncIterable<StoredProgram> {
    return exportPrograms(this, owner);
  }

  async remove(id: string, owner: string): Promise<boolean> {
    const removed = this.#database.removal(() =>
      this.#database.run("DELETE FROM programs WHERE id = ? AND owner = ?", id, owner),
    );
    if (removed > 0) await this.#database.tidy();
    return removed > 0;
  }

  async removeAll(owner: string): Promise<number> {
    const removed = await untilNone(() => this.#removeBatch("owner = ?", owner));
    if (removed > 0) await this.#database.tidy();
    return removed;
  }

  async kept(owner: string): Promise<KeptPrograms> {
    return this.#kept(owner);
  }

  async adopt(from: string, to: string, keptMs: number | null, plan: PlanId): Promise<number> {
    return this.#database.transaction(() =>
      this.#database.run(
        "UPDATE programs SET owner = ?, plan = ?, expires_at = updated_at + ? WHERE owner = ?",
        ...[to, plan, keptMs, from],
      ),
    );
  }

  /** Removes what has expired by `now`. */
  async prune(now: Date): Promise<void> {
    const removed = await untilNone(() => this.#removeBatch("expires_at <= ?", now.getTime()));
    if (removed > 0) await this.#database.tidy();
  }

  async makeRoom(plan: PlanId, bytes: number): Promise<number> {
    const removed = await untilNone(() => {
      const sum = "SELECT coalesce(sum(bytes), 0) AS amount FROM programs WHERE plan = ?";
      const excess = (this.#database.get(amountRow, sum, plan)?.amount ?? 0) - bytes;
      return excess <= 0 ? 0 : this.#removeBatch("plan = ?", plan, excess);
    });
    if (removed > 0) this.#database.tidySoon();
    return removed;
  }

  #kept(owner: string): KeptPrograms {
    const sql = "SELECT count(*) AS programs, coalesce(sum(bytes), 0) AS bytes FROM programs WHERE owner = ?";
    return this.#database.get(keptProgramsRow, sql, owner) ?? { programs: 0, bytes: 0 };
  }

  /** Deletes some programs that match, the longest unchanged first, in one commit; returns how many. */
  #removeBatch(
    condition: "owner = ?" | "plan = ?" | "expires_at <= ?",
    value: SqlValue,
    bytes = BATCH_BYTES,
  ): number {
    // By the index of the condition: only that of a plan is asked for in its order.
    const order = condition === "plan = ?" ? "ORDER BY updated_at, id" : "";
    const sql = `SELECT seq, bytes FROM programs WHERE ${condition} ${order} LIMIT ?`;
    const batch = upTo(this.#database.all(sizeRow, sql, value, BATCH_ROWS), Math.min(bytes, BATCH_BYTES));
    if (batch.length === 0) return 0;
    return this.#database.removal(() => {
      for (const { seq } of batch) this.#database.run("DELETE FROM programs WHERE seq = ?", seq);
      return batch.length;
    });
  }
}
