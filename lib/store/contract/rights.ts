import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../errors";
import type { Credential } from "../../schemas/account";
import type { AccountStore, User } from "../accounts";
import type { Store } from "../index";
import { aKey, aSession, createdSession, createdUser, later, NOW } from "./account-fixtures";
import { accept, aRun, type ContractDatabase, listedIds, newId } from "./fixtures";

/** How often each race is run: which of the two is first differs from one to the next. */
const RACES = 12;

const refusedAs = (...codes: string[]) => {
  return (error: unknown) => error instanceof AppError && codes.includes(error.code);
};

export const person = (accounts: AccountStore, user: Partial<User> = {}) =>
  createdUser(accounts, { admin: false, suspendedAt: null, waiting: false, identities: [], ...user });

async function admin(accounts: AccountStore) {
  const user = await person(accounts, { admin: true });
  const session = await createdSession(accounts, user.id, { expiresAt: later(86_400_000) });
  return { user: user.id, session: session.id };
}

/** Other tests' admins, who would make every admin of a test one of several. */
export async function withoutAdmins(accounts: AccountStore): Promise<void> {
  let cursor: string | null = null;
  do {
    const page = await accounts.listUsers({ cursor });
    for (const user of page.users) if (user.admin) await accounts.updateUser(user.id, { admin: false });
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function isAdmin(accounts: AccountStore, id: string): Promise<boolean> {
  const user = await accounts.getUser(id);
  return user?.admin === true && user.suspendedAt === null;
}

function acceptWith(store: Store, owner: string, credential: Credential) {
  const run = aRun({ owner, createdAt: NOW });
  const charge = { account: owner, day: "2026-11-23", limit: 1_000 };
  return { id: run.id, answer: store.acceptRun(run, charge, credential) };
}

/** Rights that end while something is being done with them. */
export function rightsContract(database: () => ContractDatabase): void {
  test("of two admins who demote each other at the same moment one stays", async () => {
    const { accounts } = database().store;
    await withoutAdmins(accounts);
    for (let race = 0; race < RACES; race++) {
      const [one, other] = [await admin(accounts), await admin(accounts)];
      const change = race % 2 === 0 ? { admin: false } : { suspendedAt: NOW };
      const answers = await Promise.allSettled([
        accounts.updateUserAs(one, other.user, change),
        accounts.updateUserAs(other, one.user, change),
      ]);
      const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
      assert.equal(refused.length, 1, `race ${race}`);
      assert.ok(refusedAs("forbidden", "conflict")(refused[0]));
      const left = await Promise.all([one, other].map(({ user }) => isAdmin(accounts, user)));
      assert.equal(left.filter(Boolean).length, 1);
      // Only these: going through everybody takes longer than the race.
      for (const { user } of [one, other]) await accounts.updateUser(user, { admin: false });
    }
  });

  test("the last admin can be neither demoted, suspended nor deleted, by whoever asks and however often", async () => {
    const { accounts } = database().store;
    await withoutAdmins(accounts);
    const last = await admin(accounts);
    for (const change of [{ admin: false }, { suspendedAt: NOW }, { admin: false, plan: "free" as const }]) {
      await assert.rejects(accounts.updateUserAs(last, last.user, change), refusedAs("conflict"));
    }
    await assert.rejects(accounts.assertMayLeave(last.user), refusedAs("conflict"));
    await assert.rejects(accounts.deleteUser(last.user), refusedAs("conflict"));
    assert.equal(await isAdmin(accounts, last.user), true);
    // A suspended admin cannot act, so they do not count.
    const suspended = await person(accounts, { admin: true, suspendedAt: NOW });
    await assert.rejects(accounts.deleteUser(last.user), refusedAs("conflict"));
    assert.equal((await accounts.updateUserAs(last, suspended.id, { suspendedAt: null }))?.suspendedAt, null);
    await accounts.assertMayLeave(last.user);
    assert.equal(await accounts.deleteUser(last.user), true);
    await withoutAdmins(accounts);
  });

  test("of two admins who delete their accounts at the same moment one stays", async () => {
    const { accounts } = database().store;
    await withoutAdmins(accounts);
    for (let race = 0; race < RACES; race++) {
      const [one, other] = [await admin(accounts), await admin(accounts)];
      const answers = await Promise.allSettled([one, other].map(({ user }) => accounts.deleteUser(user)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
      // One of them is gone, which changes nothing.
      for (const { user } of [one, other]) await accounts.updateUser(user, { admin: false });
    }
  });

  test("a demoted admin, a suspended one and an ended session change nothing", async () => {
    const { accounts } = database().store;
    await admin(accounts);
    const user = await person(accounts);
    const demoted = await admin(accounts);
    await accounts.updateUser(demoted.user, { admin: false });
    const suspended = await admin(accounts);
    await accounts.updateUser(suspended.user, { suspendedAt: NOW });
    const ended = await admin(accounts);
    await accounts.deleteSession(ended.session);
    const stranger = { user: ended.user, session: (await createdSession(accounts, user.id)).id };
    for (const by of [demoted, suspended, ended, stranger]) {
      for (const id of [user.id, by.user]) {
        await assert.rejects(accounts.updateUserAs(by, id, { admin: true }), refusedAs("forbidden"));
      }
    }
    assert.deepEqual(await accounts.getUser(user.id), user);
    assert.equal(await isAdmin(accounts, demoted.user), false);
    await withoutAdmins(accounts);
  });

  test("a key made while its session ends is not made, or is made first", async () => {
    const { accounts } = database().store;
    for (let race = 0; race < RACES; race++) {
      const user = await person(accounts);
      const session = await createdSession(accounts, user.id, { expiresAt: later(86_400_000) });
      const key = aKey(user.id, { expiresAt: null });
      let ended = false;
      const [made] = await Promise.allSettled([
        accounts.createKey(key, 10, session.id).then((answer) => answer && !ended),
        accounts.deleteSession(session.id).then(() => {
          ended = true;
        }),
      ]);
      const kept = (await accounts.findKey(key.hash, NOW)) !== null;
      assert.equal(kept, made.status === "fulfilled", `race ${race}`);
      await assert.rejects(
        accounts.createKey(aKey(user.id), 10, session.id),
        refusedAs("unauthorized"),
        "afterwards none is made",
      );
    }
    const suspended = await person(accounts, { suspendedAt: NOW });
    const session = await createdSession(accounts, suspended.id);
    await assert.rejects(accounts.createKey(aKey(suspended.id), 10, session.id), refusedAs("unauthorized"));
    assert.deepEqual(await accounts.listKeys(suspended.id), []);
  });

  test("no run is accepted on a session or key that has ended, of an account that is gone, or of another's", async () => {
    const { store } = database();
    const { accounts } = store;
    const [user, other] = [await person(accounts), await person(accounts)];
    const session = { session: (await createdSession(accounts, user.id)).id };
    const key = aKey(user.id);
    await accounts.createKey(key, 10);
    const ended = { session: (await createdSession(accounts, user.id)).id };
    await accounts.deleteSession(ended.session);
    const expired = { session: (await createdSession(accounts, user.id, { expiresAt: NOW })).id };
    const old = aKey(user.id, { expiresAt: NOW });
    await accounts.createKey(old, 10);
    const revoked = aKey(user.id);
    await accounts.createKey(revoked, 10);
    await accounts.deleteKey(revoked.id, user.id);
    for (const [owner, credential] of [
      [user.id, ended],
      [user.id, expired],
      [user.id, { key: old.id }],
      [user.id, { key: revoked.id }],
      [user.id, { session: newId() }],
      [other.id, session],
      [other.id, { key: key.id }],
      [newId(), session],
    ] as [string, Credential][]) {
      const { id, answer } = acceptWith(store, owner, credential);
      await assert.rejects(answer, refusedAs("unauthorized"), JSON.stringify(credential));
      assert.equal(await store.getRun(id), null);
    }
    const charged = await store.usage(user.id, "2026-11-23", "2026-11-23");
    assert.deepEqual(charged, [], "nothing was charged");
    assert.equal((await acceptWith(store, user.id, session).answer).used, 1);
    assert.equal((await acceptWith(store, user.id, { key: key.id }).answer).used, 2);
    await accounts.updateUser(user.id, { suspendedAt: NOW });
    await assert.rejects(acceptWith(store, user.id, { key: key.id }).answer, refusedAs("unauthorized"));
  });

  test("a run accepted while its account is deleted is refused, or there for the deletion to find", async () => {
    const { store } = database();
    const { accounts } = store;
    for (let race = 0; race < RACES; race++) {
      const user = await person(accounts);
      const session = { session: (await createdSession(accounts, user.id)).id };
      await accept(store, aRun({ owner: user.id, createdAt: NOW }));
      const deleted = accounts.deleteUser(user.id).then(() => store.deleteRuns(user.id));
      // In some the deletion is over: the request was identified before it, and comes to the store after it.
      if (race % 3 === 0) await deleted;
      const run = acceptWith(store, user.id, session);
      await Promise.allSettled([run.answer, deleted]);
      assert.deepEqual(await listedIds(store, user.id), [], `race ${race}`);
      assert.equal(await store.getRun(run.id), null);
    }
  });

  test("a sign-in on the old password that races its change does not survive", async () => {
    const { accounts } = database().store;
    for (let race = 0; race < RACES; race++) {
      const user = await person(accounts, { passwordHash: "old" });
      const keep = (await createdSession(accounts, user.id)).id;
      const session = aSession(user.id);
      const [, changed] = await Promise.all([
        accounts.createSession(session, "old"),
        accounts.replacePassword(user.id, "new", { verified: "old", keep }),
      ]);
      assert.equal(changed, true);
      assert.equal(await accounts.findSession(session.id, NOW), null, `race ${race}`);
      assert.equal((await accounts.findSession(keep, NOW))?.user.passwordHash, "new");
      assert.equal(await accounts.createSession({ ...session, id: newId() }, "old"), false);
      assert.equal(await accounts.createSession({ ...session, id: newId() }, "new"), true);
    }
  });

  test("of two changes of one password one is made, and one asked for by an ended session is not", async () => {
    const { accounts } = database().store;
    for (let race = 0; race < RACES; race++) {
      const user = await person(accounts, { passwordHash: "old" });
      const sessions = [await createdSession(accounts, user.id), await createdSession(accounts, user.id)];
      const answers = await Promise.all(
        sessions.map(({ id: keep }, index) =>
          accounts.replacePassword(user.id, `new ${index}`, { verified: "old", keep }),
        ),
      );
      assert.equal(answers.filter(Boolean).length, 1);
      const winner = answers.indexOf(true);
      assert.equal((await accounts.getUser(user.id))?.passwordHash, `new ${winner}`);
      const keep = sessions[1 - winner]?.id ?? null;
      const verified = `new ${winner}`;
      assert.equal(await accounts.replacePassword(user.id, "newer", { verified, keep }), false);
    }
    const elsewhere = await person(accounts, { passwordHash: null });
    const condition = { verified: null, keep: null };
    assert.equal(await accounts.replacePassword(elsewhere.id, "first", condition), true);
    assert.equal(await accounts.replacePassword(elsewhere.id, "second", condition), false);
    assert.equal(await accounts.replacePassword(newId(), "third", condition), false);
  });
}
