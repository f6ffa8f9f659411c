import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { AppError } from "../../errors";
import type { AccountStore, User } from "../accounts";
import { aKey, anEmail, aUser, createdSession, createdUser, NOW } from "./account-fixtures";
import { accept, aRun, type ContractDatabase, listedIds, newId } from "./fixtures";

async function everyUser(accounts: AccountStore, q?: string): Promise<User[]> {
  const users: User[] = [];
  let cursor: string | null = null;
  do {
    const page = await accounts.listUsers({ q, cursor });
    assert.ok(page.users.length <= 50);
    users.push(...page.users);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return users;
}

/** People with accounts: who they are, how they are found, changed and deleted. */
export function userContract(database: () => ContractDatabase): void {
  test("a user comes back as they are, by id, by address and by each account elsewhere", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    assert.deepEqual(await accounts.getUser(user.id), user);
    assert.deepEqual(await accounts.findUserByEmail(user.email), user);
    for (const identity of user.identities) {
      assert.deepEqual(await accounts.findUserByIdentity(identity), user);
    }
    const plain = await createdUser(accounts, {
      name: "",
      passwordHash: null,
      identities: [],
      plan: "free",
      admin: false,
      suspendedAt: null,
      waiting: false,
      preferences: {},
      lastSeenAt: null,
    });
    assert.deepEqual(await accounts.getUser(plain.id), plain);
  });

  test("a user who is absent is null or false", async () => {
    const { accounts } = database().store;
    const id = newId();
    assert.equal(await accounts.getUser(id), null);
    assert.equal(await accounts.findUserByEmail(anEmail()), null);
    assert.equal(await accounts.findUserByIdentity({ way: "github", id }), null);
    assert.equal(await accounts.updateUser(id, { name: "x" }), null);
    assert.equal(await accounts.deleteUser(id), false);
  });

  test("names of any character come back as they were", async () => {
    const { accounts } = database().store;
    const name = `\u0000 a\u0000b "'; DROP TABLE users; -- {"$ne":1} 你好 \u2028`;
    const user = await createdUser(accounts, { name });
    assert.equal((await accounts.getUser(user.id))?.name, name);
  });

  test("of twenty at once with one address exactly one is made", async () => {
    const { accounts } = database().store;
    const email = anEmail();
    const users = Array.from({ length: 20 }, () => aUser({ email }));
    const answers = await Promise.all(users.map((user) => accounts.createUser(user)));
    assert.equal(answers.filter(Boolean).length, 1);
    assert.deepEqual(await accounts.findUserByEmail(email), users[answers.indexOf(true)]);
    for (const [n, user] of users.entries()) {
      assert.equal((await accounts.getUser(user.id)) !== null, answers[n]);
      for (const identity of user.identities) {
        assert.equal((await accounts.findUserByIdentity(identity)) !== null, answers[n]);
      }
    }
  });

  test("of twenty at once with one account elsewhere exactly one is made", async () => {
    const { accounts } = database().store;
    const identity = { way: "github" as const, id: newId() };
    const users = Array.from({ length: 20 }, () =>
      aUser({ identities: [{ way: "google", id: newId() }, identity] }),
    );
    const answers = await Promise.all(users.map((user) => accounts.createUser(user)));
    assert.equal(answers.filter(Boolean).length, 1);
    assert.deepEqual(await accounts.findUserByIdentity(identity), users[answers.indexOf(true)]);
    const refused = users[answers.indexOf(false)];
    assert.equal(await accounts.findUserByEmail(refused?.email ?? ""), null);
    // The same id at another site is another account.
    assert.equal(
      await accounts.createUser(aUser({ identities: [{ way: "google", id: identity.id }] })),
      true,
    );
  });

  test("an id that is taken is refused", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    assert.equal(await accounts.createUser(aUser({ id: user.id })), false);
    assert.deepEqual(await accounts.getUser(user.id), user);
  });

  test("each field changes alone, and what is left out stays", async () => {
    const { accounts } = database().store;
    let user = await createdUser(accounts);
    const changes: Partial<User>[] = [
      { name: "Ann" },
      { passwordHash: null },
      { identities: [] },
      { plan: "free" },
      { admin: false },
      { suspendedAt: null },
      { waiting: false },
      { preferences: {} },
      { lastSeenAt: null },
      { suspendedAt: NOW, lastSeenAt: NOW, admin: true },
      { identities: [{ way: "github", id: newId() }], preferences: { keyMap: "vim", fontSize: 20 } },
      {},
    ];
    for (const change of changes) {
      user = { ...user, ...change };
      assert.deepEqual(await accounts.updateUser(user.id, change), user, inspect(change));
    }
    assert.deepEqual(await accounts.getUser(user.id), user);
  });

  test("an account elsewhere that is somebody else's is a conflict, and nothing changes", async () => {
    const { accounts } = database().store;
    const [one, other] = [await createdUser(accounts), await createdUser(accounts)];
    const identities = [...one.identities, ...other.identities];
    await assert.rejects(
      accounts.updateUser(one.id, { name: "Ann", identities }),
      (error) => error instanceof AppError && error.code === "conflict",
    );
    assert.deepEqual(await accounts.getUser(one.id), one);
    await accounts.updateUser(other.id, { identities: [] });
    assert.equal((await accounts.updateUser(one.id, { identities }))?.identities.length, identities.length);
    for (const identity of other.identities) {
      assert.equal((await accounts.findUserByIdentity(identity))?.id, one.id);
    }
  });

  test("no failure says an address or a hash", async () => {
    const { accounts } = database().store;
    const [one, other] = [await createdUser(accounts), await createdUser(accounts)];
    const failure = async (work: Promise<unknown>) =>
      inspect(await work.catch((error) => error), { depth: 9 });
    const key = aKey(one.id);
    await accounts.createKey(key, 10);
    const said = [
      await failure(accounts.createUser(aUser({ email: one.email }))),
      await failure(accounts.updateUser(one.id, { identities: other.identities, passwordHash: "secret" })),
      await failure(accounts.createKey(aKey(one.id, { hash: key.hash }), 10)),
      await failure(accounts.createSession(await createdSession(accounts, one.id))),
    ].join();
    for (const secret of [one.email, other.email, key.hash, "secret", "argon2id"]) {
      assert.equal(said.includes(secret), false, secret);
    }
  });

  test("users are listed newest first, every one once", async () => {
    const { accounts } = database().store;
    const before = await accounts.countUsers();
    const users = Array.from({ length: 120 }, (_, n) =>
      aUser({ createdAt: new Date(1_800_000_000_000 + Math.floor(n / 7)) }),
    );
    for (const user of users) await accounts.createUser(user);
    assert.equal(await accounts.countUsers(), before + 120);
    const listed = await everyUser(accounts);
    assert.equal(new Set(listed.map(({ id }) => id)).size, before + 120);
    const expected = [...users].sort(
      (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1),
    );
    assert.deepEqual(listed.slice(0, 120), expected);
  });

  test("users are found by text in their address or name, whatever its case, and no character is special", async () => {
    const { accounts } = database().store;
    const mark = newId().toLowerCase();
    const user = (email: string, name: string) => createdUser(accounts, { email: `${mark}${email}`, name });
    const ann = await user("a.nn+x@example.com", "ÄNNE Müller");
    const bob = await user("b_b%@example.org", `Bob (${mark.toUpperCase()}) .*`);
    await user("c@example.net", "Carol");
    const found = async (q: string) => (await everyUser(accounts, q)).map(({ id }) => id).sort();
    assert.deepEqual(await found(`${mark}A.NN+`), [ann.id]);
    assert.deepEqual(await found(`(${mark}) .*`), [bob.id]);
    assert.deepEqual(await found(`${mark}.*`), []);
    assert.deepEqual(await found(`${mark}b_b%@`), [bob.id]);
    assert.deepEqual(await found(`${mark}_b`), []);
    assert.equal((await found(mark)).length, 3);
    assert.equal((await found("änne müll")).includes(ann.id), true);
    assert.deepEqual(await found(`.comänne`), []);
    await accounts.updateUser(ann.id, { name: `Anna ${mark}` });
    assert.equal((await found("änne müll")).includes(ann.id), false);
    assert.deepEqual(await found(`anna ${mark}`), [ann.id]);
    assert.deepEqual(await found(`${mark}a.nn`), [ann.id]);
  });

  test("a search through many finds the one, and goes on where a page ended", async () => {
    const { accounts } = database().store;
    const mark = newId().toLowerCase();
    const at = (n: number) => new Date(1_000_000_000_000 + n);
    // More users than one slice of the search, and more matches than one page.
    const emails = Array.from({ length: 620 }, (_, n) =>
      n % 10 === 0 ? `${n}-${mark}@example.com` : anEmail(),
    );
    await Promise.all(
      emails.map((email, n) => createdUser(accounts, { email, createdAt: at(n), identities: [] })),
    );
    const found = await everyUser(accounts, mark);
    assert.deepEqual(
      found.map(({ email }) => email),
      emails.filter((email) => email.includes(mark)).reverse(),
    );
  });

  test("a cursor that no page gave is refused", async () => {
    const { accounts } = database().store;
    for (const cursor of ["", "x", "%", Buffer.from("1:").toString("base64url")]) {
      for (const list of [
        async (): Promise<unknown> => accounts.listUsers({ cursor }),
        async () => accounts.listUsers({ cursor, q: "x" }),
        async () => accounts.listAudit({ cursor }),
        async () => accounts.listAudit({ cursor, account: "x" }),
      ]) {
        await assert.rejects(
          list(),
          (error) => error instanceof AppError && error.code === "invalid_request",
        );
      }
    }
  });

  test("deleting a user leaves nothing but their runs, and others alone", async () => {
    const { store } = database();
    const { accounts } = store;
    const [user, other] = [await createdUser(accounts), await createdUser(accounts)];
    const [session, key] = [await createdSession(accounts, user.id), aKey(user.id)];
    const [otherSession, otherKey] = [await createdSession(accounts, other.id), aKey(other.id)];
    await accounts.createKey(key, 10);
    await accounts.createKey(otherKey, 10);
    const run = aRun({ owner: user.id, createdAt: NOW });
    await accept(store, run);
    await accept(store, aRun({ owner: other.id, createdAt: NOW }));

    assert.equal(await accounts.deleteUser(user.id), true);
    assert.equal(await accounts.deleteUser(user.id), false);
    assert.equal(await accounts.getUser(user.id), null);
    assert.equal(await accounts.findUserByEmail(user.email), null);
    for (const identity of user.identities) {
      assert.equal(await accounts.findUserByIdentity(identity), null);
    }
    assert.equal(await accounts.findSession(session.id, NOW), null);
    assert.equal(await accounts.deleteSession(session.id), false);
    assert.equal(await accounts.findKey(key.hash, NOW), null);
    assert.deepEqual(await accounts.listKeys(user.id), []);
    assert.deepEqual(await store.usage(user.id, "2026-01-01", "2026-12-31"), []);
    assert.deepEqual(await listedIds(store, user.id), [run.id]);
    // The e-mail address is free again, for a new user.
    assert.equal(await accounts.createUser(aUser({ ...user, passwordHash: "new" })), true);
    assert.equal(await accounts.findSession(session.id, NOW), null);
    assert.deepEqual(await accounts.listKeys(user.id), []);

    assert.deepEqual((await accounts.findSession(otherSession.id, NOW))?.user, other);
    assert.equal((await accounts.findKey(otherKey.hash, NOW))?.user.id, other.id);
    assert.equal((await store.usage(other.id, "2026-01-01", "2026-12-31")).length, 1);
  });

  test("what a deleted user had used of the day becomes that of their next account, and nothing before it is kept", async () => {
    const { store } = database();
    const { accounts } = store;
    const former = newId();
    const user = await createdUser(accounts, { admin: false });
    for (const day of ["2026-11-22", "2026-11-23", "2026-11-23"]) {
      await accept(store, aRun({ owner: user.id }), { account: user.id, day });
    }
    await accounts.deleteUser(user.id, { account: former, since: "2026-11-23" });
    assert.deepEqual(await store.usage(user.id, "2026-01-01", "2026-12-31"), []);
    assert.deepEqual(await store.usage(former, "2026-01-01", "2026-12-31"), [{ day: "2026-11-23", runs: 2 }]);
    const next = aUser({ email: user.email, admin: false });
    assert.equal(await accounts.createUser(next, former), true);
    assert.deepEqual(await store.usage(next.id, "2026-01-01", "2026-12-31"), [
      { day: "2026-11-23", runs: 2 },
    ]);
    assert.equal(await accounts.createUser(aUser({ email: user.email }), former), false);
    assert.deepEqual(await store.usage(former, "2026-01-01", "2026-12-31"), []);
  });
}
