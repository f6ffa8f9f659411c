import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { createdUser } from "../contract/account-fixtures";
import { openEmbeddedStore } from "./index";

const directory = mkdtempSync(path.join(os.tmpdir(), "quicksand-beside-"));
after(() => rmSync(directory, { recursive: true }));

function admin(action: string, email: string, dataDir = directory) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/admin.mjs", action, email], {
    env: { ...process.env, QUICKSAND_DATA_DIR: dataDir, MONGODB_URI: "" },
    encoding: "utf8",
  });
  return { status, text: `${stdout}${stderr}` };
}

test("npm run admin makes an admin while the server has the database open, and it is in the log", async () => {
  const store = openEmbeddedStore(directory);
  const user = await createdUser(store.accounts, { admin: false, email: "boss@example.org" });
  await store.accounts.offerAdminCode("hash");
  assert.deepEqual(admin("grant", "Boss@Example.org"), {
    status: 0,
    text: "boss@example.org is an admin now.\n",
  });
  const granted = { ...user, admin: true, waiting: false, suspendedAt: null };
  assert.deepEqual(await store.accounts.getUser(user.id), granted);
  assert.equal(await store.accounts.adminCode(), null);
  const { entries } = await store.accounts.listAudit({ account: user.id });
  assert.deepEqual(
    entries.map(({ action, detail }) => [action, detail]),
    [["admin_granted", "with `npm run admin` on the machine"]],
  );
  await store.close();
});

test("npm run admin ends two-factor sign-in for who has lost both telephone and recovery codes", async () => {
  const store = openEmbeddedStore(directory);
  const user = await createdUser(store.accounts, { email: "lost@example.org" });
  await store.accounts.beginTwoFactor(user.id, "sealed");
  const on = { secret: "sealed", since: new Date(), lastStep: 1, recovery: [] };
  assert.equal(await store.accounts.enableTwoFactor(user.id, on), true);
  assert.deepEqual(admin("end-two-factor", "lost@example.org"), {
    ...{ status: 0, text: "lost@example.org signs in with the password alone now.\n" },
  });
  assert.equal(await store.accounts.getTwoFactor(user.id), null);
  assert.equal((await store.accounts.getUser(user.id))?.twoFactorSince, null);
  const { entries } = await store.accounts.listAudit({ account: user.id });
  assert.deepEqual(
    entries.map(({ action }) => action),
    ["two_factor_off"],
  );
  await store.close();
});

test("npm run admin says what is wrong with an address, and where there is no database", () => {
  for (const [email, dataDir, text] of [
    ["nobody@example.org", directory, /no account with the address nobody@example.org; sign up/],
    ["nobody", directory, /`email` is no e-mail address/],
    ["boss@example.org", path.join(directory, "absent"), /There is no database in .*absent: start Quicksand/],
  ] as const) {
    const answer = admin("grant", email, dataDir);
    assert.equal(answer.status, 1);
    assert.match(answer.text, text);
  }
});
