import type Database from "libsql";
import * as z from "zod";
import { reportDecisionSchema } from "../../schemas/moderation";
import type { StoreRecord } from "../backup/records";
import { storedComplaintsSchema } from "../stored-moderation";
import {
  auditRow,
  keyRow,
  SELECT_KEY,
  SELECT_SESSION,
  SELECT_TOKEN,
  SELECT_USER,
  sessionRow,
  tokenRow,
  userRow,
} from "./account-rows";
import { AUDIT_COLUMNS } from "./audit";
import { upTo } from "./batches";
import { countRow, SELECT_COUNT } from "./counts";
import type { SqlValue } from "./database";
import { openBeside } from "./open-beside";
import { programRow, SELECT_PROGRAMS } from "./program-rows";
import { date, flag, json, runRow, SELECT_RUN, sizeRow, usageRow } from "./rows";
import { OF_USER, SELECT_TWO_FACTOR, twoFactorRow } from "./second-factors";
import { FILE_HEAD, fileRow } from "./session-files";
import { deliveryRow, SELECT_DELIVERY, SELECT_WEBHOOK, webhookRow } from "./webhooks";

const ROWS = 500;
/** Of what is large, the most that is read at once. */
const READ_BYTES = 8 * 1_048_576;

const placeRow = z.object({ place: z.union([z.number(), z.string()]), bytes: z.number() });
const runningRow = z.object({
  seq: z.number(),
  chargedTo: z.string().nullable(),
  ceilings: json(z.array(z.string())).nullable(),
});
const artifactRow = z.object({
  seq: z.number(),
  name: z.string(),
  type: z.string(),
  bytes: z.instanceof(Uint8Array),
});
const caseRow = z.object({
  id: z.string(),
  run: z.string(),
  open: flag,
  openedAt: date,
  at: date,
  complaints: json(storedComplaintsSchema),
  decision: reportDecisionSchema.nullable(),
  decidedBy: z.string().nullable(),
});
const removalRow = z.object({ owner: z.string(), removedRuns: z.number(), removedAt: date.nullable() });
const answerRow = z.object({
  id: z.string(),
  fingerprint: z.string(),
  answer: json(z.string()).nullable(),
  startedAt: date,
  expiresAt: date,
});
const codeRow = z.object({ hash: z.string() });

/**
 * Everything that the embedded database in a directory keeps, as it is at the first read: a transaction that only reads, which a server that
 * writes meanwhile does not wait for. Its log is not emptied until the last record was read. Throws as `openBeside`.
 */
export async function* embeddedRecords(directory: string): AsyncGenerator<StoreRecord> {
  const database = openBeside(directory);
  try {
    database.exec("BEGIN");
    yield* new Snapshot(database).records();
  } finally {
    if (database.inTransaction) database.exec("ROLLBACK");
    database.close();
  }
}

