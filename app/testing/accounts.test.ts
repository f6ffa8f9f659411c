import assert from "node:assert/strict";
import { test } from "node:test";
import type { Account } from "../../lib/schemas/account";
import type { AdminUser, AuditEntry } from "../../lib/schemas/admin";
import type { RunPage, UsageReport } from "../../lib/schemas/history";
import { ORIGIN, openRoutes, type RouteFile, type Routes } from "./routes";
import { Visitor } from "./site";
import { signedIn } from "./world";

const PASSWORD = "correct horse";
const PROGRAM = { language: "python", code: "print(1)" };
let people = 0;
const newEmail = () => `person${++people}@example.org`;

const routes = await openRoutes();
const nextAuth = (await import("../api/auth/[...nextauth]/route")) as unknown as RouteFile;

/** Posts a form to next-auth, as its own pages would. */
async function form(visitor: Visitor, action: string, fields: Record<string, string>): Promise<Response> {
  const params = (path: string) => ({ nextauth: path.split("/") }) as unknown as Record<string, string>;
  const csrf = await visitor.send(nextAuth, "/api/auth/csrf", { params: params("csrf") });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  return visitor.send(nextAuth, `/api/auth/${action}`, {
    method: "POST",
    params: params(action),
    headers: { "content-type": "application/x-www-form-urlencoded", ...visitor.headers },
    body: new URLSearchParams({ csrfToken, json: "true", ...fields }).toString(),
  });
}

const signIn = (visitor: Visitor, email: string, password = PASSWORD) =>
  form(visitor, "callback/credentials", { email, password });

async function signedUp(
  site: Routes = routes,
  email = newEmail(),
): Promise<{ visitor: Visitor; email: string }> {
  const visitor = new Visitor(site);
  await visitor.json("POST", "/api/account", { email, password: PASSWORD });
  assert.equal((await signIn(visitor, email)).status, 200);
  return { visitor, email };
}

const accountOf = (visitor: Visitor) => visitor.json<Account>("GET", "/api/account");

test("an address whose account is there is answered like one whose is not, when signing up and in", async () => {
  const { email } = await signedUp();
  const visitor = new Visitor(routes);
  const answers = await Promise.all(
    [email, newEmail()].map((each) =>
      visitor.ask("POST", "/api/account", { email: each, password: "another one" }),
    ),
  );
  const [taken, free] = await Promise.all(
    answers.map(async (answer) => [answer.status, await answer.text()]),
  );
  assert.deepEqual(taken, free);
  assert.equal(
    (await signIn(new Visitor(routes), email, "another one")).status,
    401,
    "it is not theirs by that",
  );
  const wrong = [await signIn(visitor, email, "wrong"), await signIn(visitor, "nobody@example.org", "wrong")];
  const [known, unknown] = await Promise.all(
    wrong.map(async (answer) => [answer.status, await answer.text()]),
  );
  assert.deepEqual(known, unknown);
  assert.equal(known?.[0], 401);
});

test("who deletes an account and signs up again goes on with the day's quota, from wherever that is", async () => {
  const { visitor, email } = await signedUp();
  for (let n = 0; n < 3; n++) await visitor.json("POST", "/api/editor/run", PROGRAM);
  await visitor.json("DELETE", "/api/account", { email, password: PASSWORD });
  const again = await signedUp(routes, email);
  const { used, kept } = await again.visitor.json<UsageReport>("GET", "/api/usage");
  assert.deepEqual([used, kept.runs], [3, 0]);
  const other = await signedUp();
  assert.equal((await other.visitor.json<UsageReport>("GET", "/api/usage")).used, 0);
});

test("what a guest ran follows into the account, and signing out leaves nothing in view", async () => {
  const email = newEmail();
  const visitor = new Visitor(routes);
  const { id } = await visitor.json<{ id: string }>("POST", "/api/editor/run", PROGRAM);
  await visitor.json("POST", "/api/account", { email, password: PASSWORD, name: "Ada" });
  await signIn(visitor, email);
  const { runs } = await visitor.json<RunPage>("GET", "/api/runs");
  assert.deepEqual([runs.map((run) => run.id), runs[0]?.expiresAt?.slice(0, 4)], [[id], "2027"]);
  const { user, kind, plan } = await accountOf(visitor);
  assert.deepEqual([user?.name, user?.email, kind, plan.id], ["Ada", email, "user", "free"]);
  const copied = new Visitor(routes);
  copied.cookie = visitor.cookie;
  assert.equal((await form(visitor, "signout", {})).status, 200);
  for (const each of [visitor, copied]) {
    assert.equal((await accountOf(each)).kind, "guest", "a copied cookie ends with the session");
    assert.deepEqual((await each.json<RunPage>("GET", "/api/runs")).runs, []);
  }
});

