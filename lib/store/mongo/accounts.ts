import type {
  AccountStore,
  ActingAdmin,
  ApiKey,
  AuditEntry,
  Identity,
  PasswordCondition,
  Session,
  SessionUse,
  Token,
  TokenPurpose,
  TwoFactor,
  UsageHeir,
  User,
  UserChange,
} from "../accounts";
import { adminCode, grantAdmin, offerAdminCode, redeemAdminCode } from "./admin-code";
import { listAudit, record } from "./audit";
import type { MongoDatabase } from "./database";
import { createKey, deleteKey, deleteKeys, keyWithOwner, listKeys } from "./keys";
import { assertMayLeave } from "./rights";
import {
  beginTwoFactor,
  disableTwoFactor,
  enableTwoFactor,
  getTwoFactor,
  replaceRecoveryCodes,
  spendRecoveryCode,
  spendStep,
} from "./second-factors";
import {
  confirmSession,
  createSession,
  deleteSession,
  deleteSessions,
  findSession,
  listSessions,
  replacePassword,
} from "./sessions";
import { createToken, deleteTokens, findToken, spendToken } from "./tokens";
import { listUsers, listWaiting } from "./user-list";
import {
  createUser,
  deleteUser,
  findUserByEmail,
  findUserByIdentity,
  getUser,
  updateUser,
  updateUserAs,
} from "./users";

/** Accounts in MongoDB. */
export class MongoAccounts implements AccountStore {
  readonly #database: MongoDatabase;

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  createUser(user: User, former?: string) {
    return this.#database.step((models) => createUser(models, user, former));
  }

  getUser(id: string) {
    return this.#database.step((models) => getUser(models, id));
  }

  findUserByEmail(email: string) {
    return this.#database.step((models) => findUserByEmail(models, email));
  }

  findUserByIdentity(identity: Identity) {
    return this.#database.step((models) => findUserByIdentity(models, identity));
  }

  updateUser(id: string, change: UserChange) {
    return this.#database.step((models) => updateUser(models, id, change));
  }

  updateUserAs(by: ActingAdmin, id: string, change: UserChange) {
    return this.#database.step((models) => updateUserAs(models, by, id, change));
  }

  replacePassword(id: string, passwordHash: string, condition: PasswordCondition) {
    return this.#database.step((models) => replacePassword(models, id, passwordHash, condition));
  }

  assertMayLeave(id: string) {
    return this.#database.step((models) => assertMayLeave(models, id));
  }

  deleteUser(id: string, heir?: UsageHeir) {
    return this.#database.step((models) => deleteUser(models, id, heir));
  }

  async listUsers(query: Parameters<AccountStore["listUsers"]>[0]) {
    return listUsers(this.#database, query);
  }

  listWaiting() {
    return this.#database.step((models) => listWaiting(models));
  }

  offerAdminCode(hash: string) {
    return this.#database.step((models) => offerAdminCode(models, hash));
  }

  adminCode() {
    return this.#database.step((models) => adminCode(models));
  }

  redeemAdminCode(hash: string, user: string) {
    return this.#database.step((models) => redeemAdminCode(models, hash, user));
  }

  grantAdmin(email: string) {
    return this.#database.step((models) => grantAdmin(models, email));
  }

  /** From the collection's metadata: counting documents would take longer with every user. */
  countUsers() {
    return this.#database.step((models) => models.users.estimatedDocumentCount());
  }

  createSession(session: Session, verified?: string) {
    return this.#database.step((models) => createSession(models, session, verified));
  }

  findSession(id: string, now: Date, use: SessionUse = {}) {
    return this.#database.step((models) => findSession(models, id, now, use));
  }

  listSessions(user: string, now: Date, idleMs?: number) {
    return this.#database.step((models) => listSessions(models, user, now, idleMs));
  }

  confirmSession(id: string, now: Date) {
    return this.#database.step((models) => confirmSession(models, id, now));
  }

  deleteSession(id: string, user?: string) {
    return this.#database.step((models) => deleteSession(models, id, user));
  }

  deleteSessions(user: string, except?: string) {
    return this.#database.step((models) => deleteSessions(models, user, except));
  }

  createKey(key: ApiKey, limit: number, session?: string) {
    return this.#database.step((models) => createKey(models, key, limit, session));
  }

  listKeys(owner: string) {
    return this.#database.step((models) => listKeys(models, owner));
  }

  findKey(hash: string, now: Date) {
    return this.#database.step((models) => keyWithOwner(models, hash, now));
  }

  deleteKey(id: string, owner: string) {
    return this.#database.step((models) => deleteKey(models, id, owner));
  }

  deleteKeys(owner: string) {
    return this.#database.step((models) => deleteKeys(models, owner));
  }

  createToken(token: Token) {
    return this.#database.step((models) => createToken(models, token));
  }

  spendToken(hash: string, purpose: TokenPurpose, now: Date) {
    return this.#database.step((models) => spendToken(models, hash, purpose, now));
  }

  findToken(hash: string, purpose: TokenPurpose, now: Date) {
    return this.#database.step((models) => findToken(models, hash, purpose, now));
  }

  deleteTokens(user: string) {
    return this.#database.step((models) => deleteTokens(models, user));
  }

  record(entry: AuditEntry) {
    return this.#database.step((models) => record(models, entry));
  }

  async listAudit(query: Parameters<AccountStore["listAudit"]>[0]) {
    return listAudit(this.#database, query);
  }

  getTwoFactor(user: string) {
    return this.#database.step((models) => getTwoFactor(models, user));
  }

  beginTwoFactor(user: string, secret: string) {
    return this.#database.step((models) => beginTwoFactor(models, user, secret));
  }

  enableTwoFactor(user: string, twoFactor: TwoFactor & { since: Date }) {
    return this.#database.step((models) => enableTwoFactor(models, user, twoFactor));
  }

  spendStep(user: string, step: number) {
    return this.#database.step((models) => spendStep(models, user, step));
  }

  spendRecoveryCode(user: string, hash: string) {
    return this.#database.step((models) => spendRecoveryCode(models, user, hash));
  }

  replaceRecoveryCodes(user: string, hashes: readonly string[]) {
    return this.#database.step((models) => replaceRecoveryCodes(models, user, hashes));
  }

  disableTwoFactor(user: string) {
    return this.#database.step((models) => disableTwoFactor(models, user));
  }
}
