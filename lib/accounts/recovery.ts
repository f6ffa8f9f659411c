import { refuseCommonPassword } from "../auth/common-passwords";
import type { Requester } from "../auth/identity";
import type { LinkRequests } from "../auth/link-requests";
import { hashPassword } from "../auth/passwords";
import { AppError, notFound } from "../errors";
import type { PasswordReset } from "../schemas/account";
import type { AccountStore, User } from "../store/accounts";
import type { Audit } from "./audit";
import type { Letters } from "./letters";
import type { Link, Links } from "./links";

/** The way back into an account whose password is forgotten. */
export interface Recovery {
  /**
   * Sends a link when the address has an account. The answer, and the time it takes, is the same when it has none. Throws `conflict` where
   * no mail is sent, and `rate_limited`.
   */
  forgot(email: string, from: Requester): Promise<void>;
  /**
   * Sets a password by a link; ends all sessions and, where the link is the first proof of the address, the keys and the two-factor sign-in
   * of whoever made the account. Throws `invalid_request` for a link that does not work.
   */
  reset(reset: PasswordReset, from: Requester): Promise<void>;
  /** A link for an admin to hand over. The caller has checked that it is an admin. */
  linkFor(admin: User, id: string, from: Requester): Promise<Link>;
}

interface RecoveryOptions {
  users: AccountStore;
  links: Links;
  letters: Letters;
  requests: LinkRequests;
  audit: Audit;
  clock: () => Date;
}

export function createRecovery(options: RecoveryOptions): Recovery {
  const { users, links, letters, requests, audit, clock } = options;

  async function sendLink(email: string, from: Requester): Promise<void> {
    const user = await users.findUserByEmail(email);
    await audit.note("password_forgotten", { subject: user?.id ?? null }, from);
    if (!user || user.suspendedAt) return;
    letters.resetPassword(user, await links.make(user.id, "reset_password", user.email), from);
  }

  return {
    async forgot(email, from) {
      if (!letters.sent) {
        throw new AppError(
          "conflict",
          "This Quicksand sends no mail; ask whoever runs it for a link to choose another password.",
        );
      }
      await requests.take(from.address);
      letters.afterwards("reset_password", () => sendLink(email, from));
    },

    async reset({ token, newPassword, revokeKeys }, from) {
      await refuseCommonPassword(newPassword, "newPassword");
      const passwordHash = await hashPassword(newPassword);
      const { user: id, email } = await links.spend(token, "reset_password");
      const user = await users.getUser(id);
      if (!user) throw notFound("account");
      const condition = { verified: user.passwordHash, keep: null };
      if (!(await users.replacePassword(id, passwordHash, condition))) {
        throw new AppError("conflict", "The password was changed meanwhile; ask for another link.");
      }
      await users.deleteTokens(id);
      // A link that came by mail to the address that the account still has.
      const proves = email === user.email;
      // Who made the account may be somebody else than who has the mailbox: nothing of theirs may stay in it.
      const handedOver = proves && user.emailProvenAt === null;
      if (revokeKeys || handedOver) await users.deleteKeys(id);
      if (handedOver) await users.disableTwoFactor(id);
      if (proves) await users.updateUser(id, { emailProvenAt: clock() });
      const detail = handedOver ? "it proved the address: keys and two-factor sign-in ended" : "";
      await audit.note("password_reset", { actor: id, subject: id, detail }, from);
      letters.passwordChanged(user, from);
    },

    async linkFor(admin, id, from) {
      const user = await users.getUser(id);
      if (!user) throw notFound("account");
      const link = await links.make(id, "reset_password", "");
      await audit.note("admin_reset_link", { actor: admin.id, subject: id }, from);
      return link;
    },
  };
}
