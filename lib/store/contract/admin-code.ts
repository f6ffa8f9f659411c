import assert from "node:assert/strict";
import { test } from "node:test";
import { createdUser, later, NOW } from "./account-fixtures";
import { type ContractDatabase, newId } from "./fixtures";
import { person, withoutAdmins } from "./rights";

/** How the first admin is made, and who waits for an admin's approval. */
export function adminCodeContract(database: () => ContractDatabase): void {
  test("of many who use the first admin's code at once one becomes an admin, and nobody afterwards", async () => {
    const { accounts } = database().store;
    await withoutAdmins(accounts);
    const hash = newId();
    assert.equal(await accounts.offerAdminCode(newId()), true);
    assert.equal(await accounts.offerAdminCode(hash), true, "a later start has a code of its own");
    assert.equal(await accounts.adminCode(), hash);
    const users = await Promise.all(Array.from({ length: 6 }, () => person(accounts, { waiting: true })));
    assert.equal(await accounts.redeemAdminCode(newId(), users[0]?.id ?? ""), false);
    assert.equal(await accounts.redeemAdminCode(hash, newId()), false);
    const suspended = await person(accounts, { suspendedAt: NOW });
    assert.equal(await accounts.redeemAdminCode(hash, suspended.id), false);
    const answers = await Promise.all(users.map(({ id }) => accounts.redeemAdminCode(hash, id)));
    assert.equal(answers.filter(Boolean).length, 1);
    for (const [n, { id }] of users.entries()) {
      const { admin, waiting } = (await accounts.getUser(id)) ?? {};
      assert.deepEqual({ admin, waiting }, { admin: answers[n], waiting: !answers[n] });
    }
    assert.equal(await accounts.adminCode(), null);
    const winner = users[answers.indexOf(true)]?.id ?? "";
    await accounts.updateUser(winner, { admin: false });
    assert.equal(await accounts.redeemAdminCode(hash, winner), false, "it is used up");
    await withoutAdmins(accounts);
  });

  test("there is no code while there is an admin, and one that waits is void once there is", async () => {
    const { accounts } = database().store;
    await withoutAdmins(accounts);
    const [user, other] = [await person(accounts), await person(accounts)];
    const hash = newId();
    await accounts.offerAdminCode(hash);
    await accounts.updateUser(user.id, { admin: true });
    assert.equal(await accounts.adminCode(), null);
    assert.equal(await accounts.redeemAdminCode(hash, other.id), false);
    assert.equal(await accounts.offerAdminCode(newId()), false);
    await accounts.updateUser(user.id, { admin: false });
    assert.equal(await accounts.adminCode(), null, "an offer that was refused leaves none");
  });

  test("whoever has the machine makes an admin of any account, also one that waits or is suspended", async () => {
    const { accounts } = database().store;
    await withoutAdmins(accounts);
    await accounts.offerAdminCode(newId());
    const user = await person(accounts, { waiting: true, suspendedAt: NOW });
    const granted = { ...user, admin: true, waiting: false, suspendedAt: null };
    assert.deepEqual(await accounts.grantAdmin(user.email), granted);
    assert.deepEqual(await accounts.getUser(user.id), granted);
    assert.equal(await accounts.adminCode(), null);
    assert.equal(await accounts.grantAdmin("nobody@example.com"), null);
    await withoutAdmins(accounts);
  });

  test("those who wait are listed, the first to sign up first, until they are approved or suspended", async () => {
    const { accounts } = database().store;
    for (const user of await accounts.listWaiting()) await accounts.updateUser(user.id, { waiting: false });
    const [second, first] = await Promise.all(
      [2, 1].map((n) => person(accounts, { waiting: true, createdAt: later(n) })),
    );
    await createdUser(accounts, { waiting: true, suspendedAt: NOW });
    assert.deepEqual(await accounts.listWaiting(), [first, second]);
    await accounts.updateUser(first?.id ?? "", { waiting: false });
    assert.deepEqual(await accounts.listWaiting(), [second]);
    await accounts.updateUser(second?.id ?? "", { suspendedAt: NOW });
    assert.deepEqual(await accounts.listWaiting(), []);
  });
}
