import { nanoid } from "nanoid";
import type { Requester } from "../auth/identity";
import type { AuditAction } from "../schemas/admin";
import type { AccountStore, AuditEntry, AuditQuery } from "../store/accounts";

/** The log of what admins do and of everything that concerns security. Entries are only ever added. */
export class Audit {
  readonly #store: AccountStore;
  readonly #clock: () => Date;

  constructor(store: AccountStore, clock: () => Date) {
    this.#store = store;
    this.#clock = clock;
  }

  /** `from` is where the request came from that did it; `null` for what no request did. */
  note(
    action: AuditAction,
    entry: Partial<Pick<AuditEntry, "actor" | "subject" | "detail">>,
    from: Requester | null,
  ): Promise<void> {
    const { actor = null, subject = null, detail = "" } = entry;
    const [network, browser] = [from?.address ?? null, from?.browser ?? null];
    const id = nanoid();
    return this.#store.record({ id, at: this.#clock(), action, actor, subject, detail, network, browser });
  }

  /** Every entry that fits, newest first, a page in memory at a time. */
  async *every(query: Omit<AuditQuery, "cursor">): AsyncGenerator<AuditEntry> {
    let cursor: string | null = null;
    do {
      const page = await this.#store.listAudit({ ...query, cursor });
      yield* page.entries;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /** All entries of an account, as its owner may read them: not where the admins were who did something to it. */
  async ownView(account: string): Promise<AuditEntry[]> {
    const all: AuditEntry[] = [];
    for await (const entry of this.every({ account })) {
      const byAnother = entry.actor !== null && entry.actor !== account;
      all.push(byAnother ? { ...entry, network: null, browser: null } : entry);
    }
    return all;
  }
}
