import { nanoid } from "nanoid";
import type { Pseudonyms } from "../auth/address";
import { createAttempts } from "../auth/attempts";
import { refuseCommonPassword } from "../auth/common-passwords";
import type { Identity, Requester } from "../auth/identity";
import type { KnownBrowsers } from "../auth/known-browsers";
import { createLinkRequests } from "../auth/link-requests";
import type { SignIns } from "../auth/next-auth";
import type { OneTimeCodes } from "../auth/one-time-codes";
import { hashPassword } from "../auth/passwords";
import { sessionId } from "../auth/sessions";
import { AppError } from "../errors";
import type { MakeLimiter } from "../limiters";
import type { Logger } from "../log";
import type { Mailer } from "../mail";
import { type Plans, quotaDay } from "../plans";
import type { Programs } from "../programs";
import type { Queue } from "../queue";
import type { Runs } from "../runs";
import type { SandboxFront } from "../sandbox/sandbox";
import type {
  Account,
  PasswordChange,
  PreferencesChange,
  SignInWay,
  SignUp,
  SignUpMode,
} from "../schemas/account";
import { preferencesSchema } from "../schemas/account";
import type { Preferences } from "../schemas/preferences";
import { asLine } from "../schemas/text";
import type { Store } from "../store";
import type { User } from "../store/accounts";
import { type Addresses, createAddresses } from "./addresses";
import { type Admin, createAdmin } from "./admin";
import { AdminCode } from "./admin-code";
import { type ApiKeys, createApiKeys } from "./api-keys";
import { Audit } from "./audit";
import { createBeginSession } from "./begin-session";
import { createIdentitySignIn } from "./identity-sign-in";
import { Letters } from "./letters";
import { Links } from "./links";
import { createModeration, type Moderation } from "./moderation";
import type { Owner } from "./owner";
import { createPasswordCheck } from "./password-check";
import { createRecovery, type Recovery } from "./recovery";
import { createSessionList, type SessionList } from "./sessions";
import { signUpClosed } from "./sign-up";
import { createTwoFactor, type TwoFactorAuth } from "./two-factor";
import { accountView } from "./view";

export interface AccountsOptions {
  store: Store;
  runs: Pick<Runs, "adopt" | "removeAll">;
  programs: Pick<Programs, "adopt" | "removeAll">;
  queue: Queue;
  sandbox: SandboxFront;
  plans: Plans;
  /** Makes what attempts are counted with; by default they are forgotten with the process. */
  makeLimiter?: MakeLimiter;
  /** What is remembered in place of addresses. */
  pseudonyms: Pseudonyms;
  /** Where set, the only address whose account the first admin's code works for. */
  adminEmail: string | undefined;
  signUpMode: SignUpMode;
  contact: string | null;
  known: KnownBrowsers;
  sessionIdleMs: number;
  /** Whether admins need two-factor sign-in for what admins do. */
  adminTwoFactor: "optional" | "required";
  codes: OneTimeCodes;
  mailer: Mailer;
  /** Where the links in mail lead. */
  publicUrl: string | undefined;
  log: Logger;
  /** Ways to sign in that are configured. */
  offered: readonly SignInWay[];
  /** What the OpenID Connect provider is called, where there is one. */
  oidcName: string | null;
  clock?: () => Date;
}

/** What people can do with their accounts; what admins can do with others' is in `admin`. */
export interface Accounts {
  /**
   * Makes an account unless the e-mail address has one; the caller cannot tell which happened. Throws `rate_limited`, `forbidden` where nobody
   * may sign up, and `invalid_request` for a wrong admin code.
   */
  signUp(input: SignUp, from: Requester): Promise<void>;
  /** What next-auth needs for one request; `identity` is the requester before signing in. */
  signIns(identity: Identity, headers: Pick<Headers, "get">): SignIns;
  /** Prints the first admin's code while there is none. */
  begin(): Promise<void>;
  close(): void;
  /** Throws `invalid_request` when it is not the code, and `conflict` when somebody else was faster. */
  redeemAdminCode(owner: Owner, code: string): Promise<Account>;
  view(identity: Identity): Account;
  rename(owner: Owner, name: string): Promise<Account>;
  /** Notes for the session that the password was given. Throws `forbidden` when it is wrong, `conflict` when the account has none. */
  confirm(owner: Owner, password: string): Promise<void>;
  /** Ends all other sessions too; answers the `Set-Cookie` by which the browser stays known. Throws `forbidden` when the current password is wrong. */
  changePassword(owner: Owner, change: PasswordChange, headers: Pick<Headers, "get">): Promise<string>;
  setPreferences(owner: Owner, change: PreferencesChange): Promise<Preferences>;
  /** Removes the account with all its runs and programs, for good. Throws `forbidden` when the confirmation is wrong, `conflict` for the last admin. */
  remove(owner: Owner, confirmation: { email: string; password?: string | undefined }): Promise<void>;
  /** What is stored of the account apart from its runs and programs. */
  exported(owner: Owner): Promise<object>;
  keys: ApiKeys;
  sessions: SessionList;
  recovery: Recovery;
  twoFactor: Omit<TwoFactorAuth, "spend">;
  addresses: Omit<Addresses, "welcome" | "change">;
  /** Throws `forbidden` when the password is wrong, and as `Addresses.change` does. */
  changeEmail(owner: Owner, change: { email: string; password?: string | undefined }): Promise<void>;
  admin: Admin;
  moderation: Moderation;
}

