import * as z from "zod";
import type { KeptCount } from "../index";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { date } from "./rows";

export const countRow = z.object({ key: z.string(), points: z.number(), expiresAt: date });

export const SELECT_COUNT = "SELECT key, points, expires_at AS expiresAt FROM counts";

export function loadCounts(database: EmbeddedDatabase, now: Date): KeptCount[] {
  return database.all(countRow, `${SELECT_COUNT} WHERE expires_at > ?`, now.getTime());
}

export function saveCounts(database: EmbeddedDatabase, counts: readonly KeptCount[]): void {
  database.relaxedTransaction(() => {
    for (const { key, points, expiresAt } of counts) {
      if (points === 0) database.run("DELETE FROM counts WHERE key = ?", key);
      else database.run("INSERT OR REPLACE INTO counts VALUES (?, ?, ?)", key, points, expiresAt.getTime());
    }
  });
}

export function pruneCounts(database: EmbeddedDatabase, now: Date): Promise<number> {
  const some = "SELECT key FROM counts WHERE expires_at <= ? LIMIT ?";
  return untilNone(() =>
    database.run(`DELETE FROM counts WHERE key IN (${some})`, now.getTime(), BATCH_ROWS),
  );
}
