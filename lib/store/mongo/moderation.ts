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
import { isDuplicate, type MongoDatabase } from "./database";
import { behind, orderOf, type Read } from "./rows";
import { CASES_OF_RUN, type Models, type ReportCaseRow, type RunRow } from "./schemas";

/*
 * A case is one document with its reports in it, so that a report is one conditional write. Taking a run down is two: first the run, then
 * its case. If the database goes away in between, an open case stays open until an admin decides it, and a run without one is down without a
 * case: its id restores it.
 */

/** What an open case can meanwhile have become when a report of it was refused as a duplicate. */
const ATTEMPTS = 5;

const caseSchema = z.object({
  openedAt: z.date(),
  complaints: storedComplaintsSchema,
  decision: reportDecisionSchema.nullable(),
  decidedAt: z.date().nullable(),
  decidedBy: z.string().nullable(),
});

const factsSchema = z.object({
  owner: z.string(),
  title: z.string().nullable(),
  preview: z.string(),
  language: z.string(),
  visibility: visibilitySchema,
  takedown: storedTakedownSchema.nullable().default(null),
});
const FACTS = { owner: 1, title: 1, preview: 1, language: 1, visibility: 1, takedown: 1 } as const;

/** Moderation in MongoDB. */
export class MongoModeration implements ModerationStore {
  readonly #database: MongoDatabase;

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  report(run: string, caseId: string, complaint: Complaint) {
    return this.#database.step((models) => report(models, run, caseId, complaint));
  }

  async listCases({ open, cursor }: Parameters<ModerationStore["listCases"]>[0]): Promise<ReportCasePage> {
    const filter = { open, ...behind(decodeCursor(cursor)) };
    return this.#database.step(async (models) => {
      const found = await models.reportCases
        .find(filter)
        .sort({ order: -1 })
        .limit(CASE_PAGE_ROWS + 1)
        .lean();
      const placed = found.map((row) => ({ id: row._id, createdAt: row.decidedAt ?? row.openedAt, row }));
      const { rows, nextCursor } = pageOf(placed, CASE_PAGE_ROWS);
      const cases = await withFacts(
        models,
        rows.map(({ row }) => row),
      );
      return { cases, nextCursor };
    });
  }

  dismissCase(id: string, by: string, at: Date): Promise<ReportCase | null> {
    return this.#database.step(async (models) => {
      const row = await models.reportCases
        .findOneAndUpdate({ _id: id, open: true }, { $set: decided("dismissed", id, by, at) }, AFTER)
        .lean();
      return row ? ((await withFacts(models, [row]))[0] ?? null) : null;
    });
  }

  takeDown(run: string, takedown: Takedown, by: string, caseId: string): Promise<string | null> {
    return this.#database.step(async (models) => {
      const open = await models.reportCases.findOne({ run, open: true }, { _id: 1 }).lean();
      const row = await models.runs
        .findOneAndUpdate(
          { _id: run, takedown: null, ...(open ? {} : { visibility: { $ne: "private" } }) },
          { $set: { takedown } },
          { ...AFTER, projection: { owner: 1 } },
        )
        .lean();
      if (!row) return null;
      if (open && (await decideOpen(models, open._id, by, takedown.at))) return row.owner;
      // Nobody has reported it, or its case was dismissed a moment ago.
      const noted = { run, openedAt: takedown.at, complaints: [], reporters: [] };
      const change = decided("taken_down", caseId, by, takedown.at);
      await models.reportCases.insertMany([{ _id: caseId, ...noted, ...change }]);
      return row.owner;
    });
  }

  restore(run: string): Promise<string | null> {
    return this.#database.step(async (models) => {
      const row = await models.runs
        .findOneAndUpdate(
          { _id: run, takedown: { $ne: null } },
          { $set: { takedown: null } },
          { ...AFTER, projection: { owner: 1 } },
        )
        .lean();
      return row?.owner ?? null;
    });
  }
}

const AFTER = { returnDocument: "after" } as const;

/** There once as many reports were made as are kept. */
const FULL = `reporters.${MAX_COMPLAINTS - 1}`;

async function report(models: Models, run: string, caseId: string, complaint: Complaint) {
  const { reporter, at } = complaint;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (!(await models.runs.exists({ _id: run }))) return "absent" as const;
    const added = await models.reportCases.updateOne(
      { run, open: true, reporters: { $ne: reporter }, [FULL]: { $exists: false } },
      { $push: { complaints: complaint, reporters: reporter } },
      { hint: CASES_OF_RUN },
    );
    if (added.matchedCount > 0) return "reported" as const;
    const open = await models.reportCases.findOne({ run, open: true }, { reporters: 1 }).lean();
    if (open?.reporters.includes(reporter)) return "already" as const;
    if (open && open.reporters.length >= MAX_COMPLAINTS) return "reported" as const;
    if (open) continue;
    const order = orderOf({ createdAt: at.getTime(), id: caseId });
    const made = { _id: caseId, run, open: true, openedAt: at, order, complaints: [complaint] };
    const undecided = { reporters: [reporter], decision: null, decidedAt: null, decidedBy: null };
    try {
      await models.reportCases.insertMany([{ ...made, ...undecided }]);
      return "reported" as const;
    } catch (error) {
      // Another report opened the case first, or this very one did, whose answer was lost.
      if (!isDuplicate(error)) throw error;
    }
  }
  return "already" as const;
}

/** `false` when the case is not open any more. */
async function decideOpen(models: Models, id: string, by: string, at: Date): Promise<boolean> {
  const change = decided("taken_down", id, by, at);
  const { matchedCount } = await models.reportCases.updateOne({ _id: id, open: true }, { $set: change });
  return matchedCount === 1;
}

function decided(decision: "taken_down" | "dismissed", id: string, by: string, at: Date) {
  const order = orderOf({ createdAt: at.getTime(), id });
  return { open: false, decision, decidedBy: by, decidedAt: at, order };
}

/** The cases whose runs are still there. */
async function withFacts(models: Models, rows: readonly Read<ReportCaseRow>[]): Promise<ReportCase[]> {
  const ids = rows.flatMap(({ run }) => (run === undefined ? [] : [run]));
  const runs = await models.runs.find({ _id: { $in: ids } }, FACTS).lean();
  const facts = new Map(runs.map((row: Read<RunRow>) => [row._id, factsSchema.parse(row)]));
  return rows.flatMap((row) => {
    const run = facts.get(row.run ?? "");
    return run ? [{ id: row._id, ...caseSchema.parse(row), run: { id: row.run ?? "", ...run } }] : [];
  });
}
