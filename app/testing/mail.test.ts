import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openMailbox, tokenIn } from "../../lib/mail/testing/mailbox";
import type { Account } from "../../lib/schemas/account";
import { errorBodySchema } from "../../lib/schemas/error";
import { openRoutes, type Routes } from "./routes";
import { newEmail, PASSWORD, signedUp, signIn } from "./sign-in";
import { Visitor } from "./site";

const mailbox = await openMailbox();
after(() => mailbox.close());
const PUBLIC = "https://code.example.org";
const VARIABLES = {
  SMTP_URL: mailbox.url,
  SMTP_FROM: "Quicksand <noreply@example.org>",
  NEXTAUTH_URL: PUBLIC,
};
const NEW_PASSWORD = "quite another passphrase";

const openMailed = () => openRoutes({ variables: VARIABLES });
const asked = async (site: Routes, email: string) => {
  const answer = await new Visitor(site).ask("POST", "/api/account/forgot-password", { email });
  return [answer.status, await answer.text()];
};
const accountOf = async (visitor: Visitor) => (await visitor.json<Account>("GET", "/api/account")).user;

async function codeOf(answer: Response): Promise<string> {
  return `${answer.status} ${errorBodySchema.parse(await answer.json()).error.code}`;
}

test("after a sign-up a link proves the address, once", async () => {
  const site = await openMailed();
  const { visitor, email } = await signedUp(site);
  const mail = await mailbox.take(email, /Confirm your e-mail address/);
  assert.match(mail.text, new RegExp(`${PUBLIC}/verify-email#[\\w-]{32}\n`));
  assert.equal((await accountOf(visitor))?.emailProven, false);
  const body = { token: tokenIn(mail) };
  assert.deepEqual(await new Visitor(site).json("POST", "/api/account/verify-email", body), { email });
  assert.equal((await accountOf(visitor))?.emailProven, true);
  assert.equal(
    await codeOf(await visitor.ask("POST", "/api/account/verify-email", body)),
    "400 invalid_request",
  );
  assert.equal(await codeOf(await visitor.ask("POST", "/api/account/verify-email/send")), "409 conflict");
});

test("whoever has an account is told when somebody signs up with their address", async () => {
  const site = await openMailed();
  const { email } = await signedUp(site);
  await new Visitor(site).json("POST", "/api/account", { email, password: NEW_PASSWORD });
  await mailbox.take(email, /You already have an account/);
});

test("a forgotten password is chosen anew by a link that works once, and ends all sessions", async () => {
  const site = await openMailed();
  const { visitor, email } = await signedUp(site);
  const confirmed = tokenIn(await mailbox.take(email, /Confirm your e-mail address/));
  await visitor.json("POST", "/api/account/verify-email", { token: confirmed });
  await visitor.ask("POST", "/api/keys", { name: "kept" });
  assert.deepEqual(await asked(site, email.toUpperCase()), [200, '{"accepted":true}']);
  const mail = await mailbox.take(email, /Choose another password/);
  assert.match(mail.text, new RegExp(`${PUBLIC}/reset-password#`));

  const reset = { token: tokenIn(mail), newPassword: NEW_PASSWORD };
  const stranger = new Visitor(site);
  const short = await stranger.ask("POST", "/api/account/reset-password", { ...reset, newPassword: "short" });
  assert.equal(await codeOf(short), "400 invalid_request");
  await stranger.json("POST", "/api/account/reset-password", reset);
  assert.equal((await accountOf(visitor)) ?? null, null, "its session has ended");
  assert.equal((await signIn(new Visitor(site), email)).status, 401);
  const back = new Visitor(site);
  assert.equal((await signIn(back, email, NEW_PASSWORD)).status, 200);
  assert.equal((await back.json<{ keys: object[] }>("GET", "/api/keys")).keys.length, 1);
  await mailbox.take(email, /Your password was changed/);
  const again = await stranger.ask("POST", "/api/account/reset-password", reset);
  assert.equal(await codeOf(again), "400 invalid_request");
});

