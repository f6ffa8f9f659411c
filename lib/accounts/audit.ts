import { nanoid } from "nanoid";
import type { AuditAction } from "../schemas/admin";
import type { AccountStore, AuditEntry } from "../store/accounts";

/** The log of what admins do and of everything that concerns security. Entries are only ever added. */
export class Audit {
  readonly #store: AccountStore;
  readonly #clock: () => Date;

  constructor(store: AccountStore, clock: () => Date) {
    this.#store = store;
    this.#clock = clock;
  }

  note(action: AuditAction, entry: Partial<Pick<AuditEntry, "actor" | "subject" | "detail">>): Promise<void> {
    const { actor = null, subject = null, detail = "" } = entry;
    return this.#store.record({ id: nanoid(), at: this.#clock(), action, actor, subject, detail });
  }

  /** All entries of an account, newest first. */
  async of(account: string): Promise<AuditEntry[]> {
    const all: AuditEntry[] = [];
    let cursor: string | null = null;
    do {
      const page = await this.#store.listAudit({ account, cursor });
      all.push(...page.entries);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return all;
  }
}
