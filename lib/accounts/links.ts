import { createHash } from "node:crypto";
import { nanoid } from "nanoid";
import { AppError } from "../errors";
import type { AccountStore, Token, TokenPurpose } from "../store/accounts";

/** 32 characters of 6 bits: 192 random bits. */
const TOKEN_LENGTH = 32;
const MINUTE_MS = 60_000;
const PLACES: Readonly<Record<TokenPurpose, { path: string; lifetimeMs: number }>> = {
  reset_password: { path: "/reset-password", lifetimeMs: 30 * MINUTE_MS },
  prove_email: { path: "/verify-email", lifetimeMs: 24 * 60 * MINUTE_MS },
  // After a sign-in elsewhere, until the code is typed.
  second_step: { path: "/sign-in", lifetimeMs: 10 * MINUTE_MS },
  change_email: { path: "/verify-email", lifetimeMs: 24 * 60 * MINUTE_MS },
};

export interface Link {
  /** Path and fragment. A fragment is not sent with requests: no log and no `Referer` ever has the token. */
  path: string;
  expiresAt: Date;
}

/** Links that work once. Only their hash is stored. */
export class Links {
  readonly #users: AccountStore;
  readonly #clock: () => Date;

  constructor(users: AccountStore, clock: () => Date) {
    this.#users = users;
    this.#clock = clock;
  }

  /** `email` is what using the link proves; empty when it proves none. */
  async make(user: string, purpose: TokenPurpose, email: string): Promise<Link> {
    const token = nanoid(TOKEN_LENGTH);
    const { path, lifetimeMs } = PLACES[purpose];
    const expiresAt = new Date(this.#clock().getTime() + lifetimeMs);
    await this.#users.createToken({ hash: hashOf(token), user, purpose, email, expiresAt });
    return { path: `${path}#${token}`, expiresAt };
  }

  /** Whom a link is for, without using it up; `null` for one that `spend` would refuse. */
  async peek(token: string, purpose: TokenPurpose): Promise<string | null> {
    return (await this.#users.findToken(hashOf(token), purpose, this.#clock()))?.user ?? null;
  }

  /** Uses a link up. Throws `invalid_request` for one that is unknown, used, expired or for something else. */
  async spend(token: string, ...purposes: readonly TokenPurpose[]): Promise<Token> {
    for (const purpose of purposes) {
      const spent = await this.#users.spendToken(hashOf(token), purpose, this.#clock());
      if (spent) return spent;
    }
    const message = "`token` does not work: the link was used already, has expired or is incomplete.";
    throw new AppError("invalid_request", message, { details: [{ path: "token", message }] });
  }
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