export function createAccounts(options: AccountsOptions): Accounts {
  const { store, runs, programs, plans, pseudonyms, signUpMode, contact, known } = options;
  const { clock = () => new Date() } = options;
  const users = store.accounts;
  const attempts = createAttempts(options.makeLimiter);
  const audit = new Audit(users, clock);
  const letters = new Letters(options.mailer, options.publicUrl, options.log);
  const links = new Links(users, clock);
  const keys = createApiKeys({ users, plans, audit, letters, clock });
  const mailed = { users, links, letters, requests: createLinkRequests(options.makeLimiter), audit, clock };
  const addresses = createAddresses(mailed);
  const requiredOfAdmins = options.adminTwoFactor === "required";
  const twoFactor = createTwoFactor({ ...mailed, codes: options.codes, attempts, requiredOfAdmins });
  const { withPassword, withTicket, confirm } = createPasswordCheck({
    users,
    attempts,
    known,
    letters,
    links,
    twoFactor,
    audit,
    contact,
    clock,
  });
  const adminCode = new AdminCode({ ...options, users });
  const view = (identity: Identity) =>
    accountView(identity, options, {
      mail: letters.sent,
      signUp: { mode: signUpMode, contact, adminWanted: adminCode.wanted },
    });

  function newUser(
    email: string,
    name: string,
    address: string,
    rest: Pick<User, "passwordHash" | "identities">,
  ): User {
    return {
      id: `user_${nanoid()}`,
      email,
      emailProvenAt: null,
      name: asLine(name) || (email.split("@")[0] ?? email),
      plan: "free",
      madeFrom: pseudonyms.networkOf(address),
      admin: false,
      suspendedAt: null,
      waiting: signUpMode !== "open",
      preferences: {},
      twoFactorSince: null,
      createdAt: clock(),
      lastSeenAt: null,
      ...rest,
    };
  }

  const withIdentity = createIdentitySignIn({
    ...{ users, audit, signUpMode },
    async create(email, name, identity, { address }) {
      const made = newUser(email, name, address, { passwordHash: null, identities: [identity] });
      const user = { ...made, emailProvenAt: made.createdAt };
      return (await users.createUser(user, pseudonyms.formerOf(email))) ? user : null;
    },
  });

  const beginSession = createBeginSession({ ...options, users, letters, audit, clock });

  return {
    async signUp({ email, password, name = "", adminCode: typed = "" }, from) {
      await attempts.signUp(from.address);
      const code = typed === "" ? null : await adminCode.check(typed, email);
      if (signUpMode === "closed" && code === null) throw signUpClosed(contact);
      await refuseCommonPassword(password, "password", email);
      // Hashed in any case: the response time must not reveal whether the address has an account.
      const user = newUser(email, name, from.address, {
        passwordHash: await hashPassword(password),
        identities: [],
      });
      const made = await users.createUser(user, pseudonyms.formerOf(user.email));
      addresses.welcome(made ? user : null, email);
      const subject = made ? user.id : null;
      await audit.note(made ? "sign_up" : "sign_up_refused", { actor: subject, subject }, from);
      if (made && code !== null && (await adminCode.redeem(code, user.id))) {
        await audit.note("admin_code_used", { actor: user.id, subject: user.id }, from);
      }
    },

    begin: () => adminCode.offer(),
    close: () => adminCode.close(),

    async redeemAdminCode(owner, typed) {
      const { user } = owner;
      const code = await adminCode.check(typed, user.email);
      if (!(await adminCode.redeem(code, user.id))) {
        throw new AppError("conflict", "Somebody else has become the admin with this code meanwhile.");
      }
      await audit.note("admin_code_used", { actor: user.id, subject: user.id }, owner);
      return view({ ...owner, user: { ...user, admin: true } });
    },

    signIns: (identity, headers) => ({
      withPassword: (given) => withPassword(given, identity, headers),
      withTicket: (ticket, code) => withTicket(ticket, code, identity, headers),
      async secondStep(id) {
        const user = await users.getUser(id);
        return user?.twoFactorSince ? (await links.make(id, "second_step", "")).path : null;
      },
      withIdentity: (way, profile) => withIdentity(way, profile, identity),
      begin: (user, way) => beginSession(user, way, identity),
      async end(token) {
        const ended = await users.deleteSession(sessionId(token));
        const { id } = identity.viewer;
        if (ended) await audit.note("sign_out", { actor: id, subject: id }, identity);
      },
    }),

    view,

    async rename(owner, name) {
      const user = await users.updateUser(owner.user.id, { name: name || owner.user.name });
      return view({ ...owner, user: user ?? owner.user });
    },

    async confirm(owner, password) {
      // Another request of this session must not stand in for the sign-in that is wanted.
      if (owner.user.passwordHash === null) {
        throw new AppError("conflict", "This account has no password; sign in again instead.");
      }
      await confirm(owner, password, "password");
      if (owner.session) await users.confirmSession(owner.session, clock());
    },

    async changePassword(owner, { currentPassword, newPassword, revokeKeys }, headers) {
      await refuseCommonPassword(newPassword, "newPassword", owner.user.email);
      await confirm(owner, currentPassword, "currentPassword");
      const { id, passwordHash: verified } = owner.user;
      const condition = { verified, keep: owner.session };
      const passwordHash = await hashPassword(newPassword);
      if (!(await users.replacePassword(id, passwordHash, condition))) {
        throw new AppError(
          "conflict",
          "The password was changed by somebody else meanwhile; nothing was changed.",
        );
      }
      // An intruder who knew the old password may have requested a change of e-mail address with it.
      await users.deleteTokens(id);
      await audit.note("password_changed", { actor: id, subject: id }, owner);
      if (owner.session) await users.confirmSession(owner.session, clock());
      if (revokeKeys) await keys.revokeAll(owner);
      letters.passwordChanged(owner.user, owner);
      return known.remember(headers, { id, passwordHash });
    },

    async setPreferences({ user }, change) {
      const preferences = { ...user.preferences };
      Object.assign(
        preferences,
        Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
      );
      await users.updateUser(user.id, { preferences });
      return preferencesSchema.parse(preferences);
    },

    async remove(owner, { email, password }) {
      const { user, viewer } = owner;
      if (email !== user.email) {
        const message = "`email` is not the account's address; type it to confirm.";
        throw new AppError("forbidden", message, { details: [{ path: "email", message }] });
      }
      await confirm(owner, password, "password");
      // Asked before anything is removed; `deleteUser` has the last word.
      await users.assertMayLeave(user.id);
      const removeAll = () =>
        Promise.all([
          runs.removeAll(viewer),
          programs.removeAll(viewer),
          store.sessionFiles.removeAll(viewer.id),
        ]);
      await removeAll();
      await users.deleteUser(user.id, {
        account: pseudonyms.formerOf(user.email),
        since: quotaDay(clock()).day,
      });
      // What was accepted in between.
      await removeAll();
      await audit.note("account_deleted", { actor: user.id, subject: user.id }, owner);
    },

    async exported(owner) {
      const { user } = owner;
      const [kept, log] = await Promise.all([users.listKeys(user.id), audit.ownView(user.id)]);
      await audit.note("data_exported", { actor: user.id, subject: user.id }, owner);
      const { passwordHash: _, ...profile } = user;
      return { profile, keys: kept.map(({ hash: __, ...key }) => key), log };
    },

    keys,
    recovery: createRecovery(mailed),
    twoFactor,
    addresses,
    async changeEmail(owner, { email, password }) {
      await confirm(owner, password, "password");
      await addresses.change(owner, email);
    },
    sessions: createSessionList({ ...options, users, audit, clock }),
    admin: createAdmin({ ...options, audit, clock }),
    moderation: createModeration({ store, audit, letters, clock }),
  };
}
