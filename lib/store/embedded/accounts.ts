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
import type { EmbeddedDatabase } from "./database";
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
import { countUsers, listUsers, listWaiting } from "./user-list";
import {
  createUser,
  deleteUser,
  findUserByEmail,
  findUserByIdentity,
  getUser,
  updateUser,
  updateUserAs,
} from "./users";

/** Accounts in the embedded database. Every method but a search is one short synchronous step. */
export class EmbeddedAccounts implements AccountStore {
  readonly #database: EmbeddedDatabase;

  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }

  async createUser(user: User, former?: string) {
    return createUser(this.#database, user, former);
  }

  async getUser(id: string) {
    return getUser(this.#database, id);
  }

  async findUserByEmail(email: string) {
    return findUserByEmail(this.#database, email);
  }

  async findUserByIdentity(identity: Identity) {
    return findUserByIdentity(this.#database, identity);
  }

  async updateUser(id: string, change: UserChange) {
    return updateUser(this.#database, id, change);
  }

  async updateUserAs(by: ActingAdmin, id: string, change: UserChange) {
    return updateUserAs(this.#database, by, id, change);
  }

  async replacePassword(id: string, passwordHash: string, condition: PasswordCondition) {
    return replacePassword(this.#database, id, passwordHash, condition);
  }

  async assertMayLeave(id: string) {
    assertMayLeave(this.#database, id);
  }

  async deleteUser(id: string, heir?: UsageHeir) {
    const deleted = deleteUser(this.#database, id, heir);
    if (deleted) await this.#database.tidy();
    return deleted;
  }

  listUsers(query: Parameters<AccountStore["listUsers"]>[0]) {
    return listUsers(this.#database, query);
  }

  async listWaiting() {
    return listWaiting(this.#database);
  }

  async offerAdminCode(hash: string) {
    return offerAdminCode(this.#database, hash);
  }

  async adminCode() {
    return adminCode(this.#database);
  }

  async redeemAdminCode(hash: string, user: string) {
    return redeemAdminCode(this.#database, hash, user);
  }

  async grantAdmin(email: string) {
    return grantAdmin(this.#database, email);
  }

  async countUsers() {
    return countUsers(this.#database);
  }

  async createSession(session: Session, verified?: string) {
    return createSession(this.#database, session, verified);
  }

  async findSession(id: string, now: Date, use: SessionUse = {}) {
    return findSession(this.#database, id, now, use);
  }

  async listSessions(user: string, now: Date, idleMs?: number) {
    return listSessions(this.#database, user, now, idleMs);
  }

  async confirmSession(id: string, now: Date) {
    return confirmSession(this.#database, id, now);
  }

  async deleteSession(id: string, user?: string) {
    return deleteSession(this.#database, id, user);
  }

  async deleteSessions(user: string, except?: string) {
    return deleteSessions(this.#database, user, except);
  }

  async createKey(key: ApiKey, limit: number, session?: string) {
    return createKey(this.#database, key, limit, session);
  }

  async listKeys(owner: string) {
    return listKeys(this.#database, owner);
  }

  async findKey(hash: string, now: Date) {
    return keyWithOwner(this.#database, hash, now);
  }

  async deleteKey(id: string, owner: string) {
    return deleteKey(this.#database, id, owner);
  }

  async deleteKeys(owner: string) {
    return deleteKeys(this.#database, owner);
  }

  async createToken(token: Token) {
    createToken(this.#database, token);
  }

  async spendToken(hash: string, purpose: TokenPurpose, now: Date) {
    return spendToken(this.#database, hash, purpose, now);
  }

  async findToken(hash: string, purpose: TokenPurpose, now: Date) {
    return findToken(this.#database, hash, purpose, now);
  }

  async deleteTokens(user: string) {
    return deleteTokens(this.#database, user);
  }

  async record(entry: AuditEntry) {
    record(this.#database, entry);
  }

  async listAudit(query: Parameters<AccountStore["listAudit"]>[0]) {
    return listAudit(this.#database, query);
  }

  async getTwoFactor(user: string) {
    return getTwoFactor(this.#database, user);
  }

  async beginTwoFactor(user: string, secret: string) {
    return beginTwoFactor(this.#database, user, secret);
  }

  async enableTwoFactor(user: string, twoFactor: TwoFactor & { since: Date }) {
    return enableTwoFactor(this.#database, user, twoFactor);
  }

  async spendStep(user: string, step: number) {
    return spendStep(this.#database, user, step);
  }

  async spendRecoveryCode(user: string, hash: string) {
    return spendRecoveryCode(this.#database, user, hash);
  }

  async replaceRecoveryCodes(user: string, hashes: readonly string[]) {
    return replaceRecoveryCodes(this.#database, user, hashes);
  }

  async disableTwoFactor(user: string) {
    return disableTwoFactor(this.#database, user);
  }
}
