import type * as z from "zod";
import type { PlanId } from "../../schemas/plan";
import { dayOf } from "../spans";
import { type Loss, lostResult, USAGE_DAYS_KEPT } from "../stored-run";
import { pruneAnswers } from "./answers";
import { pruneAudit } from "./audit";
import { BATCH_BYTES, BATCH_ROWS, untilNone, upTo } from "./batches";
import { pruneCounts } from "./counts";
import type { EmbeddedDatabase, SqlValue } from "./database";
import { forgetRemovals, moveRemovals } from "./kept";
import { moveUsage, pruneUsage } from "./quota";
import { positionRow, runningRow, sizeRow } from "./rows";
import { pruneSessionFiles } from "./session-files";
import { pruneSessions } from "./sessions";
import { pruneTokens } from "./tokens";
import { pruneDeliveries } from "./webhooks";
import { endRun } from "./write";

const RUNNING = `SELECT id, language, created_at AS createdAt,
    json_array_length(request, '$.tests') AS tests
  FROM runs JOIN run_requests ON run = seq WHERE status = 'running'`;

export function deleteRuns(database: EmbeddedDatabase, owner: string): Promise<number> {
  return untilNone(() => removeBatch(database, "owner = ?", owner));
}

/** Deletes some runs that match, in one commit; returns how many. */
function removeBatch(
  database: EmbeddedDatabase,
  condition: "owner = ?" | "expires_at <= ?",
  value: SqlValue,
) {
  const found = database.all(
    sizeRow,
    `SELECT seq, bytes FROM runs WHERE ${condition} LIMIT ?`,
    value,
    BATCH_ROWS,
  );
  const batch = upTo(found, BATCH_BYTES);
  if (batch.length === 0) return 0;
  return database.removal(() => {
    for (const { seq } of batch) database.run("DELETE FROM runs WHERE seq = ?", seq);
    return batch.length;
  });
}

export async function prune(database: EmbeddedDatabase, now: Date): Promise<number> {
  const pruned = await untilNone(() => removeBatch(database, "expires_at <= ?", now.getTime()));
  await forgetRemovals(database, now);
  await pruneCounts(database, now);
  await pruneAnswers(database, now);
  await pruneDeliveries(database, now);
  await pruneSessionFiles(database, now);
  const oldest = new Date(now.getTime() - USAGE_DAYS_KEPT * 86_400_000);
  await pruneUsage(database, dayOf(oldest));
  await pruneSessions(database, now);
  await pruneTokens(database, now);
  await pruneAudit(database, now);
  return pruned;
}

export async function adoptRuns(
  database: EmbeddedDatabase,
  from: string,
  to: string,
  retentionMs: number | null,
  plan: PlanId | undefined,
): Promise<number> {
  let end = { createdAt: Number.MAX_SAFE_INTEGER, id: "" };
  // By position, because the rows of `from` do not become fewer when it is the same owner as `to`.
  const total = await untilNone(() => {
    const batch = database.all(
      positionRow,
      `SELECT created_at AS createdAt, id FROM runs WHERE owner = ? AND (created_at, id) < (?, ?)
       ORDER BY created_at DESC, id DESC LIMIT ?`,
      from,
      end.createdAt,
      end.id,
      BATCH_ROWS,
    );
    const last = batch.at(-1);
    if (!last) return 0;
    const changed = database.run(
      `UPDATE runs SET owner = ?, charged_to = iif(charged_to = ?, ?, charged_to), expires_at = created_at + ?,
         plan = coalesce(?, plan)
       WHERE owner = ? AND (created_at, id) < (?, ?) AND (created_at, id) >= (?, ?)`,
      to,
      from,
      to,
      retentionMs,
      plan ?? null,
      from,
      end.createdAt,
      end.id,
      last.createdAt,
      last.id,
    );
    end = last;
    return changed;
  });
  if (from !== to) {
    database.transaction(() => {
      moveUsage(database, from, to);
      moveRemovals(database, from, to);
    });
  }
  return total;
}

/** Ends the runs of dead processes, and those in `unsaved`, whose end could not be written at the time. */
export async function closeInterrupted(
  database: EmbeddedDatabase,
  instance: string,
  unsaved: Set<string>,
): Promise<number> {
  let closed = 0;
  for (const id of unsaved) {
    closed += closeRuns(database, [id], "its process stopped");
    unsaved.delete(id);
  }
  closed += await untilNone(() =>
    database.transaction(() =>
      closeAll(
        database,
        database.all(runningRow, `${RUNNING} AND instance IS NOT ? LIMIT ?`, instance, BATCH_ROWS),
        "its process stopped",
      ),
    ),
  );
  return closed;
}

/** Ends those of these runs that still run; returns how many. */
export function closeRuns(database: EmbeddedDatabase, ids: readonly string[], loss: Loss): number {
  let closed = 0;
  for (const id of ids) {
    closed += database.transaction(() =>
      closeAll(database, database.all(runningRow, `${RUNNING} AND id = ?`, id), loss),
    );
  }
  return closed;
}

function closeAll(
  database: EmbeddedDatabase,
  runs: readonly z.infer<typeof runningRow>[],
  loss: Loss,
): number {
  for (const run of runs) endRun(database, run.id, lostResult(run, loss), { refund: true });
  return runs.length;
}
