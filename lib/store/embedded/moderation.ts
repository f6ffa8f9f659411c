import * as z from "zod";
import { visibilitySchema } from "../../schemas/history";
import { reportDecisionSchema } from "../../schemas/moderation";
import { decodeCursor, pageOf } from "../cursor";
import {
  type Complaint,
  MAX_COMPLAINTS,
  type ModerationStore,
  type ReportCase,
  type ReportCasePage,
  type Takedown,
} from "../moderation";
import { CASE_PAGE_ROWS, storedComplaintsSchema, storedTakedownSchema } from "../stored-moderation";
import type { EmbeddedDatabase } from "./database";
import { date, flag, json, seqRow } from "./rows";

const caseRow = z.object({
  id: z.string(),
  open: flag,
  openedAt: date,
  createdAt: date,
  complaints: json(storedComplaintsSchema),
  decision: reportDecisionSchema.nullable(),
  decidedBy: z.string().nullable(),
  run: z.string(),
  owner: z.string(),
  title: z.string().nullable(),
  preview: z.string(),
  language: z.string(),
  visibility: visibilitySchema,
  takedown: json(storedTakedownSchema).nullable(),
});
const openRow = seqRow.extend({ complaints: json(storedComplaintsSchema) });
const ownerRow = z.object({ owner: z.string() });

const SELECT_CASE = `
  SELECT report_cases.id, open, opened_at AS openedAt, at AS createdAt, complaints, decision, decided_by AS decidedBy,
    runs.id AS run, owner, title, preview, language, visibility, takedown
  FROM report_cases JOIN runs ON runs.seq = report_cases.run`;

/** Its values are whether the cases are open, the position, and the number of rows. */
export const CASE_PAGE_STATEMENT = `
  ${SELECT_CASE} WHERE open = ? AND (at, report_cases.id) < (?, ?) ORDER BY at DESC, report_cases.id DESC LIMIT ?`;

/** Moderation in the embedded database. Every method is one short synchronous step. */
export class EmbeddedModeration implements ModerationStore {
  readonly #database: EmbeddedDatabase;

  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }

  async report(run: string, caseId: string, complaint: Complaint) {
    return this.#database.transaction(() => {
      const found = this.#database.get(seqRow, "SELECT seq FROM runs WHERE id = ?", run);
      if (!found) return "absent";
      const open = this.#database.get(
        openRow,
        "SELECT seq, complaints FROM report_cases WHERE run = ? AND open = 1",
        found.seq,
      );
      if (!open) {
        this.#database.run(
          "INSERT INTO report_cases (id, run, open, opened_at, at, complaints) VALUES (?, ?, 1, ?, ?, ?)",
          caseId,
          found.seq,
          complaint.at.getTime(),
          complaint.at.getTime(),
          JSON.stringify([complaint]),
        );
        return "reported";
      }
      if (open.complaints.some(({ reporter }) => reporter === complaint.reporter)) return "already";
      if (open.complaints.length < MAX_COMPLAINTS) {
        const complaints = JSON.stringify([...open.complaints, complaint]);
        this.#database.run("UPDATE report_cases SET complaints = ? WHERE seq = ?", complaints, open.seq);
      }
      return "reported";
    });
  }

  async listCases({ open, cursor }: Parameters<ModerationStore["listCases"]>[0]): Promise<ReportCasePage> {
    const { createdAt, id } = decodeCursor(cursor) ?? { createdAt: Number.MAX_SAFE_INTEGER, id: "" };
    const values = [open ? 1 : 0, createdAt, id, CASE_PAGE_ROWS + 1];
    const { rows, nextCursor } = pageOf(
      this.#database.all(caseRow, CASE_PAGE_STATEMENT, ...values),
      CASE_PAGE_ROWS,
    );
    return { cases: rows.map(caseOf), nextCursor };
  }

  async dismissCase(id: string, by: string, at: Date): Promise<ReportCase | null> {
    return this.#database.transaction(() => {
      const sql = `UPDATE report_cases SET open = 0, decision = 'dismissed', decided_by = ?, at = ? WHERE id = ? AND open = 1`;
      if (this.#database.run(sql, by, at.getTime(), id) === 0) return null;
      const row = this.#database.get(caseRow, `${SELECT_CASE} WHERE report_cases.id = ?`, id);
      return row && caseOf(row);
    });
  }

  async takeDown(run: string, takedown: Takedown, by: string, caseId: string): Promise<string | null> {
    return this.#database.transaction(() => {
      const taken = this.#database.get(
        seqRow.extend(ownerRow.shape),
        `UPDATE runs SET takedown = ? WHERE id = ? AND takedown IS NULL
           AND (visibility <> 'private' OR EXISTS (SELECT 1 FROM report_cases WHERE run = runs.seq AND open = 1))
         RETURNING seq, owner`,
        JSON.stringify(takedown),
        run,
      );
      if (!taken) return null;
      const at = takedown.at.getTime();
      const decide = `UPDATE report_cases SET open = 0, decision = 'taken_down', decided_by = ?, at = ? WHERE run = ? AND open = 1`;
      if (this.#database.run(decide, by, at, taken.seq) > 0) return taken.owner;
      this.#database.run(
        `INSERT INTO report_cases (id, run, open, opened_at, at, complaints, decision, decided_by)
         VALUES (?, ?, 0, ?, ?, '[]', 'taken_down', ?)`,
        ...[caseId, taken.seq, at, at, by],
      );
      return taken.owner;
    });
  }

  async restore(run: string): Promise<string | null> {
    const sql = "UPDATE runs SET takedown = NULL WHERE id = ? AND takedown IS NOT NULL RETURNING owner";
    return this.#database.transaction(() => this.#database.get(ownerRow, sql, run)?.owner ?? null);
  }
}

function caseOf(row: z.output<typeof caseRow>): ReportCase {
  const { id, open, openedAt, createdAt, complaints, decision, decidedBy, run, ...facts } = row;
  const decidedAt = open ? null : createdAt;
  return { id, openedAt, complaints, decision, decidedAt, decidedBy, run: { id: run, ...facts } };
}
