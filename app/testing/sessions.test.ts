import assert from "node:assert/strict";
import { test } from "node:test";
import type { SessionView } from "../../lib/schemas/account";
import { errorBodySchema } from "../../lib/schemas/error";
import { openRoutes } from "./routes";
import { PASSWORD, signedUp, signIn } from "./sign-in";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const MINUTE_MS = 60_000;

const sessionsOf = async (visitor: Visitor) =>
  (await visitor.json<{ sessions: SessionView[] }>("GET", "/api/account/sessions")).sessions;

async function codeOf(answer: Response): Promise<string> {
  return `${answer.status} ${errorBodySchema.parse(await answer.json()).error.code}`;
}

test("sessions are listed with browser, shortened network and last use, and ended one by one or all others at once", async () => {
  const routes = await openRoutes();
  const { visitor, email } = await signedUp(routes, { headers: { "user-agent": FIREFOX } });
  visitor.address = "203.0.113.77";
  const others = [new Visitor(routes), new Visitor(routes), new Visitor(routes)];
  for (const other of others) {
    other.address = "2001:db8:77:1::9";
    assert.equal((await signIn(other, email)).status, 200);
  }
  const listed = await sessionsOf(visitor);
  const own = listed.find(({ current }) => current);
  assert.deepEqual([listed.length, own?.browser], [4, "Firefox 145 on Linux"]);
  const elsewhere = listed.filter(({ current }) => !current);
  assert.deepEqual(new Set(elsewhere.map(({ network }) => network)), new Set(["2001:db8:77:x"]));

  const [first] = others as [Visitor];
  const ofFirst = (await sessionsOf(first)).find(({ current }) => current);
  await visitor.json("DELETE", `/api/account/sessions/${ofFirst?.id}`);
  assert.equal((await first.ask("GET", "/api/account/sessions")).status, 401);
  assert.equal((await sessionsOf(visitor)).length, 3);
  const again = await visitor.ask("DELETE", `/api/account/sessions/${ofFirst?.id}`);
  assert.equal(await codeOf(again), "404 not_found");
  assert.deepEqual(await visitor.json("DELETE", "/api/account/sessions"), { ended: 2 });
  assert.equal((await sessionsOf(visitor)).length, 1);
});

test("a session of somebody else's cannot be ended, and looks as if it were not there", async () => {
  const routes = await openRoutes();
  const [{ visitor }, { visitor: other }] = [await signedUp(routes), await signedUp(routes)];
  const [session] = await sessionsOf(other);
  assert.equal(
    await codeOf(await visitor.ask("DELETE", `/api/account/sessions/${session?.id}`)),
    "404 not_found",
  );
  assert.equal((await sessionsOf(other)).length, 1);
});

test("an unused session ends after the configured time", async () => {
  const site = await openRoutes({ variables: { QUICKSAND_SESSION_IDLE_HOURS: "1" } });
  for (const [minutes, status] of [
    [59, 200],
    [60, 401],
  ] as const) {
    const visitor = new Visitor(site);
    const lastSeenAt = new Date(Date.now() - minutes * MINUTE_MS);
    await signedIn(site, visitor, {}, { lastSeenAt });
    assert.equal(
      (await visitor.ask("GET", "/api/account/sessions")).status,
      status,
      `after ${minutes} minutes`,
    );
  }
});

test("keys and admin actions ask for the password again when it was given over ten minutes ago", async () => {
  const site = await openRoutes();
  const { visitor, email } = await signedUp(site);
  const key = { name: "mine" };
  assert.equal((await visitor.ask("POST", "/api/keys", key)).status, 201);

  const user = await site.store.accounts.findUserByEmail(email);
  assert.ok(user);
  await site.store.accounts.updateUser(user.id, { admin: true });
  const [session] = await site.store.accounts.listSessions(user.id, new Date());
  assert.ok(session);
  const age = (minutes: number) =>
    site.store.accounts.confirmSession(session.id, new Date(Date.now() - minutes * MINUTE_MS));
  const change = () => visitor.ask("PATCH", `/api/admin/users/${user.id}`, { plan: "pro" });
  await age(11);
  assert.equal(await codeOf(await visitor.ask("POST", "/api/keys", key)), "403 confirmation_required");
  assert.equal(await codeOf(await change()), "403 confirmation_required");
  // What needs no password goes on.
  assert.equal((await visitor.ask("GET", "/api/keys")).status, 200);

  const wrong = await visitor.ask("POST", "/api/account/confirm", { password: "not the password" });
  assert.equal(await codeOf(wrong), "403 forbidden");
  assert.equal(await codeOf(await change()), "403 confirmation_required");
  await visitor.json("POST", "/api/account/confirm", { password: PASSWORD });
  assert.equal((await change()).status, 200);
  assert.equal((await visitor.ask("POST", "/api/keys", key)).status, 201);
});

test("a program with an API key is never asked for a password", async () => {
  const routes = await openRoutes();
  const user = await signedIn(routes, new Visitor(routes), {}, { confirmedAt: new Date(0) });
  const { headers } = await keyOf(routes, user, ["run"]);
  const run = { language: "python", code: "print(1)" };
  assert.equal((await new Visitor(routes, headers).ask("POST", "/api/editor/run", run)).status, 200);
});

test("a changed password ends the API keys when that is asked for, and else leaves them", async () => {
  const routes = await openRoutes();
  const { visitor } = await signedUp(routes);
  const keys = async () => (await visitor.json<{ keys: object[] }>("GET", "/api/keys")).keys.length;
  await visitor.ask("POST", "/api/keys", { name: "one" });
  const newPassword = `${PASSWORD}, changed`;
  await visitor.json("POST", "/api/account/password", { currentPassword: PASSWORD, newPassword });
  assert.equal(await keys(), 1);
  const change = { currentPassword: newPassword, newPassword: PASSWORD, revokeKeys: true };
  await visitor.json("POST", "/api/account/password", change);
  assert.equal(await keys(), 0);
});

test("common passwords are refused at the sign-up, the change and the reset, at their field", async () => {
  const site = await openRoutes();
  const { visitor } = await signedUp(site);
  const asked: [string, object, string][] = [
    ["/api/account", { email: "new@example.org", password: "password1" }, "password"],
    ["/api/account/password", { currentPassword: PASSWORD, newPassword: "iloveyou1" }, "newPassword"],
    ["/api/account/reset-password", { token: "guessed", newPassword: "qwertyuiop" }, "newPassword"],
  ];
  for (const [address, body, field] of asked) {
    const answer = await visitor.ask("POST", address, body);
    const { error } = errorBodySchema.parse(await answer.json());
    assert.deepEqual([answer.status, error.details[0]?.path], [400, field]);
    assert.match(error.message, /one of the most common passwords/);
  }
  assert.equal(await site.store.accounts.findUserByEmail("new@example.org"), null);
});
