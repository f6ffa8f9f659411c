import * as z from "zod";
import type { TwoFactor } from "../second-factors";
import type { EmbeddedDatabase } from "./database";
import { date, json } from "./rows";

export const twoFactorRow = z.object({
  secret: z.string(),
  since: date.nullable(),
  lastStep: z.number(),
  recovery: json(z.array(z.string())),
});

export const SELECT_TWO_FACTOR = "SELECT secret, since, last_step AS lastStep, recovery FROM two_factor";
/** Of the user with an id. */
export const OF_USER = "user = (SELECT seq FROM users WHERE id = ?)";

export function getTwoFactor(database: EmbeddedDatabase, user: string): TwoFactor | null {
  return database.get(twoFactorRow, `${SELECT_TWO_FACTOR} WHERE ${OF_USER}`, user);
}

export function beginTwoFactor(database: EmbeddedDatabase, user: string, secret: string): boolean {
  const sql = `INSERT INTO two_factor (user, secret, since, last_step, recovery)
    SELECT seq, ?, NULL, 0, '[]' FROM users WHERE id = ?
    ON CONFLICT (user) DO UPDATE SET secret = excluded.secret WHERE since IS NULL`;
  return database.run(sql, secret, user) > 0;
}

export function enableTwoFactor(
  database: EmbeddedDatabase,
  user: string,
  { secret, since, lastStep, recovery }: TwoFactor & { since: Date },
): boolean {
  const sql = `UPDATE two_factor SET since = ?, last_step = ?, recovery = ?
    WHERE ${OF_USER} AND secret = ? AND since IS NULL`;
  return database.run(sql, since.getTime(), lastStep, JSON.stringify(recovery), user, secret) > 0;
}

export function spendStep(database: EmbeddedDatabase, user: string, step: number): boolean {
  const sql = `UPDATE two_factor SET last_step = ? WHERE ${OF_USER} AND since IS NOT NULL AND last_step < ?`;
  return database.run(sql, step, user, step) > 0;
}

export function spendRecoveryCode(database: EmbeddedDatabase, user: string, hash: string): boolean {
  return database.transaction(() => {
    const known = getTwoFactor(database, user);
    if (!known?.since || !known.recovery.includes(hash)) return false;
    const left = known.recovery.filter((each) => each !== hash);
    return replaceRecoveryCodes(database, user, left);
  });
}

export function replaceRecoveryCodes(
  database: EmbeddedDatabase,
  user: string,
  hashes: readonly string[],
): boolean {
  const sql = `UPDATE two_factor SET recovery = ? WHERE ${OF_USER} AND since IS NOT NULL`;
  return database.run(sql, JSON.stringify(hashes), user) > 0;
}

export function disableTwoFactor(database: EmbeddedDatabase, user: string): boolean {
  return database.run(`DELETE FROM two_factor WHERE ${OF_USER}`, user) > 0;
}