test("a session's cookie is for no script and no other site; over https it is bound to the host", async () => {
  const { email } = await signedUp();
  const cookie = cookieOf(await signIn(new Visitor(routes), email));
  assert.match(cookie, /^qs_session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  const secure = await openRoutes({
    store: routes.store,
    variables: { NEXTAUTH_URL: "https://example.org" },
  });
  const answer = await signIn(new Visitor(secure), email);
  assert.match(
    cookieOf(answer),
    /^__Host-qs_session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  );
  await openRoutes({ store: routes.store }); // the following tests' own again
});

function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie().find((cookie) => cookie.includes("qs_session")) ?? "";
}

test("a changed password ends every other session, and needs the old one", async () => {
  const site = await openRoutes();
  const { visitor, email } = await signedUp(site);
  const other = new Visitor(site);
  await signIn(other, email);
  const change = (currentPassword: string) =>
    visitor.ask("POST", "/api/account/password", { currentPassword, newPassword: "battery staple" });
  const refused = await change("wrong");
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /"path":"currentPassword"/);
  assert.equal((await accountOf(other)).kind, "user");
  assert.equal((await change(PASSWORD)).status, 200);
  assert.equal((await accountOf(other)).kind, "guest");
  assert.equal((await accountOf(visitor)).kind, "user");
  assert.equal((await signIn(new Visitor(site), email)).status, 401);
  assert.equal((await signIn(new Visitor(site), email, "battery staple")).status, 200);
});

test("wrong passwords are slowed down with the time to come back, for unknown addresses too", async () => {
  const site = await openRoutes();
  const { email } = await signedUp(site);
  for (const typed of [email, "nobody@example.org"]) {
    const visitor = new Visitor(site);
    for (let failure = 0; failure < 5; failure++) await signIn(visitor, typed, "wrong");
    const answer = await signIn(visitor, typed);
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers.get("retry-after")) >= 1);
  }
});

test("other sites, and forms without the token, sign nobody in", async () => {
  const site = await openRoutes();
  const { email } = await signedUp(site);
  const foreign = new Visitor(site, { origin: "https://evil.example" });
  assert.equal((await signIn(foreign, email)).status, 403);
  const answer = await form(new Visitor(site), "callback/credentials", {
    email,
    password: PASSWORD,
    csrfToken: "x",
  });
  assert.equal(answer.status, 403);
  assert.equal(cookieOf(answer), "");
});

test("an API key is shown once, does what its scopes say from any site, and ends when revoked or expired", async () => {
  const site = await openRoutes();
  const { visitor } = await signedUp(site);
  const made = await visitor.ask("POST", "/api/keys", { name: "CI", scopes: ["run"], expiresInDays: 1 });
  assert.equal(made.status, 201);
  const { key, id, hint } = (await made.json()) as { key: string; id: string; hint: string };
  assert.match(key, /^qs_[\w-]{40}$/);
  assert.ok(key.startsWith(hint));
  assert.doesNotMatch(await (await visitor.ask("GET", "/api/keys")).text(), new RegExp(key.slice(8)));
  const program = new Visitor(site, { authorization: `Bearer ${key}`, origin: "https://elsewhere.example" });
  const run = await program.ask("POST", "/api/editor/run", PROGRAM);
  assert.equal(run.status, 200);
  assert.equal(run.headers.get("access-control-allow-origin"), "*");
  assert.equal(run.headers.get("set-cookie"), null);
  assert.equal((await program.ask("GET", "/api/runs")).status, 403, "it has no `read`");
  assert.equal((await visitor.json<RunPage>("GET", "/api/runs")).runs.length, 1, "the run is its owner's");
  const { keys } = await visitor.json<{ keys: { lastUsedAt: string | null }[] }>("GET", "/api/keys");
  assert.ok(keys[0]?.lastUsedAt);
  await visitor.json("DELETE", `/api/keys/${id}`);
  for (const bearer of [key, "qs_short", "eyJhbGciOiJkaXIifQ.x.y.z.w"]) {
    const answer = await new Visitor(site, { authorization: `Bearer ${bearer}` }).ask("GET", "/api/usage");
    assert.deepEqual([answer.status, answer.headers.get("www-authenticate")], [401, "Bearer"]);
  }
});

test("a deleted account is gone with everything of it, after its address and password were typed", async () => {
  const site = await openRoutes();
  const { visitor, email } = await signedUp(site);
  const { id } = await visitor.json<{ id: string }>("POST", "/api/editor/run", PROGRAM);
  await visitor.json("PATCH", `/api/runs/${id}`, { visibility: "public" });
  const remove = (body: object) => visitor.ask("DELETE", "/api/account", body);
  assert.equal((await remove({ email: "else@example.org", password: PASSWORD })).status, 403);
  assert.equal((await remove({ email })).status, 403);
  assert.equal((await remove({ email: email.toUpperCase(), password: PASSWORD })).status, 200);
  assert.equal((await accountOf(visitor)).kind, "guest");
  assert.equal((await new Visitor(site).ask("GET", `/r/${id}/raw`)).status, 404);
  assert.equal((await signIn(new Visitor(site), email)).status, 401);
});

