import type { Requester } from "../auth/identity";
import type { LinkRequests } from "../auth/link-requests";
import { AppError } from "../errors";
import type { AccountStore, User } from "../store/accounts";
import type { Audit } from "./audit";
import type { Letters } from "./letters";
import type { Links } from "./links";
import type { Owner } from "./owner";

/** Proving and changing an account's e-mail address. */
export interface Addresses {
  /** After a sign-up: a link to who made the account, or a word to who had it already. */
  welcome(made: User | null, email: string): void;
  /** Sends the link again. Throws `conflict` where no mail is sent or nothing is to be proven, and `rate_limited`. */
  sendProof(owner: Owner): Promise<void>;
  /** Proves an address by its link; a new one then counts. Answers the account's address. Throws `invalid_request`. */
  prove(token: string, from: Requester): Promise<string>;
  /** Sends a link to the new address; it counts when that is opened. The caller has checked the password. Throws `conflict`. */
  change(owner: Owner, email: string): Promise<void>;
}

interface AddressesOptions {
  users: AccountStore;
  links: Links;
  letters: Letters;
  requests: LinkRequests;
  audit: Audit;
  clock: () => Date;
}

export function createAddresses(options: AddressesOptions): Addresses {
  const { users, links, letters, requests, audit, clock } = options;

  function demandMail(): void {
    if (letters.sent) return;
    throw new AppError(
      "conflict",
      "This Quicksand sends no mail, so an address cannot be proven and stays as it is.",
    );
  }

  return {
    welcome(made, email) {
      letters.afterwards("prove_email", async () => {
        if (made) letters.proveEmail(made, await links.make(made.id, "prove_email", made.email));
        else {
          const there = await users.findUserByEmail(email);
          if (there) letters.alreadyThere(there);
        }
      });
    },

    async sendProof({ user, address }) {
      demandMail();
      if (user.emailProvenAt) throw new AppError("conflict", `${user.email} is proven already.`);
      await requests.take(address);
      letters.proveEmail(user, await links.make(user.id, "prove_email", user.email));
    },

    async prove(token, from) {
      const { user: id, email, purpose } = await links.spend(token, "prove_email", "change_email");
      const before = await users.getUser(id);
      // Another address has been proven since the link was sent.
      if (!before || (purpose === "prove_email" && before.email !== email)) {
        throw new AppError("conflict", "The account has another address by now.");
      }
      const user = (await users.updateUser(id, { email, emailProvenAt: clock() })) ?? before;
      if (purpose === "change_email") {
        // Links that were sent to the old address.
        await users.deleteTokens(id);
        await audit.note("email_changed", { actor: id, subject: id }, from);
        letters.emailChanged(before, email);
      } else await audit.note("email_proven", { actor: id, subject: id }, from);
      return user.email;
    },

    async change(owner, email) {
      const { user, address } = owner;
      demandMail();
      if (email === user.email) throw new AppError("conflict", `${email} is the account's address already.`);
      await requests.take(address);
      letters.emailIsToChange(user, email, owner);
      await audit.note("email_change_asked", { actor: user.id, subject: user.id }, owner);
      const link = await links.make(user.id, "change_email", email);
      // Whether somebody else has the address is told only to them.
      letters.afterwards("change_email", async () => {
        const there = await users.findUserByEmail(email);
        if (there) letters.alreadyThere(there);
        else letters.proveNewEmail({ name: user.name, email, emailProvenAt: null }, link);
      });
    },
  };
}
