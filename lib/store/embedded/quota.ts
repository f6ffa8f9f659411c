import { setImmediate as yieldToOthers } from "node:timers/promises";
import type { DayActivity, DayUsage } from "../index";
import { daysBetween } from "../kept";
import type { EmbeddedDatabase } from "./database";
import { activityRow, countRow, usageRow } from "./rows";

export function countRun(database: EmbeddedDatabase, owner: string, day: string, change: 1 | -1): number {
  const row = database.get(
    countRow,
    `INSERT INTO usage VALUES (?, ?, max(0, ?))
     ON CONFLICT DO UPDATE SET runs = max(0, runs + ?) RETURNING runs`,
    owner,
    day,
    change,
    change,
  );
  return row?.runs ?? 0;
}

export function chargeRun(database: EmbeddedDatabase, owner: string, day: string, limit: number) {
  const charged =
    limit < 1
      ? null
      : database.get(
          countRow,
          `INSERT INTO usage VALUES (?, ?, 1)
           ON CONFLICT DO UPDATE SET runs = runs + 1 WHERE runs < ? RETURNING runs`,
          owner,
          day,
          limit,
        );
  if (charged) return { accepted: true, used: charged.runs };
  const row = database.get(countRow, "SELECT runs FROM usage WHERE owner = ? AND day = ?", owner, day);
  return { accepted: false, used: row?.runs ?? 0 };
}

export function usage(database: EmbeddedDatabase, owner: string, from: string, to: string): DayUsage[] {
  return database.all(
    usageRow,
    "SELECT day, runs FROM usage WHERE owner = ? AND day BETWEEN ? AND ? AND runs > 0 ORDER BY day",
    owner,
    from,
    to,
  );
}

/** To be called in a transaction. */
export function moveUsage(database: EmbeddedDatabase, from: string, to: string): void {
  database.run(
    `INSERT INTO usage SELECT ?, day, runs FROM usage WHERE owner = ?
     ON CONFLICT DO UPDATE SET runs = runs + excluded.runs`,
    to,
    from,
  );
  database.run("DELETE FROM usage WHERE owner = ?", from);
}

/** Day by day: a busy owner has many thousand runs on each. */
export async function activity(
  database: EmbeddedDatabase,
  owner: string,
  from: Date,
  to: Date,
): Promise<DayActivity[]> {
  const active: DayActivity[] = [];
  for (const span of daysBetween(from, to)) {
    const row = database.get(
      activityRow,
      `SELECT count(*) AS runs, sum(status = 'success') AS succeeded, avg(duration_ms) AS averageMs,
         max(duration_ms) AS slowestMs
       FROM runs WHERE owner = ? AND created_at >= ? AND created_at < ?`,
      owner,
      span.from,
      span.to,
    );
    if (row && row.runs > 0) {
      active.push({
        day: span.day,
        runs: row.runs,
        succeeded: row.succeeded ?? 0,
        averageMs: row.averageMs ?? 0,
        slowestMs: row.slowestMs ?? 0,
      });
    }
    await yieldToOthers();
  }
  return active;
}
