import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../errors";
import { aKey, aToken, createdSession, createdUser, later, NOW } from "./account-fixtures";
import { type ContractDatabase, newId } from "./fixtures";

/** Sessions and API keys. */
export function credentialContract(database: () => ContractDatabase): void {
  test("a session has its user until it expires, to the millisecond", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    const session = await createdSession(accounts, user.id, { expiresAt: later(1000) });
    assert.deepEqual((await accounts.findSession(session.id, NOW))?.user, user);
    assert.deepEqual((await accounts.findSession(session.id, later(999)))?.user, user);
    assert.equal(await accounts.findSession(session.id, later(1000)), null);
    assert.equal(await accounts.findSession(newId(), NOW), null);
    const changed = await accounts.updateUser(user.id, { suspendedAt: NOW });
    assert.deepEqual((await accounts.findSession(session.id, NOW))?.user, changed);
  });

  test("a session is found as it was made, its use is noted at most once a minute, and idle it is as good as ended", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    const session = await createdSession(accounts, user.id, { expiresAt: later(86_400_000) });
    assert.deepEqual((await accounts.findSession(session.id, later(59_999)))?.session, session);
    const used = { ...session, lastSeenAt: later(60_000), network: "198.51.100.x" };
    const found = await accounts.findSession(session.id, later(60_000), { network: "198.51.100.x" });
    assert.deepEqual(found?.session, used);
    assert.deepEqual(await accounts.listSessions(user.id, later(60_000)), [used]);
    const idleMs = 1_000;
    assert.ok(await accounts.findSession(session.id, later(60_999), { idleMs }));
    assert.equal(await accounts.findSession(session.id, later(61_000), { idleMs }), null);
    assert.deepEqual(await accounts.listSessions(user.id, later(61_000), idleMs), []);
    // Looking for it was no use of it.
    assert.equal(await accounts.findSession(session.id, later(61_000), { idleMs }), null);
  });

  test("sessions are listed to their user alone, the last used first, without those that expired", async () => {
    const { accounts } = database().store;
    const [user, other] = [await createdUser(accounts), await createdUser(accounts)];
    const early = await createdSession(accounts, user.id, { lastSeenAt: later(-2), browser: "" });
    const late = await createdSession(accounts, user.id, { lastSeenAt: later(-1) });
    await createdSession(accounts, user.id, { expiresAt: NOW });
    await createdSession(accounts, other.id);
    assert.deepEqual(await accounts.listSessions(user.id, NOW), [late, early]);
    assert.equal(await accounts.deleteSession(early.id, other.id), false);
    assert.equal(await accounts.deleteSession(early.id, user.id), true);
    assert.deepEqual(await accounts.listSessions(user.id, NOW), [late]);
    assert.equal(await accounts.confirmSession(late.id, later(5)), true);
    assert.deepEqual(await accounts.listSessions(user.id, NOW), [{ ...late, confirmedAt: later(5) }]);
    assert.equal(await accounts.confirmSession(early.id, later(5)), false);
  });

  test("a session that was ended is gone at once", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    const session = await createdSession(accounts, user.id);
    assert.equal(await accounts.deleteSession(session.id), true);
    assert.equal(await accounts.findSession(session.id, NOW), null);
    assert.equal(await accounts.deleteSession(session.id), false);
  });

  test("all sessions of a user but one end at once, and nobody else's", async () => {
    const { accounts } = database().store;
    const [user, other] = [await createdUser(accounts), await createdUser(accounts)];
    const sessions = await Promise.all(Array.from({ length: 5 }, () => createdSession(accounts, user.id)));
    const kept = await createdSession(accounts, user.id);
    const others = await createdSession(accounts, other.id);
    assert.equal(await accounts.deleteSessions(user.id, kept.id), 5);
    for (const { id } of sessions) assert.equal(await accounts.findSession(id, NOW), null);
    assert.equal((await accounts.findSession(kept.id, NOW))?.user.id, user.id);
    assert.equal(await accounts.deleteSessions(user.id), 1);
    assert.equal(await accounts.findSession(kept.id, NOW), null);
    assert.equal((await accounts.findSession(others.id, NOW))?.user.id, other.id);
    assert.equal(await accounts.deleteSessions(newId()), 0);
  });

  test("a session of nobody opens nothing, and one of an id that is taken is a conflict", async () => {
    const { accounts } = database().store;
    const orphan = await createdSession(accounts, newId());
    assert.equal(await accounts.findSession(orphan.id, NOW), null);
    const user = await createdUser(accounts);
    const session = await createdSession(accounts, user.id);
    const thief = await createdUser(accounts);
    await assert.rejects(
      createdSession(accounts, thief.id, { id: session.id }),
      (error) => error instanceof AppError && error.code === "conflict",
    );
    assert.equal((await accounts.findSession(session.id, NOW))?.user.id, user.id);
  });

  test("expired sessions are pruned, others stay", async () => {
    const { store } = database();
    const user = await createdUser(store.accounts);
    const end = new Date("2003-01-01T00:00:00.000Z");
    const expired = await createdSession(store.accounts, user.id, { expiresAt: end });
    const open = await createdSession(store.accounts, user.id, { expiresAt: new Date(end.getTime() + 1) });
    const before = new Date(end.getTime() - 1);
    await store.prune(before);
    assert.ok(await store.accounts.findSession(expired.id, before));
    await store.prune(end);
    assert.equal(await store.accounts.findSession(expired.id, before), null);
    assert.ok(await store.accounts.findSession(open.id, end));
  });

  test("a token is spent once, by one of many, for its own purpose, and until it expires", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    const token = aToken(user.id);
    await accounts.createToken(token);
    assert.equal(await accounts.spendToken(token.hash, "prove_email", NOW), null);
    assert.equal(await accounts.spendToken(token.hash, "reset_password", token.expiresAt), null);
    assert.deepEqual(await accounts.findToken(token.hash, "reset_password", NOW), token);
    const spends = Array.from({ length: 10 }, () => accounts.spendToken(token.hash, "reset_password", NOW));
    assert.deepEqual(
      (await Promise.all(spends)).filter((spent) => spent !== null),
      [token],
    );
    assert.equal(await accounts.findToken(token.hash, "reset_password", NOW), null);
  });

  test("spending a token ends its user's others of the purpose, and deleting the user all of theirs", async () => {
    const { accounts } = database().store;
    const [user, other] = [await createdUser(accounts), await createdUser(accounts)];
    const [spent, sibling] = [aToken(user.id), aToken(user.id)];
    const [proof, others] = [aToken(user.id, { purpose: "prove_email" }), aToken(other.id)];
    for (const token of [spent, sibling, proof, others]) await accounts.createToken(token);
    await accounts.spendToken(spent.hash, "reset_password", NOW);
    assert.equal(await accounts.findToken(sibling.hash, "reset_password", NOW), null);
    assert.deepEqual(await accounts.findToken(proof.hash, "prove_email", NOW), proof);
    assert.equal(await accounts.deleteTokens(user.id), 1);
    await assert.rejects(
      accounts.createToken({ ...others, user: user.id }),
      (error) => error instanceof AppError && error.code === "conflict",
    );
    await accounts.deleteUser(other.id);
    assert.equal(await accounts.findToken(others.hash, "reset_password", NOW), null);
    // A deletion that is a moment earlier is no error.
    await accounts.createToken(aToken(other.id));
  });

  test("keys come back as they are, newest first, to their owner alone", async () => {
    const { accounts } = database().store;
    const [user, other] = [await createdUser(accounts), await createdUser(accounts)];
    const keys = [
      aKey(user.id, { createdAt: later(2), scopes: ["read"], expiresAt: null, name: "a\u0000b" }),
      aKey(user.id, { createdAt: later(1), lastUsedAt: NOW, requestsPerMinute: null }),
      aKey(user.id, { createdAt: later(0), runsPerDay: null }),
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
    await accounts.createKey(aKey(other.id), 1);
    assert.equal(await accounts.deleteKeys(user.id), 2);
    assert.deepEqual(
      [(await accounts.listKeys(user.id)).length, (await accounts.listKeys(other.id)).length],
      [0, 1],
    );
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
