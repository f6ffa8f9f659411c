import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../errors";
import { aKey, createdSession, createdUser, later, NOW } from "./account-fixtures";
import { type ContractDatabase, newId } from "./fixtures";

/** Sessions and API keys. */
export function credentialContract(database: () => ContractDatabase): void {
  test("a session has its user until it expires, to the millisecond", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    const session = await createdSession(accounts, user.id, { expiresAt: later(1000) });
    assert.deepEqual(await accounts.findSessionUser(session.id, NOW), user);
    assert.deepEqual(await accounts.findSessionUser(session.id, later(999)), user);
    assert.equal(await accounts.findSessionUser(session.id, later(1000)), null);
    assert.equal(await accounts.findSessionUser(newId(), NOW), null);
    const changed = await accounts.updateUser(user.id, { suspendedAt: NOW });
    assert.deepEqual(await accounts.findSessionUser(session.id, NOW), changed);
  });

  test("a session that was ended is gone at once", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    const session = await createdSession(accounts, user.id);
    assert.equal(await accounts.deleteSession(session.id), true);
    assert.equal(await accounts.findSessionUser(session.id, NOW), null);
    assert.equal(await accounts.deleteSession(session.id), false);
  });

  test("all sessions of a user but one end at once, and nobody else's", async () => {
    const { accounts } = database().store;
    const [user, other] = [await createdUser(accounts), await createdUser(accounts)];
    const sessions = await Promise.all(Array.from({ length: 5 }, () => createdSession(accounts, user.id)));
    const kept = await createdSession(accounts, user.id);
    const others = await createdSession(accounts, other.id);
    assert.equal(await accounts.deleteSessions(user.id, kept.id), 5);
    for (const { id } of sessions) assert.equal(await accounts.findSessionUser(id, NOW), null);
    assert.equal((await accounts.findSessionUser(kept.id, NOW))?.id, user.id);
    assert.equal(await accounts.deleteSessions(user.id), 1);
    assert.equal(await accounts.findSessionUser(kept.id, NOW), null);
    assert.equal((await accounts.findSessionUser(others.id, NOW))?.id, other.id);
    assert.equal(await accounts.deleteSessions(newId()), 0);
  });

  test("a session of nobody opens nothing, and one of an id that is taken is a conflict", async () => {
    const { accounts } = database().store;
    const orphan = await createdSession(accounts, newId());
    assert.equal(await accounts.findSessionUser(orphan.id, NOW), null);
    const user = await createdUser(accounts);
    const session = await createdSession(accounts, user.id);
    const thief = await createdUser(accounts);
    await assert.rejects(
      createdSession(accounts, thief.id, { id: session.id }),
      (error) => error instanceof AppError && error.code === "conflict",
    );
    assert.equal((await accounts.findSessionUser(session.id, NOW))?.id, user.id);
  });

  test("expired sessions are pruned, others stay", async () => {
    const { store } = database();
    const user = await createdUser(store.accounts);
    const end = new Date("2003-01-01T00:00:00.000Z");
    const expired = await createdSession(store.accounts, user.id, { expiresAt: end });
    const open = await createdSession(store.accounts, user.id, { expiresAt: new Date(end.getTime() + 1) });
    const before = new Date(end.getTime() - 1);
    await store.prune(before);
    assert.ok(await store.accounts.findSessionUser(expired.id, before));
    await store.prune(end);
    assert.equal(await store.accounts.findSessionUser(expired.id, before), null);
    assert.ok(await store.accounts.findSessionUser(open.id, end));
  });

  test("keys come back as they are, newest first, to their owner alone", async () => {
    const { accounts } = database().store;
    const [user, other] = [await createdUser(accounts), await createdUser(accounts)];
    const keys = [
      aKey(user.id, { createdAt: later(2), scopes: ["read"], expiresAt: null, name: "a\u0000b" }),
      aKey(user.id, { createdAt: later(1), lastUsedAt: NOW }),
      aKey(user.id, { createdAt: later(0) }),
    ];
    for (const key of [...keys].reverse()) assert.equal(await accounts.createKey(key, 3), true);
    assert.deepEqual(await accounts.listKeys(user.id), keys);
    assert.deepEqual(await accounts.listKeys(other.id), []);
    const [first] = keys;
    assert.ok(first);
    assert.equal(await accounts.deleteKey(first.id, other.id), false);
    assert.equal(await accounts.deleteKey(first.id, user.id), true);
    assert.equal(await accounts.deleteKey(first.id, user.id), false);
    assert.equal(await accounts.findKey(first.hash, NOW), null);
    assert.deepEqual(await accounts.listKeys(user.id), keys.slice(1));
  });

  test("of thirty keys at once as many are made as the limit says, also after some were deleted", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    const createMany = async () => {
      const answers = Array.from({ length: 30 }, () => accounts.createKey(aKey(user.id), 5));
      return (await Promise.all(answers)).filter(Boolean).length;
    };
    assert.equal(await createMany(), 5);
    assert.equal((await accounts.listKeys(user.id)).length, 5);
    for (const key of (await accounts.listKeys(user.id)).slice(1, 4))
      await accounts.deleteKey(key.id, user.id);
    assert.equal(await createMany(), 3);
    assert.equal((await accounts.listKeys(user.id)).length, 5);
    // A limit lowered below the number of keys removes none and allows no more.
    assert.equal(await accounts.createKey(aKey(user.id), 2), false);
    assert.equal(await accounts.createKey(aKey(user.id), 6), true);
    assert.equal(await accounts.createKey(aKey(user.id), 0), false);
  });

  test("a key whose id or hash is taken is a conflict, and one of nobody is not made", async () => {
    const { accounts } = database().store;
    const [user, other] = [await createdUser(accounts), await createdUser(accounts)];
    const key = aKey(user.id);
    await accounts.createKey(key, 10);
    for (const taken of [{ hash: key.hash }, { id: key.id }]) {
      await assert.rejects(
        accounts.createKey(aKey(other.id, taken), 10),
        (error) => error instanceof AppError && error.code === "conflict",
      );
    }
    assert.deepEqual(await accounts.listKeys(other.id), []);
    assert.deepEqual(await accounts.listKeys(user.id), [key]);
    assert.equal(await accounts.createKey(aKey(newId()), 10), false);
  });

  test("a key opens its owner's account, and its use is noted at most once a minute", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    const key = aKey(user.id, { expiresAt: later(-1) });
    await accounts.createKey(key, 10);
    const uses = [later(0), later(30_000), later(59_999), later(60_000), later(61_000)];
    const noted: unknown[] = [];
    for (const now of uses) {
      const used = await accounts.findKey(key.hash, now);
      assert.deepEqual(used?.user, user);
      assert.deepEqual({ ...used?.key, lastUsedAt: null }, key);
      const [listed] = await accounts.listKeys(user.id);
      assert.deepEqual(listed?.lastUsedAt, used?.key.lastUsedAt);
      noted.push(used?.key.lastUsedAt);
    }
    assert.deepEqual(noted, [later(0), later(0), later(0), later(60_000), later(60_000)]);
    assert.equal(await accounts.findKey(newId(), NOW), null);
  });
}
