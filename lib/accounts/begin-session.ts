import { shortNetwork } from "../auth/address";
import type { Identity, Requester } from "../auth/identity";
import type { VerifiedUser } from "../auth/next-auth";
import { newSession, SESSION_S } from "../auth/sessions";
import { AppError } from "../errors";
import { type Plans, retentionMs } from "../plans";
import type { Programs } from "../programs";
import type { Runs } from "../runs";
import type { SignInWay } from "../schemas/account";
import type { AccountStore } from "../store/accounts";
import type { Audit } from "./audit";
import type { Letters } from "./letters";

interface BeginSessionOptions {
  users: AccountStore;
  runs: Pick<Runs, "adopt">;
  programs: Pick<Programs, "adopt">;
  plans: Plans;
  letters: Letters;
  audit: Audit;
  clock: () => Date;
}

/**
 * Signs in whoever was verified, and answers the session's token. The session that asked ends, a guest's runs and programs become the account's, and a
 * browser that is new to the account is told by mail. Throws `unauthorized` when the password was changed or the account deleted meanwhile.
 */
export function createBeginSession(options: BeginSessionOptions) {
  const { users, runs, programs, plans, letters, audit, clock } = options;

  /**
   * Where the browser's cookie does not tell, a session of a browser that calls itself the same does. The first sign-in of all, after the
   * sign-up, is as good as known.
   */
  async function wasUsedBefore({ id, knownBrowser }: VerifiedUser, { browser }: Requester, now: Date) {
    if (knownBrowser) return true;
    if ((await users.getUser(id))?.lastSeenAt === null) return true;
    if (knownBrowser === false) return false;
    return (await users.listSessions(id, now)).some((session) => session.browser === browser);
  }

  return async (verified: VerifiedUser, way: SignInWay, before: Identity): Promise<string> => {
    const { token, id: session } = newSession();
    const now = clock();
    const { id, passwordHash } = verified;
    const isNews = letters.sent && !(await wasUsedBefore(verified, before, now));
    const expiresAt = new Date(now.getTime() + SESSION_S * 1_000);
    const begun = await users.createSession(
      {
        ...{ id: session, user: id, createdAt: now, expiresAt, lastSeenAt: now, confirmedAt: now },
        ...{ browser: before.browser, network: shortNetwork(before.address) },
      },
      passwordHash,
    );
    const user = begun && (await users.updateUser(id, { lastSeenAt: now }));
    if (!user) {
      throw new AppError("unauthorized", "The password was changed, or the account deleted, meanwhile.");
    }
    if (isNews) letters.signedIn(user, before);
    if (before.session) await users.deleteSession(before.session);
    if (!before.user) {
      const viewer = { id, plan: user.plan, account: id };
      await runs.adopt(before.viewer, viewer, retentionMs(plans[user.plan]));
      await programs.adopt(before.viewer, viewer);
    }
    await audit.note("sign_in", { actor: id, subject: id, detail: way }, before);
    return token;
  };
}
