import type { AccountStore, ApiKey, AuditEntry, Identity, Session, User, UserChange } from "../accounts";
import { listAudit, record } from "./audit";
import type { MongoDatabase } from "./database";
import { createKey, deleteKey, keyWithOwner, listKeys } from "./keys";
import { createSession, deleteSession, deleteSessions, findSessionUser } from "./sessions";
import { listUsers } from "./user-list";
import { createUser, deleteUser, findUserByEmail, findUserByIdentity, getUser, updateUser } from "./users";

/** Accounts in MongoDB. */
export class MongoAccounts implements AccountStore {
  readonly #database: MongoDatabase;

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  createUser(user: User) {
    return this.#database.step((models) => createUser(models, user));
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

  deleteUser(id: string) {
    return this.#database.step((models) => deleteUser(models, id));
  }

  async listUsers(query: Parameters<AccountStore["listUsers"]>[0]) {
    return listUsers(this.#database, query);
  }

  /** From the collection's metadata: counting documents would take longer with every user. */
  countUsers() {
    return this.#database.step((models) => models.users.estimatedDocumentCount());
  }

  createSession(session: Session) {
    return this.#database.step((models) => createSession(models, session));
  }

  findSessionUser(id: string, now: Date) {
    return this.#database.step((models) => findSessionUser(models, id, now));
  }

  deleteSession(id: string) {
    return this.#database.step((models) => deleteSession(models, id));
  }

  deleteSessions(user: string, except?: string) {
    return this.#database.step((models) => deleteSessions(models, user, except));
  }

  createKey(key: ApiKey, limit: number) {
    return this.#database.step((models) => createKey(models, key, limit));
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

  record(entry: AuditEntry) {
    return this.#database.step((models) => record(models, entry));
  }

  async listAudit(query: Parameters<AccountStore["listAudit"]>[0]) {
    return listAudit(this.#database, query);
  }
}
