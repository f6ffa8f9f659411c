import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import type { Charge, Charged, DayActivity, DayUsage, HourActivity } from "../index";
import { daysBetween, hoursBetween } from "../spans";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { activityRow, countRow, hourRow, usageRow } from "./rows";

export function refundRun(
  database: EmbeddedDatabase,
  account: string,
  day: string,
  ceilings: readonly string[] = [],
): number {
  for (const each of ceilings) refundRun(database, each, day);
  const row = database.get(
    countRow,
    "UPDATE usage SET runs = max(0, runs - 1) WHERE owner = ? AND day = ? RETURNING runs",
    account,
    day,
  );
  return row?.runs ?? 0;
}

/** Call it inside the transaction that stores the run. */
export function chargeRun(
  database: EmbeddedDatabase,
  { account, day, limit, ceilings = [] }: Charge,
): Charged {
  const used = usedOn(database, account, day);
  if (used >= limit) return { accepted: false, used };
  const reached = ceilings.find((ceiling) => usedOn(database, ceiling.account, day) >= ceiling.limit);
  if (reached) return { accepted: false, used, ceiling: reached };
  for (const each of [account, ...ceilings.map((ceiling) => ceiling.account)]) {
    database.run("INSERT INTO usage VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET runs = runs + 1", each, day);
  }
  return { accepted: true, used: used + 1 };
}

function usedOn(database: EmbeddedDatabase, account: string, day: string): number {
  const sql = "SELECT runs FROM usage WHERE owner = ? AND day = ?";
  return database.get(countRow, sql, account, day)?.runs ?? 0;
}

export function usage(database: EmbeddedDatabase, account: string, from: string, to: string): DayUsage[] {
  return database.all(
    usageRow,
    "SELECT day, runs FROM usage WHERE owner = ? AND day BETWEEN ? AND ? AND runs > 0 ORDER BY day",
    account,
    from,
    to,
  );
}

/** Removes the usage of the days before one. A busy day has a row for everybody who ran something. */
export function pruneUsage(database: EmbeddedDatabase, day: string): Promise<number> {
  const some = "SELECT owner, day FROM usage WHERE day < ? LIMIT ?";
  return untilNone(() => database.run(`DELETE FROM usage WHERE (owner, day) IN (${some})`, day, BATCH_ROWS));
}

/** Call it inside a transaction. */
export function moveUsage(database: EmbeddedDatabase, from: string, to: string): void {
  database.run(
    `INSERT INTO usage SELECT ?, day, runs FROM usage WHERE owner = ?
     ON CONFLICT DO UPDATE SET runs = runs + excluded.runs`,
    to,
    from,
  );
  database.run("DELETE FROM usage WHERE owner = ?", from);
}

/** Day by day, because a busy owner has many thousand runs a day and other requests must be served in between. */
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
    await yieldToEventLoop();
  }
  return active;
}

/** Hour by hour; each hour is counted in two indexes alone. */
export async function runsByHour(database: EmbeddedDatabase, from: Date, to: Date): Promise<HourActivity[]> {
  const active: HourActivity[] = [];
  for (const span of hoursBetween(from, to)) {
    const row = database.get(hourRow, HOUR_STATEMENT, span.from, span.to);
    if (row && row.runs > 0) active.push({ hour: span.hour, ...row });
    await yieldToEventLoop();
  }
  return active;
}

export const HOUR_STATEMENT = `
  WITH span (begin, finish) AS (SELECT ?, ?)
  SELECT (SELECT count(*) FROM runs WHERE created_at >= begin AND created_at < finish) AS runs,
    (SELECT count(*) FROM runs WHERE created_at >= begin AND created_at < finish AND status = 'system_error') AS failed
  FROM span`;
