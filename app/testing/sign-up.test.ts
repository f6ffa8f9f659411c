import assert from "node:assert/strict";
import { test } from "node:test";
import { adminCodeHash } from "../../lib/accounts/admin-code";
import type { Account } from "../../lib/schemas/account";
import type { AdminUser } from "../../lib/schemas/admin";
import { errorBodySchema } from "../../lib/schemas/error";
import { openRoutes, type Routes } from "./routes";
import { PASSWORD, signedUp, signIn } from "./sign-in";
import { Visitor } from "./site";
import { signedIn } from "./world";

const CODE = "2QXZ7-KJ4MN-8PRST-V6W3Y-0H1G5";
const accountOf = (visitor: Visitor) => visitor.json<Account>("GET", "/api/account");

/** A site that was started without an admin, and whose log said `CODE`. */
async function withCode(variables: Record<string, string> = {}): Promise<Routes> {
  const site = await openRoutes({ variables });
  await site.services.accounts.begin();
  assert.equal(await site.store.accounts.offerAdminCode(adminCodeHash(CODE)), true);
  return site;
}

async function refusalOf(answer: Response): Promise<string> {
  const { error } = errorBodySchema.parse(await answer.json());
  return `${answer.status} ${error.code}: ${error.message}`;
}

const signUp = (visitor: Visitor, email: string, adminCode?: string) =>
  visitor.ask("POST", "/api/account", { email, password: PASSWORD, ...(adminCode && { adminCode }) });

test("whoever signs up with the admin's address is no admin, neither first nor after a demoted or deleted one", async () => {
  const site = await withCode({ QUICKSAND_ADMIN_EMAIL: "boss@example.org" });
  const { visitor } = await signedUp(site, { email: "boss@example.org" });
  assert.equal((await accountOf(visitor)).user?.admin, false);
  await site.store.accounts.grantAdmin("boss@example.org");
  const other = await signedIn(site, new Visitor(site), { admin: true });
  await visitor.json("DELETE", "/api/account", { email: "boss@example.org", password: PASSWORD });
  const { visitor: again } = await signedUp(site, { email: "boss@example.org" });
  assert.equal((await accountOf(again)).user?.admin, false);
  await site.store.accounts.updateUser(other.id, { admin: false });
  assert.equal((await accountOf(again)).user?.admin, false);
});

test("the code from the log makes one admin, at sign-up or in the settings, whatever its case and dashes, and once", async () => {
  const site = await withCode();
  const { visitor } = await signedUp(site);
  assert.equal((await accountOf(visitor)).signUp.adminWanted, true);
  const wrong = await visitor.ask("POST", "/api/account/admin", { adminCode: "WRONG" });
  assert.match(await refusalOf(wrong), /^400 invalid_request: `adminCode` is not the code/);
  const typed = ` ${CODE.toLowerCase().replaceAll("-", " ")}`;
  const became = await visitor.json<Account>("POST", "/api/account/admin", { adminCode: typed });
  assert.deepEqual([became.user?.admin, became.signUp.adminWanted], [true, false]);
  await visitor.json("GET", "/api/admin/overview");
  const { visitor: late } = await signedUp(site);
  const again = await late.ask("POST", "/api/account/admin", { adminCode: CODE });
  assert.match(await refusalOf(again), /^400 .*there is an admin/);
  assert.match(await refusalOf(await signUp(late, "late@example.org", CODE)), /^400 .*there is an admin/);
});

test("where the admin's address is configured the code is for its account alone", async () => {
  const site = await withCode({ QUICKSAND_ADMIN_EMAIL: "Boss@example.org" });
  assert.match(await refusalOf(await signUp(new Visitor(site), "thief@example.org", CODE)), /^400 /);
  const boss = new Visitor(site);
  assert.equal((await signUp(boss, "boss@example.org", CODE)).status, 200);
  await signIn(boss, "boss@example.org");
  assert.equal((await accountOf(boss)).user?.admin, true);
});

test("where admins approve accounts, one that waits is told so with its right password alone, and works once approved", async () => {
  const site = await withCode({ QUICKSAND_SIGN_UP: "approve", QUICKSAND_CONTACT: "Ann, room 12" });
  const admin = new Visitor(site);
  await signUp(admin, "ann@example.org", CODE);
  assert.equal((await signIn(admin, "ann@example.org")).status, 200, "the code approves too");
  const visitor = new Visitor(site);
  const { mode, contact } = (await accountOf(visitor)).signUp;
  assert.deepEqual([mode, contact], ["approve", "Ann, room 12"]);
  for (const email of ["bob@example.org", "eve@example.org"]) {
    assert.equal((await signUp(new Visitor(site), email)).status, 200);
  }
  assert.equal((await signIn(visitor, "bob@example.org", "wrong")).status, 401);
  const waits = await signIn(visitor, "bob@example.org");
  assert.match(await refusalOf(waits), /^403 forbidden: Your account waits .*ask Ann, room 12\.$/);
  const waiting = async () =>
    (await admin.json<{ users: AdminUser[] }>("GET", "/api/admin/users?waiting=true")).users;
  const [bob, eve] = await waiting();
  assert.deepEqual([bob?.email, eve?.email], ["bob@example.org", "eve@example.org"]);
  await admin.json("PATCH", `/api/admin/users/${bob?.id}`, { waiting: false });
  await admin.json("PATCH", `/api/admin/users/${eve?.id}`, { suspended: true });
  assert.deepEqual(await waiting(), []);
  assert.equal((await signIn(visitor, "bob@example.org")).status, 200);
  assert.equal((await signIn(new Visitor(site), "eve@example.org")).status, 403);
  const log = await (await admin.ask("GET", "/api/admin/audit")).text();
  assert.match(log, /"admin_approved"/);
  assert.match(log, /"admin_code_used"/);
});

test("where nobody may sign up the refusal says whom to ask, and only the first admin's code opens the door", async () => {
  const site = await withCode({ QUICKSAND_SIGN_UP: "closed", QUICKSAND_CONTACT: "admin@school.example" });
  const refusal = await refusalOf(await signUp(new Visitor(site), "bob@example.org"));
  assert.match(refusal, /^403 forbidden: Nobody can sign up here .*ask admin@school\.example for an account/);
  assert.equal(await site.store.accounts.findUserByEmail("bob@example.org"), null);
  const admin = new Visitor(site);
  assert.equal((await signUp(admin, "ann@example.org", CODE)).status, 200);
  assert.equal((await signIn(admin, "ann@example.org")).status, 200);
  assert.match(await refusalOf(await signUp(new Visitor(site), "eve@example.org", CODE)), /^400 /);
  assert.equal(await site.store.accounts.countUsers(), 1);
});
