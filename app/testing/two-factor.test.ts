import assert from "node:assert/strict";
import { test } from "node:test";
import { shownCode } from "../../lib/auth/testing/authenticator";
import type { TwoFactorState } from "../../lib/schemas/account";
import { errorBodySchema } from "../../lib/schemas/error";
import { openRoutes, type Routes } from "./routes";
import { PASSWORD, signedUp, signIn } from "./sign-in";
import { Visitor } from "./site";

const ADDRESS = "/api/account/two-factor";
type Codes = { recoveryCodes: string[] };

async function codeOf(answer: Response): Promise<string> {
  return `${answer.status} ${errorBodySchema.parse(await answer.json()).error.code}`;
}

/** Somebody who signs in with an app: its secret and the recovery codes. Turned on with the code before the present one. */
async function withApp(site: Routes) {
  const { visitor, email } = await signedUp(site);
  const { secret, uri } = await visitor.json<{ secret: string; uri: string }>("POST", ADDRESS);
  assert.ok(uri.includes(secret));
  const body = { code: shownCode(secret, -1) };
  const { recoveryCodes } = await visitor.json<Codes>("POST", `${ADDRESS}/confirm`, body);
  return { visitor, email, secret, recoveryCodes };
}

test("what was begun asks nobody for a code, and a wrong first code does not turn it on", async () => {
  const site = await openRoutes();
  const { visitor, email } = await signedUp(site);
  const confirm = (code: string) => visitor.ask("POST", `${ADDRESS}/confirm`, { code });
  assert.equal(await codeOf(await confirm("123456")), "409 conflict");
  const { secret } = await visitor.json<{ secret: string }>("POST", ADDRESS);
  assert.equal(await codeOf(await confirm(shownCode(secret, 20))), "403 forbidden");
  assert.equal((await signIn(new Visitor(site), email)).status, 200);
  const off: TwoFactorState = { on: false, since: null, recoveryCodesLeft: 0, required: false };
  assert.deepEqual(await visitor.json("GET", ADDRESS), off);
});

test("a sign-in asks for a code once the password is right, and takes each code once", async () => {
  const site = await openRoutes();
  const { visitor, email, secret } = await withApp(site);
  const attempt = (code: string, password = PASSWORD) => signIn(new Visitor(site), email, password, { code });
  assert.equal(await codeOf(await attempt("")), "401 two_factor_required");
  assert.equal(await codeOf(await attempt("", "not the password")), "401 unauthorized");
  assert.equal(await codeOf(await attempt("000 000")), "401 unauthorized");
  const code = shownCode(secret);
  assert.equal((await attempt(code)).status, 200);
  assert.equal(await codeOf(await attempt(code)), "401 unauthorized", "it was used");
  assert.equal(await codeOf(await attempt(shownCode(secret, -1))), "401 unauthorized", "an earlier one");
  assert.equal((await visitor.json<TwoFactorState>("GET", ADDRESS)).on, true);
});

test("turning it on ends the sessions that began without a code", async () => {
  const site = await openRoutes();
  const { visitor, email } = await signedUp(site);
  const elsewhere = new Visitor(site);
  await signIn(elsewhere, email);
  const { secret } = await visitor.json<{ secret: string }>("POST", ADDRESS);
  await visitor.json("POST", `${ADDRESS}/confirm`, { code: shownCode(secret) });
  assert.equal((await elsewhere.ask("GET", ADDRESS)).status, 401);
  assert.equal((await visitor.ask("GET", ADDRESS)).status, 200);
  assert.equal(await codeOf(await visitor.ask("POST", ADDRESS)), "409 conflict", "it is on");
});

test("each of ten recovery codes signs in once, and new ones end the old", async () => {
  const site = await openRoutes();
  const { visitor, email, secret, recoveryCodes } = await withApp(site);
  const [first = "", second = ""] = recoveryCodes;
  const attempt = (code: string) => signIn(new Visitor(site), email, PASSWORD, { code });
  assert.equal(recoveryCodes.length, 10);
  assert.equal((await attempt(first.toUpperCase())).status, 200);
  assert.equal(await codeOf(await attempt(first)), "401 unauthorized");
  assert.equal((await visitor.json<TwoFactorState>("GET", ADDRESS)).recoveryCodesLeft, 9);
  const renew = { code: shownCode(secret) };
  const renewed = await visitor.json<Codes>("POST", `${ADDRESS}/recovery-codes`, renew);
  assert.equal(await codeOf(await attempt(second)), "401 unauthorized");
  assert.equal((await attempt(renewed.recoveryCodes[0] ?? "")).status, 200);
});