test("of two links for one account the second ends with the first, and at rest there is only a hash", async () => {
  const site = await openMailed();
  const { email } = await signedUp(site);
  await asked(site, email);
  const first = tokenIn(await mailbox.take(email, /Choose another password/));
  await asked(site, email);
  const second = tokenIn(await mailbox.take(email, /Choose another password/));
  const now = new Date();
  assert.equal(await site.store.accounts.findToken(first, "reset_password", now), null);
  const visitor = new Visitor(site);
  const reset = (token: string) =>
    visitor.ask("POST", "/api/account/reset-password", { token, newPassword: NEW_PASSWORD });
  assert.equal((await reset(second)).status, 200);
  assert.equal((await reset(first)).status, 400);
});

test("an address without an account is answered like one with, and before anybody has looked", async () => {
  const site = await openMailed();
  const { email } = await signedUp(site);
  const known = await asked(site, email);
  await mailbox.take(email, /Choose another password/);
  assert.deepEqual(await asked(site, newEmail()), known);
  // The look-up never ends here, and the answer comes all the same: it cannot depend on it.
  site.store.accounts.findUserByEmail = () => new Promise(() => {});
  assert.deepEqual(await asked(site, email), known);
});

test("a database or a mail server that is away does not fail the request that leads to a mail", async () => {
  const gone = await openMailbox();
  await gone.close();
  const site = await openRoutes({ variables: { ...VARIABLES, SMTP_URL: gone.url } });
  const { visitor, email } = await signedUp(site);
  assert.equal((await visitor.ask("POST", "/api/keys", { name: "mine" })).status, 201);
  site.store.accounts.findUserByEmail = () => Promise.reject(new Error("away"));
  assert.deepEqual(await asked(site, email), [200, '{"accepted":true}']);
});

test("a new address counts when its link is opened, both are told, and links to the old one end", async () => {
  const site = await openMailed();
  const { visitor, email } = await signedUp(site);
  const next = newEmail();
  const change = (password: string) => visitor.ask("POST", "/api/account/email", { email: next, password });
  assert.equal(await codeOf(await change("not the password")), "403 forbidden");
  assert.equal((await change(PASSWORD)).status, 200);
  assert.match((await mailbox.take(email, /about to change/)).text, new RegExp(next));
  const mail = await mailbox.take(next, /Confirm your new e-mail address/);
  assert.equal((await accountOf(visitor))?.email, email, "not yet");
  await asked(site, email);
  const old = tokenIn(await mailbox.take(email, /Choose another password/));

  const token = tokenIn(mail);
  assert.deepEqual(await visitor.json("POST", "/api/account/verify-email", { token }), { email: next });
  assert.deepEqual(
    [(await accountOf(visitor))?.email, (await accountOf(visitor))?.emailProven],
    [next, true],
  );
  await mailbox.take(email, /Your e-mail address was changed/);
  assert.equal((await signIn(new Visitor(site), email)).status, 401);
  assert.equal((await signIn(new Visitor(site), next)).status, 200);
  const reset = { token: old, newPassword: NEW_PASSWORD };
  assert.equal((await visitor.ask("POST", "/api/account/reset-password", reset)).status, 400);
});

test("an address that has an account is not taken over, and only its owner is told", async () => {
  const site = await openMailed();
  const [{ visitor, email }, { email: taken }] = [await signedUp(site), await signedUp(site)];
  const answer = await visitor.ask("POST", "/api/account/email", { email: taken, password: PASSWORD });
  assert.deepEqual([answer.status, await answer.text()], [200, '{"accepted":true}']);
  await mailbox.take(taken, /You already have an account/);
  assert.equal((await accountOf(visitor))?.email, email);
});

