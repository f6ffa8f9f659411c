import * as z from "zod";
import type { TwoFactor } from "../second-factors";
import type { UserRow } from "./account-schemas";
import type { Models } from "./schemas";

const twoFactorSchema = z.object({
  secret: z.string(),
  since: z.date().nullable(),
  lastStep: z.number(),
  recovery: z.array(z.string()),
});

/* It is part of the user's document, so each condition and its change are one write. */

export async function getTwoFactor(models: Models, user: string): Promise<TwoFactor | null> {
  const row = await models.users.findById(user, { twoFactor: 1 }).lean();
  return row && twoFactorOf(row);
}

export function twoFactorOf({
  twoFactor,
}: Pick<UserRow, "twoFactor">): z.infer<typeof twoFactorSchema> | null {
  return twoFactor ? twoFactorSchema.parse(twoFactor) : null;
}

export async function beginTwoFactor(models: Models, user: string, secret: string): Promise<boolean> {
  const begun = { secret, since: null, lastStep: 0, recovery: [] };
  // `null` also fits where there is none.
  return changes(models, { _id: user, "twoFactor.since": null }, { $set: { twoFactor: begun } });
}

export async function enableTwoFactor(
  models: Models,
  user: string,
  twoFactor: TwoFactor & { since: Date },
): Promise<boolean> {
  const begun = { _id: user, "twoFactor.since": null, "twoFactor.secret": twoFactor.secret };
  return changes(models, begun, { $set: { twoFactor } });
}

export async function spendStep(models: Models, user: string, step: number): Promise<boolean> {
  const unused = { ...isOn(user), "twoFactor.lastStep": { $lt: step } };
  return changes(models, unused, { $set: { "twoFactor.lastStep": step } });
}

export async function spendRecoveryCode(models: Models, user: string, hash: string): Promise<boolean> {
  const kept = { ...isOn(user), "twoFactor.recovery": hash };
  return changes(models, kept, { $pull: { "twoFactor.recovery": hash } });
}

export async function replaceRecoveryCodes(
  models: Models,
  user: string,
  hashes: readonly string[],
): Promise<boolean> {
  return changes(models, isOn(user), { $set: { "twoFactor.recovery": hashes } });
}

export async function disableTwoFactor(models: Models, user: string): Promise<boolean> {
  return changes(models, { _id: user, twoFactor: { $exists: true } }, { $unset: { twoFactor: 1 } });
}

function isOn(user: string) {
  return { _id: user, "twoFactor.since": { $ne: null } };
}

async function changes(models: Models, filter: object, change: object): Promise<boolean> {
  return (await models.users.updateOne(filter, change)).matchedCount > 0;
}