test("turning it off takes a code, and then a password is enough", async () => {
  const site = await openRoutes();
  const { visitor, email, secret } = await withApp(site);
  assert.equal(await codeOf(await visitor.ask("DELETE", ADDRESS, { code: "123456" })), "403 forbidden");
  await visitor.json("DELETE", ADDRESS, { code: shownCode(secret) });
  assert.equal((await signIn(new Visitor(site), email)).status, 200);
});

test("nothing that is stored or exported gives the secret or a recovery code away", async () => {
  const site = await openRoutes();
  const { visitor, email, secret, recoveryCodes } = await withApp(site);
  const user = await site.store.accounts.findUserByEmail(email);
  const stored = JSON.stringify(await site.store.accounts.getTwoFactor(user?.id ?? ""));
  const exported = await (await visitor.ask("GET", "/api/account/export")).text();
  for (const text of [stored, exported]) {
    assert.ok(!text.includes(secret));
    for (const code of recoveryCodes)
      assert.ok(!text.includes(code) && !text.includes(code.replace("-", "")));
  }
});

test("somebody who knows the password cannot guess at codes for long", async () => {
  const site = await openRoutes();
  const { email } = await withApp(site);
  const guesser = new Visitor(site);
  const statuses: number[] = [];
  for (let guess = 0; guess < 8; guess++) {
    // Asking for the second step in between must not give the guesses back.
    await signIn(guesser, email, PASSWORD);
    statuses.push((await signIn(guesser, email, PASSWORD, { code: `00000${guess}` })).status);
  }
  assert.equal(statuses[0], 401);
  assert.equal(statuses.at(-1), 429);
});

test("where admins need it, an admin without it is told where to turn it on", async () => {
  const site = await openRoutes({ variables: { QUICKSAND_ADMIN_TWO_FACTOR: "required" } });
  const { visitor, email } = await signedUp(site);
  const user = await site.store.accounts.findUserByEmail(email);
  await site.store.accounts.updateUser(user?.id ?? "", { admin: true });
  const overview = () => visitor.ask("GET", "/api/admin/overview");
  assert.equal(await codeOf(await overview()), "403 two_factor_setup_required");
  assert.equal((await visitor.json<TwoFactorState>("GET", ADDRESS)).required, true);
  const { secret } = await visitor.json<{ secret: string }>("POST", ADDRESS);
  await visitor.json("POST", `${ADDRESS}/confirm`, { code: shownCode(secret) });
  assert.equal((await overview()).status, 200);
});

test("a sign-in elsewhere asks for the code too, by a ticket that lasts until the code is right", async () => {
  const site = await openRoutes();
  const { email, secret } = await withApp(site);
  const user = await site.store.accounts.findUserByEmail(email);
  const asker = new Visitor(site);
  const identity = await site.services.identities.of(new Headers());
  const path = await site.services.accounts.signIns(identity, new Headers()).secondStep(user?.id ?? "");
  const ticket = path?.split("#")[1] ?? "";
  const attempt = (code: string) => signIn(asker, "", "", { ticket, code });
  assert.equal(await codeOf(await attempt("000000")), "401 unauthorized");
  assert.equal((await attempt(shownCode(secret))).status, 200);
  assert.equal((await asker.ask("GET", ADDRESS)).status, 200);
  assert.equal(await codeOf(await attempt(shownCode(secret, 1))), "401 unauthorized", "the ticket is used");
});

test("guesses at a code are counted, whatever passwords are given meanwhile", async () => {
  const site = await openRoutes();
  const { visitor } = await withApp(site);
  const answers: string[] = [];
  for (let index = 0; index < 12; index++) {
    answers.push(await codeOf(await visitor.ask("DELETE", ADDRESS, { code: "000000" })));
    await visitor.ask("POST", "/api/account/confirm", { password: PASSWORD });
  }
  assert.ok(answers.includes("429 rate_limited"), answers.join(", "));
});
