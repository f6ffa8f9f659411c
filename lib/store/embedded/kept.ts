import * as z from "zod";
import type { PlanId } from "../../schemas/plan";
import type { Kept } from "../index";
import { REMOVAL_REMEMBERED_MS } from "../stored-run";
import { BATCH_BYTES, BATCH_ROWS, untilNone, upTo } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { date } from "./rows";

const keptRow = z.object({
  runs: z.number(),
  bytes: z.number(),
  removedRuns: z.number(),
  removedAt: date.nullable(),
});
const bytesRow = z.object({ bytes: z.number() });
const oldRow = z.object({ seq: z.number(), owner: z.string(), bytes: z.number() });

const NOTHING: Kept = { runs: 0, bytes: 0, removedRuns: 0, removedAt: null };

export function kept(database: EmbeddedDatabase, owner: string): Kept {
  const row = database.get(
    keptRow,
    `SELECT runs, bytes, removed_runs AS removedRuns, removed_at AS removedAt FROM kept WHERE owner = ?`,
    owner,
  );
  return row ?? NOTHING;
}

/** Runs that are counted together. Column names are fixed; the value is only ever passed as a parameter. */
type Scope =
  | { column: "owner"; table: "kept"; value: string }
  | { column: "plan"; table: "kept_of_plan"; value: PlanId };

/**
 * Removes the oldest runs of an owner, then of a plan, until what is left fits; unpinned ones first. Running ones stay. When everything
 * fits it reads two rows by their keys.
 */
export async function makeRoom(
  database: EmbeddedDatabase,
  of: { owner: string; plan: PlanId },
  limits: { ownerBytes: number; planBytes: number },
): Promise<number> {
  const own = await shrink(database, { column: "owner", table: "kept", value: of.owner }, limits.ownerBytes);
  const all = await shrink(
    database,
    { column: "plan", table: "kept_of_plan", value: of.plan },
    limits.planBytes,
  );
  return own + all;
}

function shrink(database: EmbeddedDatabase, scope: Scope, limitBytes: number): Promise<number> {
  const { column, table, value } = scope;
  return untilNone(() => {
    const total = database.get(bytesRow, `SELECT bytes FROM ${table} WHERE ${column} = ?`, value)?.bytes ?? 0;
    const excess = total - limitBytes;
    if (excess <= 0) return 0;
    const unpinned = oldest(database, scope, false);
    const batch = unpinned.length > 0 ? unpinned : oldest(database, scope, true);
    return remove(database, upTo(batch, Math.min(excess, BATCH_BYTES)));
  });
}

function oldest(database: EmbeddedDatabase, { column, value }: Scope, pinned: boolean) {
  return database.all(
    oldRow,
    `SELECT seq, owner, bytes FROM runs WHERE ${column} = ? AND pinned = ? AND status <> 'running'
     ORDER BY created_at, id LIMIT ?`,
    value,
    pinned ? 1 : 0,
    BATCH_ROWS,
  );
}

/** Not waited for on disk: nobody is told before that it is done. */
function remove(database: EmbeddedDatabase, runs: readonly z.infer<typeof oldRow>[]): number {
  const now = Date.now();
  database.relaxedTransaction(() => {
    for (const { seq, owner } of runs) {
      database.run(
        "UPDATE kept SET removed_runs = removed_runs + 1, removed_at = ? WHERE owner = ?",
        now,
        owner,
      );
      database.run("DELETE FROM runs WHERE seq = ?", seq);
    }
  });
  return runs.length;
}

export const REMOVALS_STATEMENT = "SELECT owner FROM kept WHERE removed_at < ? LIMIT ?";
const ownerRow = z.object({ owner: z.string() });

/** Forgets removals that their owners had time to see. Every guest is an owner, so not all of them are looked at. */
export function forgetRemovals(database: EmbeddedDatabase, now: Date): Promise<number> {
  const before = now.getTime() - REMOVAL_REMEMBERED_MS;
  return untilNone(() =>
    database.transaction(() => {
      const seen = database.all(ownerRow, REMOVALS_STATEMENT, before, BATCH_ROWS);
      for (const { owner } of seen) {
        database.run("UPDATE kept SET removed_runs = 0, removed_at = NULL WHERE owner = ?", owner);
        database.run("DELETE FROM kept WHERE owner = ? AND runs = 0", owner);
      }
      return seen.length;
    }),
  );
}

/** What was removed of a guest's is told to the user that they became. Call it inside a transaction. */
export function moveRemovals(database: EmbeddedDatabase, from: string, to: string): void {
  const { removedRuns, removedAt } = kept(database, from);
  if (removedRuns === 0 || removedAt === null) return;
  database.run(
    `INSERT INTO kept (owner, runs, bytes, removed_runs, removed_at) VALUES (?, 0, 0, ?, ?)
     ON CONFLICT DO UPDATE SET removed_runs = removed_runs + excluded.removed_runs,
       removed_at = max(coalesce(removed_at, 0), excluded.removed_at)`,
    to,
    removedRuns,
    removedAt.getTime(),
  );
  database.run("DELETE FROM kept WHERE owner = ?", from);
}