class Snapshot {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Who and what others belong to comes first. */
  *records(): Generator<StoreRecord> {
    yield* this.#users();
    for (const row of this.#rows("sessions", "id", SELECT_SESSION, sessionRow))
      yield { kind: "session", ...row };
    for (const row of this.#rows("tokens", "hash", SELECT_TOKEN, tokenRow)) yield { kind: "token", ...row };
    for (const row of this.#rows("keys", "seq", SELECT_KEY, keyRow)) yield { kind: "key", ...row };
    for (const row of this.#rows("webhooks", "seq", SELECT_WEBHOOK, webhookRow))
      yield { kind: "webhook", ...row };
    for (const row of this.#rows("deliveries", "id", SELECT_DELIVERY, deliveryRow, "octet_length(body)"))
      yield { kind: "delivery", ...row };
    for (const row of this.#all(codeRow, "SELECT hash FROM admin_code")) yield { kind: "adminCode", ...row };
    yield* this.#sized("SELECT seq, bytes FROM programs WHERE seq > ? ORDER BY seq LIMIT ?", (from, to) =>
      this.#all(programRow, `${SELECT_PROGRAMS} WHERE seq BETWEEN ? AND ?`, from, to).map((row) => ({
        ...{ kind: "program" as const, ...row },
      })),
    );
    const sizes = "SELECT seq, size AS bytes FROM session_files WHERE seq > ? ORDER BY seq LIMIT ?";
    yield* this.#sized(sizes, (from, to) =>
      this.#all(
        fileRow,
        `SELECT ${FILE_HEAD}, bytes FROM session_files WHERE seq BETWEEN ? AND ? ORDER BY seq`,
        ...[from, to],
      ).map((row) => ({ kind: "sessionFile" as const, ...row })),
    );
    yield* this.#sized("SELECT seq, bytes FROM runs WHERE seq > ? ORDER BY seq LIMIT ?", (from, to) =>
      this.#runs(from, to),
    );
    yield* this.#cases();
    for (const { owner: account, ...row } of this.#usage()) yield { kind: "usage", account, ...row };
    const removals = "SELECT owner, removed_runs AS removedRuns, removed_at AS removedAt FROM kept";
    for (const { removedAt, ...row } of this.#rows("kept", "owner", removals, removalRow))
      if (removedAt) yield { kind: "removal", removedAt, ...row };
    for (const { createdAt: at, ...row } of this.#rows(
      "audit",
      "seq",
      `SELECT ${AUDIT_COLUMNS} FROM audit`,
      auditRow,
    ))
      yield { kind: "audit", at, ...row };
    const answers = `SELECT id, fingerprint, answer, started_at AS startedAt, expires_at AS expiresAt FROM answers`;
    const size = "coalesce(octet_length(answer), 0)";
    for (const row of this.#rows("answers", "id", answers, answerRow, size)) yield { kind: "answer", ...row };
    for (const row of this.#rows("counts", "key", SELECT_COUNT, countRow)) yield { kind: "count", ...row };
  }

  *#users(): Generator<StoreRecord> {
    const secondFactor = `${SELECT_TWO_FACTOR} WHERE ${OF_USER}`;
    for (const { twoFactorSince: _, ...row } of this.#rows("users", "seq", SELECT_USER, userRow)) {
      const [twoFactor = null] = this.#all(twoFactorRow, secondFactor, row.id);
      yield { kind: "user", ...row, twoFactor };
    }
  }

  #runs(from: number, to: number): StoreRecord[] {
    const within = "WHERE seq BETWEEN ? AND ?";
    const running = this.#all(
      runningRow.extend({ id: z.string() }),
      `SELECT id, seq, charged_to AS chargedTo, ceilings FROM runs ${within} AND status = 'running'`,
      ...[from, to],
    );
    const files = this.#all(
      artifactRow.extend({ id: z.string() }),
      `SELECT id, seq, name, type, artifacts.bytes FROM artifacts JOIN runs ON seq = run WHERE run BETWEEN ? AND ?
       ORDER BY run, name`,
      ...[from, to],
    );
    return this.#all(runRow, `${SELECT_RUN} ${within} ORDER BY seq`, from, to).flatMap(
      (run): StoreRecord[] => {
        const charge = running.find(({ id }) => id === run.id);
        const { chargedTo = null, ceilings } = charge ?? {};
        return [
          { kind: "run", ...run, running: charge ? { chargedTo, ceilings: ceilings ?? [] } : null },
          ...files
            .filter(({ id }) => id === run.id)
            .map(({ name, type, bytes }) => ({ kind: "artifact" as const, run: run.id, name, type, bytes })),
        ];
      },
    );
  }

  *#cases(): Generator<StoreRecord> {
    const cases = `SELECT report_cases.id, runs.id AS run, open, opened_at AS openedAt, at, complaints, decision,
      decided_by AS decidedBy FROM report_cases JOIN runs ON runs.seq = report_cases.run`;
    for (const { at, ...row } of this.#rows("report_cases", "seq", cases, caseRow))
      yield { kind: "case", ...row, decidedAt: row.open ? null : at };
  }

  *#usage(): Generator<z.output<typeof usageRow> & { owner: string }> {
    let after: [string, string] = ["", ""];
    const row = usageRow.extend({ owner: z.string() });
    const sql = "SELECT owner, day, runs FROM usage WHERE (owner, day) > (?, ?) ORDER BY owner, day LIMIT ?";
    for (;;) {
      const rows = this.#all(row, sql, ...after, ROWS);
      yield* rows;
      const last = rows.at(-1);
      if (!last) return;
      after = [last.owner, last.day];
    }
  }

  /**
   * The rows of a table in the order of its key, some at a time, or fewer where they are large by `bytes`. Names and statements are ours; only
   * places are values.
   */
  *#rows<T extends z.ZodType>(
    table: string,
    key: "seq" | "id" | "hash" | "owner" | "key",
    select: string,
    row: T,
    bytes = "0",
  ): Generator<z.output<T>> {
    const place = `${table}.${key}`;
    const places = `SELECT ${place} AS place, ${bytes} AS bytes FROM ${table} WHERE ${place} > ? ORDER BY ${place} LIMIT ?`;
    let after: string | number = key === "seq" ? 0 : "";
    for (;;) {
      const page = upTo(this.#all(placeRow, places, after, ROWS), READ_BYTES);
      const [first, last] = [page[0], page.at(-1)];
      if (!first || !last) return;
      yield* this.#all(
        row,
        `${select} WHERE ${place} BETWEEN ? AND ? ORDER BY ${place}`,
        first.place,
        last.place,
      );
      after = last.place;
    }
  }

  *#sized(sizes: string, read: (from: number, to: number) => StoreRecord[]): Generator<StoreRecord> {
    let after = 0;
    for (;;) {
      const batch = upTo(this.#all(sizeRow, sizes, after, ROWS), READ_BYTES);
      const [first, last] = [batch[0], batch.at(-1)];
      if (!first || !last) return;
      yield* read(first.seq, last.seq);
      after = last.seq;
    }
  }

  #all<T extends z.ZodType>(row: T, sql: string, ...values: SqlValue[]): z.output<T>[] {
    return this.#database
      .prepare(sql)
      .all(...values)
      .map((each) => row.parse(withBuffers(each)));
  }
}

/** Of several rows at once libsql gives bytes as an `ArrayBuffer`, of one as a `Buffer`. */
function withBuffers(row: unknown): unknown {
  const columns = Object.entries(row as Record<string, unknown>);
  return Object.fromEntries(
    columns.map(([name, value]) => [name, value instanceof ArrayBuffer ? Buffer.from(value) : value]),
  );
}
