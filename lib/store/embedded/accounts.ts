import type { AccountStore, ApiKey, AuditEntry, Identity, Session, User, UserChange } from "../accounts";
import { listAudit, record } from "./audit";
import type { EmbeddedDatabase } from "./database";
import { createKey, deleteKey, keyWithOwner, listKeys } from "./keys";
import { createSession, deleteSession, deleteSessions, findSessionUser } from "./sessions";
import { countUsers, listUsers } from "./user-list";
import { createUser, deleteUser, findUserByEmail, findUserByIdentity, getUser, updateUser } from "./users";

/** Accounts in the embedded database. Every method but a search is one short synchronous step. */
export class EmbeddedAccounts implements AccountStore {
  readonly #database: EmbeddedDatabase;

  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }

  async createUser(user: User) {
    return createUser(this.#database, user);
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

  async deleteUser(id: string) {
    return deleteUser(this.#database, id);
  }

  listUsers(query: Parameters<AccountStore["listUsers"]>[0]) {
    return listUsers(this.#database, query);
  }

  async countUsers() {
    return countUsers(this.#database);
  }

  async createSession(session: Session) {
    createSession(this.#database, session);
  }

  async findSessionUser(id: string, now: Date) {
    return findSessionUser(this.#database, id, now);
  }

  async deleteSession(id: string) {
    return deleteSession(this.#database, id);
  }

  async deleteSessions(user: string, except?: string) {
    return deleteSessions(this.#database, user, except);
  }

  async createKey(key: ApiKey, limit: number) {
    return createKey(this.#database, key, limit);
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

  async record(entry: AuditEntry) {
    record(this.#database, entry);
  }

  async listAudit(query: Parameters<AccountStore["listAudit"]>[0]) {
    return listAudit(this.#database, query);
  }
}
