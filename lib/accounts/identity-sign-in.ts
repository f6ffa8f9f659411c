import type { Requester } from "../auth/identity";
import type { OAuthProblem, VerifiedUser } from "../auth/next-auth";
import type { ProfileElsewhere } from "../auth/providers";
import { emailSchema, newEmailSchema, type SignUpMode } from "../schemas/account";
import type { AccountStore, Identity, User } from "../store/accounts";
import type { Audit } from "./audit";

interface IdentitySignInOptions {
  users: AccountStore;
  audit: Audit;
  signUpMode: SignUpMode;
  /** Makes an account with a proven address and no password; `null` when address or identity are taken meanwhile. */
  create(email: string, name: string, identity: Identity, from: Requester): Promise<User | null>;
}

const MAX_NAME_CHARS = 80;

/**
 * Finds, links or makes the account of somebody whom another site has let in. An account is only ever found by its e-mail address when both
 * sides have proved it: the other site says that it has, and here the address is proven or nobody can sign in with a password that somebody
 * else may have chosen before the owner of the address came.
 */
export function createIdentitySignIn({ users, audit, signUpMode, create }: IdentitySignInOptions) {
  async function link(user: User, identity: Identity, from: Requester): Promise<VerifiedUser | OAuthProblem> {
    if (user.suspendedAt) return "AccountSuspended";
    if (user.passwordHash !== null && user.emailProvenAt === null) return "OAuthAccountNotLinked";
    const linked = await users.updateUser(user.id, { identities: [...user.identities, identity] });
    if (!linked) return "OAuthAccountNotLinked";
    await audit.note("identity_linked", { actor: user.id, subject: user.id, detail: identity.way }, from);
    return signedIn(user);
  }

  return async (
    way: Identity["way"],
    profile: ProfileElsewhere,
    from: Requester,
  ): Promise<VerifiedUser | OAuthProblem> => {
    const identity = { way, id: profile.id };
    const known = await users.findUserByIdentity(identity);
    if (known) return known.suspendedAt ? "AccountSuspended" : signedIn(known);
    const email = emailSchema.safeParse(profile.email ?? "");
    if (!email.success || !profile.emailVerified) return "EmailNotVerified";
    const there = await users.findUserByEmail(email.data);
    if (there) return link(there, identity, from);
    if (signUpMode === "closed") return "SignUpClosed";
    if (!newEmailSchema.safeParse(email.data).success) return "AddressNotPlain";
    const name = [...profile.name].slice(0, MAX_NAME_CHARS).join("");
    const user = await create(email.data, name, identity, from);
    if (!user) return "OAuthAccountNotLinked";
    await audit.note("sign_up", { actor: user.id, subject: user.id, detail: way }, from);
    return signedIn(user);
  };
}

/** Where admins approve accounts, one that is new waits. */
function signedIn({ id, waiting }: User): VerifiedUser | OAuthProblem {
  return waiting ? "AccountWaits" : { id };
}
