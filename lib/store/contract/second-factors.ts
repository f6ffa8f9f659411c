import assert from "node:assert/strict";
import { test } from "node:test";
import { createdUser, NOW } from "./account-fixtures";
import { type ContractDatabase, newId } from "./fixtures";

/** Two-factor sign-in. */
export function secondFactorContract(database: () => ContractDatabase): void {
  const on = (secret: string) => ({ secret, since: NOW, lastStep: 7, recovery: ["a", "b"] });

  test("two-factor sign-in is on when what was begun is confirmed, and only then the user says so", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    assert.equal(await accounts.getTwoFactor(user.id), null);
    assert.equal(await accounts.enableTwoFactor(user.id, on("never begun")), false);
    assert.equal(await accounts.beginTwoFactor(user.id, "first"), true);
    assert.equal(await accounts.beginTwoFactor(user.id, "second"), true);
    assert.equal((await accounts.getUser(user.id))?.twoFactorSince, null);
    assert.equal(await accounts.spendStep(user.id, 9), false);
    assert.equal(await accounts.replaceRecoveryCodes(user.id, ["x"]), false);
    assert.equal(await accounts.enableTwoFactor(user.id, on("first")), false);
    assert.equal(await accounts.enableTwoFactor(user.id, on("second")), true);
    assert.equal(await accounts.enableTwoFactor(user.id, on("second")), false);
    assert.deepEqual(await accounts.getTwoFactor(user.id), on("second"));
    assert.deepEqual((await accounts.getUser(user.id))?.twoFactorSince, NOW);
    assert.deepEqual((await accounts.findUserByEmail(user.email))?.twoFactorSince, NOW);
    assert.equal(await accounts.beginTwoFactor(user.id, "third"), false, "it is on");
    assert.equal(await accounts.beginTwoFactor(newId(), "nobody's"), false);
  });

  test("a time step and a recovery code are used up by one of many, and an earlier step is used with it", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    await accounts.beginTwoFactor(user.id, "secret");
    await accounts.enableTwoFactor(user.id, on("secret"));
    const once = async (spend: () => Promise<boolean>) =>
      (await Promise.all(Array.from({ length: 10 }, spend))).filter(Boolean).length;
    assert.equal(await once(() => accounts.spendStep(user.id, 9)), 1);
    assert.equal(await accounts.spendStep(user.id, 8), false);
    assert.equal(await accounts.spendStep(user.id, 10), true);
    assert.equal(await once(() => accounts.spendRecoveryCode(user.id, "a")), 1);
    assert.equal(await accounts.spendRecoveryCode(user.id, "c"), false);
    assert.deepEqual((await accounts.getTwoFactor(user.id))?.recovery, ["b"]);
    assert.equal(await accounts.replaceRecoveryCodes(user.id, ["c", "d"]), true);
    assert.equal(await accounts.spendRecoveryCode(user.id, "b"), false);
    assert.equal(await accounts.spendRecoveryCode(user.id, "d"), true);
  });

  test("two-factor sign-in that is turned off is forgotten, and a change of the user leaves it alone", async () => {
    const { accounts } = database().store;
    const user = await createdUser(accounts);
    await accounts.beginTwoFactor(user.id, "secret");
    await accounts.enableTwoFactor(user.id, on("secret"));
    const renamed = await accounts.updateUser(user.id, { name: "Another" });
    assert.deepEqual(renamed, { ...user, name: "Another", twoFactorSince: NOW });
    assert.equal(await accounts.disableTwoFactor(user.id), true);
    assert.equal(await accounts.disableTwoFactor(user.id), false);
    assert.equal(await accounts.getTwoFactor(user.id), null);
    assert.equal((await accounts.getUser(user.id))?.twoFactorSince, null);
  });
}
