import type * as z from "zod";
import { dayOf } from "../spans";
import { interruptedResult, USAGE_DAYS_KEPT } from "../stored-run";
import { pruneAudit } from "./audit";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { moveUsage, refundRun } from "./quota";
import { positionRow, runningRow } from "./rows";
import { pruneSessions } from "./sessions";
import { pruneTokens } from "./tokens";
import { endRun } from "./write";

export function deleteRuns(database: EmbeddedDatabase, owner: string): Promise<number> {
  return untilNone(() =>
    database.run(
      "DELETE FROM runs WHERE seq IN (SELECT seq FROM runs WHERE owner = ? LIMIT ?)",
      owner,
      BATCH_ROWS,
    ),
  );
}

export async function prune(database: EmbeddedDatabase, now: Date): Promise<number> {
  const pruned = await untilNone(() =>
    database.run(
      "DELETE FROM runs WHERE seq IN (SELECT seq FROM runs WHERE expires_at <= ? LIMIT ?)",
      now.getTime(),
      BATCH_ROWS,
    ),
  );
  const oldest = new Date(now.getTime() - USAGE_DAYS_KEPT * 86_400_000);
  database.run("DELETE FROM usage WHERE day < ?", dayOf(oldest));
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
      `UPDATE runs SET owner = ?, charged_to = iif(charged_to = ?, ?, charged_to), expires_at = created_at + ?
       WHERE owner = ? AND (created_at, id) < (?, ?) AND (created_at, id) >= (?, ?)`,
      to,
      from,
      to,
      retentionMs,
      from,
      end.createdAt,
      end.id,
      last.createdAt,
      last.id,
    );
    end = last;
    return changed;
  });
  if (from !== to) database.transaction(() => moveUsage(database, from, to));
  return total;
}

/** Ends the runs of dead processes, and those in `unsaved`, whose end could not be written at the time. */
export async function closeInterrupted(
  database: EmbeddedDatabase,
  instance: string,
  unsaved: Set<string>,
): Promise<number> {
  const running = `SELECT id, charged_to AS chargedTo, language, created_at AS createdAt,
      json_array_length(request, '$.tests') AS tests
    FROM runs JOIN run_requests ON run = seq WHERE status = 'running'`;
  const closeAll = (runs: readonly z.infer<typeof runningRow>[]) => {
    for (const run of runs) {
      endRun(database, run.id, interruptedResult(run), null);
      if (run.chargedTo !== null) refundRun(database, run.chargedTo, dayOf(run.createdAt));
    }
    return runs.length;
  };
  let closed = 0;
  for (const id of unsaved) {
    closed += database.transaction(() => closeAll(database.all(runningRow, `${running} AND id = ?`, id)));
    unsaved.delete(id);
  }
  closed += await untilNone(() =>
    database.transaction(() =>
      closeAll(database.all(runningRow, `${running} AND instance IS NOT ? LIMIT ?`, instance, BATCH_ROWS)),
    ),
  );
  return closed;
}