test("a changed password, a new key, a new browser and a lock-out are told by mail", async () => {
  const site = await openMailed();
  const { visitor, email } = await signedUp(site);
  const confirmed = tokenIn(await mailbox.take(email, /Confirm your e-mail address/));
  await visitor.json("POST", "/api/account/verify-email", { token: confirmed });
  const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
  const elsewhere = new Visitor(site, { "user-agent": firefox });
  elsewhere.address = "203.0.113.9";
  assert.equal((await signIn(elsewhere, email)).status, 200);
  assert.match(
    (await mailbox.take(email, /A new sign-in/)).text,
    /Firefox 145 on Linux, from 203\.0\.113\.9/,
  );
  // The same browser again is no news: it has the cookie of one that signed in before.
  assert.equal((await signIn(elsewhere, email)).status, 200);
  await visitor.ask("POST", "/api/keys", { name: "nightly" });
  assert.match((await mailbox.take(email, /new API key/)).text, /"nightly"/);
  const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
  await visitor.json("POST", "/api/account/password", change);
  await mailbox.take(email, /password was changed/);
  const guesser = new Visitor(site);
  for (let index = 0; index < 8; index++) await signIn(guesser, email, "a wrong guess");
  await mailbox.take(email, /Wrong passwords/);
  assert.deepEqual(
    mailbox.received.filter((mail) => mail.to.includes(email) && /A new sign-in/.test(mail.subject)),
    [],
  );
});

test("where no mail is sent it is said, and an admin makes the link instead", async () => {
  const site = await openRoutes();
  const { visitor: boss, email: bossEmail } = await signedUp(site);
  const { email } = await signedUp(site);
  const bossUser = await site.store.accounts.findUserByEmail(bossEmail);
  const user = await site.store.accounts.findUserByEmail(email);
  assert.ok(bossUser && user);
  await site.store.accounts.updateUser(bossUser.id, { admin: true });
  assert.equal((await boss.json<Account>("GET", "/api/account")).mail, false);
  const answer = await new Visitor(site).ask("POST", "/api/account/forgot-password", { email });
  assert.equal(await codeOf(answer), "409 conflict");

  const link = await boss.json<{ path: string }>("POST", `/api/admin/users/${user.id}/reset-link`);
  const [path, token] = link.path.split("#");
  assert.equal(path, "/reset-password");
  const visitor = new Visitor(site);
  await visitor.json("POST", "/api/account/reset-password", { token, newPassword: NEW_PASSWORD });
  assert.equal((await signIn(visitor, email, NEW_PASSWORD)).status, 200);
  assert.equal((await accountOf(visitor))?.emailProven, false, "nothing went through its mailbox");
});

test("a new address that was asked for with the old password ends with it", async () => {
  const site = await openMailed();
  const { visitor, email } = await signedUp(site);
  const thief = newEmail();
  await visitor.json("POST", "/api/account/email", { email: thief, password: PASSWORD });
  const token = tokenIn(await mailbox.take(thief, /Confirm your new/));
  const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
  await visitor.json("POST", "/api/account/password", change);
  const proof = await new Visitor(site).ask("POST", "/api/account/verify-email", { token });
  assert.equal(await codeOf(proof), "400 invalid_request");
  assert.equal((await accountOf(visitor))?.email, email);
});

test("whoever has the mailbox gets the account of who signed up with their address, and nothing of theirs stays", async () => {
  const site = await openMailed();
  const { visitor, email } = await signedUp(site);
  assert.match((await mailbox.take(email, /Confirm your e-mail address/)).text, /^Hello,\n/);
  const { key } = (await (await visitor.ask("POST", "/api/keys", { name: "for ever" })).json()) as {
    key: string;
  };
  await asked(site, email);
  const token = tokenIn(await mailbox.take(email, /Choose another password/));
  const owner = new Visitor(site);
  await owner.json("POST", "/api/account/reset-password", { token, newPassword: NEW_PASSWORD });
  assert.equal((await signIn(owner, email, NEW_PASSWORD)).status, 200);
  assert.equal((await accountOf(owner))?.emailProven, true);
  const program = new Visitor(site, { authorization: `Bearer ${key}` });
  assert.equal(await codeOf(await program.ask("GET", "/api/runs")), "401 unauthorized");
});
