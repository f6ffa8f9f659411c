import type { Attempts } from "../auth/attempts";
import { demandConfirmed } from "../auth/confirmation";
import { type Requester, suspended } from "../auth/identity";
import type { KnownBrowsers } from "../auth/known-browsers";
import type { PasswordSignIn, VerifiedUser } from "../auth/next-auth";
import { verifyPassword } from "../auth/passwords";
import { AppError } from "../errors";
import { emailSchema } from "../schemas/account";
import type { AccountStore, User } from "../store/accounts";
import type { Audit } from "./audit";
import type { Letters } from "./letters";
import type { Links } from "./links";
import type { Owner } from "./owner";
import { waitsForApproval } from "./sign-up";
import { type TwoFactorAuth, wrongCode } from "./two-factor";

const HOUR_MS = 3_600_000;
/** More addresses than this are guessed at only by somebody who wants to fill our memory. */
const MAX_TOLD = 10_000;

interface PasswordCheckOptions {
  users: AccountStore;
  attempts: Attempts;
  known: KnownBrowsers;
  letters: Letters;
  links: Links;
  twoFactor: Pick<TwoFactorAuth, "spend">;
  audit: Audit;
  contact: string | null;
  clock: () => Date;
}

/** Every place where a password is verified; each guess is counted before it is. */
export interface PasswordCheck {
  /**
   * For signing in; `setCookie` makes the browser known. A wrong password and an unknown address get the same answer. Throws `unauthorized`,
   * `two_factor_required` when the password is right and a code is wanted, `rate_limited`, and `forbidden` for an account that is suspended or waits for approval.
   */
  withPassword(
    given: PasswordSignIn,
    from: Requester,
    headers: Pick<Headers, "get">,
  ): Promise<VerifiedUser & { setCookie: string }>;
  /** The second step of a sign-in elsewhere; throws as `withPassword`. */
  withTicket(
    ticket: string,
    code: string,
    from: Requester,
    headers: Pick<Headers, "get">,
  ): Promise<VerifiedUser & { setCookie: string | null }>;
  /**
   * Throws `forbidden` unless it is the owner's password, and `rate_limited` after wrong ones in this session. An account without a password
   * needs a fresh sign-in instead: else `confirmation_required`.
   */
  confirm(owner: Owner, password: string | undefined, field: string): Promise<void>;
}

export function createPasswordCheck(options: PasswordCheckOptions): PasswordCheck {
  const { users, attempts, known, letters, links, twoFactor, audit, contact, clock } = options;
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

  /** Throws `two_factor_required` without a code and `unauthorized` with a wrong one, where the user has two-factor sign-in on. */
  async function demandSecondStep(user: User, code: string, from: Requester): Promise<void> {
    if (!user.twoFactorSince) return;
    if (code.trim() === "") {
      throw new AppError("two_factor_required", "Type the code of your authenticator app too, as `code`.");
    }
    if (await twoFactor.spend(user, code)) return;
    await audit.note("sign_in_failed", { subject: user.id, detail: "code" }, from);
    throw wrongCode("unauthorized");
  }

  return {
    async withPassword({ email: typed, password, code }, from, headers) {
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
      await demandSecondStep(user, code, from);
      // Not before the code: else whoever knows the password could guess at codes for ever.
      await guess.succeeded();
      if (user.suspendedAt) throw suspended();
      if (user.waiting) throw waitsForApproval(contact);
      return { ...verified, knownBrowser: device !== null, setCookie: known.remember(headers, verified) };
    },

    async withTicket(ticket, code, from, headers) {
      const id = await links.peek(ticket, "second_step");
      const user = id && (await users.getUser(id));
      if (!user) throw new AppError("unauthorized", "This sign-in took too long; begin again.");
      const guess = await attempts.guess({ email: user.email, address: from.address, device: null });
      await demandSecondStep(user, code, from);
      await guess.succeeded();
      await links.spend(ticket, "second_step");
      if (user.suspendedAt) throw suspended();
      if (user.waiting) throw waitsForApproval(contact);
      const { passwordHash } = user;
      return {
        id: user.id,
        setCookie: passwordHash && known.remember(headers, { id: user.id, passwordHash }),
      };
    },

    async confirm({ user, session, confirmedAt }, password, field) {
      if (user.passwordHash === null) return demandConfirmed(confirmedAt, false);
      const guess = await attempts.guess({ session: session ?? user.id });
      if (await verifyPassword(user.passwordHash, password ?? "")) return guess.succeeded();
      const message = `\`${field}\` is not the account's password.`;
      throw new AppError("forbidden", message, { details: [{ path: field, message }] });
    },
  };
}