test("an export has the profile, keys, log and runs, and no secret", async () => {
  const site = await openRoutes();
  const { visitor, email } = await signedUp(site);
  await visitor.json("POST", "/api/editor/run", PROGRAM);
  await visitor.ask("POST", "/api/keys", { name: "CI" });
  const answer = await visitor.ask("GET", "/api/account/export");
  const text = await answer.text();
  const all = JSON.parse(text) as {
    profile: { email: string };
    keys: object[];
    runs: object[];
    log: object[];
  };
  assert.deepEqual([all.profile.email, all.keys.length, all.runs.length], [email, 1, 1]);
  assert.ok(all.log.length >= 3);
  assert.doesNotMatch(text, /argon2|"hash"|passwordHash/);
});

test("admins change plans, suspend, and all of it is written down", async () => {
  const site = await openRoutes();
  const { visitor: boss } = await signedUp(site, "boss@example.org");
  await site.store.accounts.grantAdmin("boss@example.org");
  const { visitor, email } = await signedUp(site);
  const { users } = await boss.json<{ users: AdminUser[] }>("GET", `/api/admin/users?q=${email}`);
  assert.equal(users.length, 1);
  const address = `/api/admin/users/${users[0]?.id}`;
  await boss.json("PATCH", address, { plan: "pro" });
  assert.equal((await visitor.json<UsageReport>("GET", "/api/usage")).limit, 20_000);
  await boss.json("PATCH", address, { suspended: true });
  assert.equal((await accountOf(visitor)).kind, "guest");
  assert.equal((await signIn(new Visitor(site), email)).status, 403, "told only to who knows the password");
  const self = (await accountOf(boss)).user?.id;
  assert.equal((await boss.ask("PATCH", `/api/admin/users/${self}`, { admin: false })).status, 409);
  await boss.json("PATCH", address, { suspended: false });
  assert.equal((await signIn(new Visitor(site), email)).status, 200);
  const { entries } = await boss.json<{ entries: AuditEntry[] }>("GET", "/api/admin/audit");
  const actions = entries.filter((entry) => entry.actor === self && entry.subject === users[0]?.id);
  assert.deepEqual(
    actions.map(({ action, detail }) => `${action} ${detail}`.trim()),
    ["admin_resumed", "admin_suspended", "admin_plan_changed free → pro"],
  );
  const overview = await boss.json<{ users: number; hours: object[] }>("GET", "/api/admin/overview");
  assert.deepEqual([overview.users, overview.hours.length], [2, 48]);
});

test("a guest is told what an account would give, and pages of other sites cannot act for a user", async () => {
  const site = await openRoutes({
    variables: { QUICKSAND_PLANS: '{"guest":{"features":[],"languages":["python"]}}' },
  });
  const guest = new Visitor(site);
  for (const body of [
    { ...PROGRAM, interactive: true },
    { ...PROGRAM, tests: [{ expected: "" }] },
    { ...PROGRAM, language: "c" },
  ]) {
    const answer = await guest.ask("POST", "/api/editor/run", body);
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /plan_forbids.*guest plan.*sign up/);
  }
  const visitor = new Visitor(site, { origin: "https://evil.example" });
  await signedIn(site, visitor);
  assert.equal((await visitor.ask("POST", "/api/editor/run", PROGRAM)).status, 403);
  const own = new Visitor(site, { origin: ORIGIN });
  own.cookie = visitor.cookie;
  assert.equal((await own.ask("POST", "/api/editor/run", PROGRAM)).status, 200);
});

test("more requests or runs in a minute than the plan has are 429 with the time to come back", async () => {
  const plans = { guest: { runsPerMinute: 2, requestsPerMinute: 5 } };
  const site = await openRoutes({ variables: { QUICKSAND_PLANS: JSON.stringify(plans) } });
  const guest = new Visitor(site);
  const statuses: number[] = [];
  for (let index = 0; index < 3; index++)
    statuses.push((await guest.ask("POST", "/api/editor/run", PROGRAM)).status);
  assert.deepEqual(statuses, [200, 200, 429]);
  assert.equal((await guest.json<UsageReport>("GET", "/api/usage")).used, 2);
  await guest.ask("GET", "/api/usage");
  const answer = await guest.ask("GET", "/api/usage");
  assert.deepEqual([answer.status, answer.headers.get("ratelimit-limit")], [429, "5"]);
  assert.ok(Number(answer.headers.get("retry-after")) <= 60);
});
