import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountStore, AuditEntry } from "../accounts";
import { anEntry, createdUser } from "./account-fixtures";
import { type ContractDatabase, newOwner } from "./fixtures";

async function everyEntry(
  accounts: AccountStore,
  account?: string,
  action?: AuditEntry["action"],
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  let cursor: string | null = null;
  do {
    const page = await accounts.listAudit({ account, action, cursor });
    assert.ok(page.entries.length <= 50);
    entries.push(...page.entries);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return entries;
}

/** The audit log. */
export function auditContract(database: () => ContractDatabase): void {
  test("entries are listed newest first, every one once, of one account or of all", async () => {
    const { accounts } = database().store;
    const [one, other] = [newOwner("one"), newOwner("other")];
    const entries = Array.from({ length: 130 }, (_, n) =>
      anEntry({
        at: new Date(1_800_000_000_000 + Math.floor(n / 9)),
        action: n % 2 === 0 ? "sign_in" : "admin_plan_changed",
        actor: [one, other, null][n % 3] ?? null,
        subject: [one, one, null, other][n % 4] ?? null,
        detail: `number ${n} "\u0000" 你好`,
      }),
    );
    for (const entry of entries) await accounts.record(entry);
    const expected = [...entries].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
    assert.deepEqual((await everyEntry(accounts)).slice(0, 130), expected);
    for (const account of [one, other]) {
      assert.deepEqual(
        await everyEntry(accounts, account),
        expected.filter(({ actor, subject }) => actor === account || subject === account),
      );
    }
    assert.deepEqual(await everyEntry(accounts, newOwner("third")), []);
  });

  test("entries are listed by kind, of one account or of all, and say where they came from", async () => {
    const { accounts } = database().store;
    const [one, other] = [newOwner("one"), newOwner("other")];
    const entries = Array.from({ length: 120 }, (_, n) =>
      anEntry({
        at: new Date(1_900_000_000_000 + n),
        action: n % 2 === 0 ? "key_revoked" : "data_exported",
        actor: n % 3 === 0 ? one : other,
        subject: n % 5 === 0 ? one : null,
        network: n % 7 === 0 ? null : `198.51.100.${n}`,
        browser: n % 7 === 0 ? null : "curl 8",
      }),
    );
    for (const entry of entries) await accounts.record(entry);
    const expected = entries.filter(({ action }) => action === "key_revoked").reverse();
    assert.deepEqual((await everyEntry(accounts, undefined, "key_revoked")).slice(0, 60), expected);
    assert.deepEqual(
      await everyEntry(accounts, one, "key_revoked"),
      expected.filter(({ actor, subject }) => actor === one || subject === one),
    );
    assert.deepEqual(await everyEntry(accounts, one, "admin_granted"), []);
  });

  test("an entry is written once, and outlives its account", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    const entry = anEntry({ actor: user.id, subject: user.id, action: "account_deleted" });
    await accounts.record(entry);
    await accounts.record({ ...entry, detail: "rewritten" });
    await accounts.deleteUser(user.id);
    assert.deepEqual(await everyEntry(accounts, user.id), [entry]);
  });

  test("entries are kept for 400 days", async () => {
    const { store } = database();
    const account = newOwner();
    const at = new Date("2004-01-01T00:00:00Z");
    const [old, young] = [
      anEntry({ at, actor: account }),
      anEntry({ at: new Date(at.getTime() + 1), actor: account }),
    ];
    for (const entry of [old, young]) await store.accounts.record(entry);
    const limit = at.getTime() + 400 * 86_400_000;
    await store.prune(new Date(limit));
    assert.deepEqual(await everyEntry(store.accounts, account), [young, old]);
    await store.prune(new Date(limit + 1));
    assert.deepEqual(await everyEntry(store.accounts, account), [young]);
  });
}
