import type { Attempts } from "../auth/attempts";
import { type Requester, suspended } from "../auth/identity";
import type { KnownBrowsers } from "../auth/known-browsers";
import type { VerifiedUser } from "../auth/next-auth";
import { verifyPassword } from "../auth/passwords";
import { AppError } from "../errors";
import { emailSchema } from "../schemas/account";
import type { AccountStore } from "../store/accounts";
import type { Audit } from "./audit";
import type { Letters } from "./letters";
import type { Owner } from "./owner";
import { waitsForApproval } from "./sign-up";

const HOUR_MS = 3_600_000;
/** More addresses than this are guessed at only by somebody who wants to fill our memory. */
const MAX_TOLD = 10_000;

interface PasswordCheckOptions {
  users: AccountStore;
  attempts: Attempts;
  known: KnownBrowsers;
  letters: Letters;
  audit: Audit;
  contact: string | null;
  clock: () => Date;
}

/** Every place where a password is verified; each guess is counted before it is. */
export interface PasswordCheck {
  /**
   * For signing in; `setCookie` makes the browser known. A wrong password and an unknown address get the same answer. Throws `unauthorized`,
   * `rate_limited`, and `forbidden` for an account that is suspended or waits for approval.
   */
  withPassword(
    typed: string,
    password: string,
    from: Requester,
    headers: Pick<Headers, "get">,
  ): Promise<VerifiedUser & { setCookie: string }>;
  /** Throws `forbidden` unless it is the owner's password, and `rate_limited` after wrong ones in this session. */
  confirm(owner: Owner, password: string | undefined, field: string): Promise<void>;
}

export function createPasswordCheck(options: PasswordCheckOptions): PasswordCheck {
  const { users, attempts, known, letters, audit, contact, clock } = options;
  const told = new Map<string, number>();

  /** Tells the owner, once an hour, that guesses at their password made everybody wait. */
  function tellLockedOut(email: string, from: Requester): void {
    const hour = Math.floor(clock().getTime() / HOUR_MS);
    if (told.get(email) === hour) return;
    if (told.size >= MAX_TOLD) told.clear();
    told.set(email, hour);
    letters.afterwards("locked_out", async () => {
      const user = await users.findUserByEmail(email);
      if (user) letters.lockedOut(user, from);
    });
  }

  return {
    async withPassword(typed, password, from, headers) {
      const parsed = emailSchema.safeParse(typed);
      const email = parsed.success ? parsed.data : typed.slice(0, 300).toLowerCase();
      const user = parsed.success ? await users.findUserByEmail(email) : null;
      const passwordHash = user?.passwordHash ?? null;
      const verified = user && passwordHash !== null ? { id: user.id, passwordHash } : null;
      const device = verified && known.deviceOf(headers, verified);
      const guess = await attempts
        .guess({ email, address: from.address, device })
        .catch((refusal: unknown) => {
          tellLockedOut(email, from);
          throw refusal;
        });
      const right = await verifyPassword(passwordHash, password);
      if (!user || !verified || !right) {
        await audit.note("sign_in_failed", { subject: user?.id ?? null }, from);
        throw new AppError("unauthorized", "The e-mail address or the password is wrong.");
      }
      await guess.succeeded();
      if (user.suspendedAt) throw suspended();
      if (user.waiting) throw waitsForApproval(contact);
      return { ...verified, setCookie: known.remember(headers, verified) };
    },

    async confirm({ user, session }, password, field) {
      if (user.passwordHash === null) return;
      const guess = await attempts.guess({ session: session ?? user.id });
      if (await verifyPassword(user.passwordHash, password ?? "")) return guess.succeeded();
      const message = `\`${field}\` is not the account's password.`;
      throw new AppError("forbidden", message, { details: [{ path: field, message }] });
    },
  };
}
