import { randomUUID } from "node:crypto";
import { AppError } from "../../errors";
import type { Token, TokenPurpose } from "../accounts";
import { tokenOf } from "./account-rows";
import { TOKENS_OF_USER } from "./account-schemas";
import { isDuplicate } from "./database";
import type { Models } from "./schemas";

export async function createToken(models: Models, { hash, ...token }: Token): Promise<void> {
  if (!(await models.users.exists({ _id: token.user }))) return;
  const attempt = randomUUID();
  try {
    await models.tokens.insertMany([{ _id: hash, attempt, ...token }]);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // The driver resends a write whose answer was lost, so the duplicate may be our own.
    if (await models.tokens.exists({ _id: hash, attempt })) return;
    throw new AppError("conflict", "There is a token of this hash already.");
  }
}

export async function findToken(
  models: Models,
  hash: string,
  purpose: TokenPurpose,
  now: Date,
): Promise<Token | null> {
  const row = await models.tokens.findOne({ _id: hash, purpose, expiresAt: { $gt: now } }).lean();
  if (!row || !(await models.users.exists({ _id: row.user }))) return null;
  return tokenOf(row);
}

/** Whoever removes the row has it: of concurrent calls one. */
export async function spendToken(
  models: Models,
  hash: string,
  purpose: TokenPurpose,
  now: Date,
): Promise<Token | null> {
  const token = await findToken(models, hash, purpose, now);
  if (!token || (await models.tokens.deleteOne({ _id: hash })).deletedCount === 0) return null;
  await models.tokens.deleteMany({ user: token.user, purpose }, { hint: TOKENS_OF_USER });
  return token;
}

export async function deleteTokens(models: Models, user: string): Promise<number> {
  return (await models.tokens.deleteMany({ user }, { hint: TOKENS_OF_USER })).deletedCount;
}
