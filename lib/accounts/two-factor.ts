import type { Attempts } from "../auth/attempts";
import type { OneTimeCodes } from "../auth/one-time-codes";
import { AppError } from "../errors";
import type { TwoFactorState } from "../schemas/account";
import type { AccountStore, User } from "../store/accounts";
import type { Audit } from "./audit";
import type { Letters } from "./letters";
import type { Owner } from "./owner";

/** Signing in with a code of an authenticator app beside the password, for whoever turns it on. */
export interface TwoFactorAuth {
  state(owner: Owner): Promise<TwoFactorState>;
  /** A new secret to be confirmed by a first code. Throws `conflict` when it is on. */
  begin(owner: Owner): Promise<{ secret: string; uri: string }>;
  /** Turns it on, and ends the other sessions, which began without a code. Answers the recovery codes: nobody can show them again. */
  enable(owner: Owner, code: string): Promise<string[]>;
  /** Throws `forbidden` when the code is wrong. */
  disable(owner: Owner, code: string): Promise<void>;
  /** New recovery codes in place of those that are left. Throws `forbidden` when the code is wrong. */
  renewRecovery(owner: Owner, code: string): Promise<string[]>;
  /** Uses up a code of the app, or a recovery code; `false` when it is none, or was used already. */
  spend(user: User, code: string): Promise<boolean>;
}

interface TwoFactorOptions {
  users: AccountStore;
  codes: OneTimeCodes;
  attempts: Attempts;
  letters: Letters;
  audit: Audit;
  /** Whether admins need it. */
  requiredOfAdmins: boolean;
  clock: () => Date;
}

export function createTwoFactor(options: TwoFactorOptions): TwoFactorAuth {
  const { users, codes, attempts, letters, audit, requiredOfAdmins, clock } = options;

  async function spend({ id }: User, code: string): Promise<boolean> {
    const kept = await users.getTwoFactor(id);
    if (!kept?.since) return false;
    const step = codes.stepOf(id, kept.secret, code, clock());
    if (step !== null) return users.spendStep(id, step);
    return users.spendRecoveryCode(id, codes.recoveryHash(id, code));
  }

  async function demand(owner: Owner, code: string): Promise<void> {
    if (!owner.user.twoFactorSince) throw new AppError("conflict", "Two-factor sign-in is not on.");
    // Counted apart from passwords: a right password must not give new guesses at the code.
    const guess = await attempts.guess({ session: `code of ${owner.user.id}` });
    if (await spend(owner.user, code)) return guess.succeeded();
    throw wrongCode("forbidden");
  }

  return {
    spend,

    async state({ user }) {
      const kept = await users.getTwoFactor(user.id);
      const since = kept?.since ?? null;
      return {
        on: since !== null,
        since: since?.toISOString() ?? null,
        recoveryCodesLeft: since === null ? 0 : (kept?.recovery.length ?? 0),
        required: requiredOfAdmins && user.admin,
      };
    },

    async begin({ user }) {
      const { secret, uri, sealed } = codes.begin(user.id, user.email);
      if (!(await users.beginTwoFactor(user.id, sealed))) {
        throw new AppError("conflict", "Two-factor sign-in is on already; turn it off first.");
      }
      return { secret, uri };
    },

    async enable(owner, code) {
      const { id } = owner.user;
      const begun = await users.getTwoFactor(id);
      if (!begun || begun.since)
        throw new AppError("conflict", "Nothing waits to be confirmed; begin again.");
      const lastStep = codes.stepOf(id, begun.secret, code, clock());
      if (lastStep === null) throw wrongCode("forbidden");
      const { codes: recoveryCodes, hashes } = codes.recovery(id);
      const on = { secret: begun.secret, since: clock(), lastStep, recovery: hashes };
      if (!(await users.enableTwoFactor(id, on))) {
        throw new AppError("conflict", "It was set up anew meanwhile; begin again.");
      }
      await users.deleteSessions(id, owner.session ?? undefined);
      await audit.note("two_factor_on", { actor: id, subject: id }, owner);
      letters.twoFactorChanged(owner.user, true, owner);
      return recoveryCodes;
    },

    async disable(owner, code) {
      await demand(owner, code);
      const { id } = owner.user;
      await users.disableTwoFactor(id);
      await audit.note("two_factor_off", { actor: id, subject: id }, owner);
      letters.twoFactorChanged(owner.user, false, owner);
    },

    async renewRecovery(owner, code) {
      await demand(owner, code);
      const { id } = owner.user;
      const { codes: recoveryCodes, hashes } = codes.recovery(id);
      await users.replaceRecoveryCodes(id, hashes);
      await audit.note("recovery_codes_renewed", { actor: id, subject: id }, owner);
      return recoveryCodes;
    },
  };
}

export function wrongCode(code: "forbidden" | "unauthorized"): AppError {
  const message = "`code` is wrong or was used already; wait for the next one of your app.";
  return new AppError(code, message, { details: [{ path: "code", message }] });
}
