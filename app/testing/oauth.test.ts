import assert from "node:assert/strict";
import { after, test } from "node:test";
import { inspect } from "node:util";
import { hashPassword } from "../../lib/auth/passwords";
import type { Account } from "../../lib/schemas/account";
import type { AuditEntry } from "../../lib/schemas/admin";
import { type PersonElsewhere, ProviderServer } from "./oauth-server";
import { ORIGIN, openRoutes, type RouteFile } from "./routes";
import { Visitor } from "./site";
import { signedIn } from "./world";

const provider = await new ProviderServer().start();
after(() => provider.stop());

const routes = await openRoutes({
  variables: {
    NEXTAUTH_URL: ORIGIN,
    ...{
      OIDC_ISSUER: `${provider.address}/`,
      OIDC_ID: "quicksand",
      OIDC_SECRET: "secret",
      OIDC_NAME: "The School",
    },
    ...{ GITHUB_ID: "app", GITHUB_SECRET: "secret", GITHUB_BASE_URL: provider.address },
  },
});
const nextAuth = (await import("../api/auth/[...nextauth]/route")) as unknown as RouteFile;
const { accounts } = routes.store;

const asked = (visitor: Visitor, action: string, init: Parameters<Visitor["send"]>[2] = {}, query = "") =>
  visitor.send(nextAuth, `/api/auth/${action}${query}`, {
    ...init,
    params: { nextauth: action.split("/") } as unknown as Record<string, string>,
  });

/** Presses "Continue with …"; answers where the browser is sent. */
async function begin(visitor: Visitor, way: "oidc" | "github"): Promise<URL> {
  const { csrfToken } = (await (await asked(visitor, "csrf")).json()) as { csrfToken: string };
  const answer = await asked(visitor, `signin/${way}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, json: "true", callbackUrl: `${ORIGIN}/history` }).toString(),
  });
  return new URL(((await answer.json()) as { url: string }).url);
}

/** Goes to the provider and back; answers where the browser is sent at last, without our origin. */
async function signInWith(
  visitor: Visitor,
  way: "oidc" | "github",
  person: PersonElsewhere,
  tamper: (back: URL) => void = () => {},
): Promise<string> {
  provider.person = person;
  const there = await begin(visitor, way);
  const redirect = await fetch(there, { redirect: "manual" });
  const back = new URL(redirect.headers.get("location") ?? "");
  assert.equal(back.origin, ORIGIN);
  tamper(back);
  const answer = await asked(visitor, `callback/${way}`, {}, back.search);
  assert.equal(answer.status, 302);
  return (answer.headers.get("location") ?? "").replace(ORIGIN, "");
}

const accountOf = (visitor: Visitor) => visitor.json<Account>("GET", "/api/account");
let people = 0;
const somebody = (rest: Partial<PersonElsewhere> = {}): PersonElsewhere => {
  people += 1;
  const email = `person${people}@school.example`;
  return { sub: String(1_000 + people), email, email_verified: true, name: "Grace Hopper", ...rest };
};

test("any OpenID Connect provider is asked with state, nonce and PKCE, and no scope beyond who it is", async () => {
  const there = await begin(new Visitor(routes), "oidc");
  const { searchParams } = there;
  assert.equal(there.origin + there.pathname, `${provider.address}/authorize`);
  assert.equal(searchParams.get("scope"), "openid email profile");
  assert.equal(searchParams.get("code_challenge_method"), "S256");
  for (const name of ["state", "nonce", "code_challenge"]) {
    assert.ok((searchParams.get(name) ?? "").length >= 32, name);
  }
  assert.equal(searchParams.get("redirect_uri"), `${ORIGIN}/api/auth/callback/oidc`);
});

for (const way of ["oidc", "github"] as const) {
  test(`${way}: a first sign-in makes an account with a proven address, the next one finds it`, async () => {
    const person = somebody();
    const visitor = new Visitor(routes);
    const { id } = await visitor.json<{ id: string }>("POST", "/api/editor/run", {
      language: "python",
      code: "",
    });
    assert.equal(await signInWith(visitor, way, person), "/history");
    const { user, oidcName } = await accountOf(visitor);
    assert.deepEqual(
      [user?.email, user?.name, user?.ways, user?.emailProven, oidcName],
      [person.email, "Grace Hopper", [way], true, "The School"],
    );
    const { runs } = await visitor.json<{ runs: { id: string }[] }>("GET", "/api/runs");
    assert.deepEqual(
      runs.map((run) => run.id),
      [id],
      "what the guest ran comes with them",
    );
    const again = new Visitor(routes);
    // Their address there may change; who they are does not.
    await signInWith(again, way, { ...person, email: "new@school.example", email_verified: false });
    assert.equal((await accountOf(again)).user?.id, user?.id);
  });

  test(`${way}: an address that the provider does not call confirmed makes and finds no account`, async () => {
    const { email } = await signedIn(routes, new Visitor(routes), { emailProvenAt: new Date() });
    for (const rest of [{ email_verified: false }, { email, email_verified: false }, { email: "" }]) {
      const visitor = new Visitor(routes);
      assert.equal(await signInWith(visitor, way, somebody(rest)), "/sign-in?error=EmailNotVerified");
      assert.equal((await accountOf(visitor)).kind, "guest");
    }
  });
}

test("the same id at two providers is two people, and each of them is kept with its provider", async () => {
  const [one, other] = [somebody({ sub: "777" }), somebody({ sub: "777" })];
  await signInWith(new Visitor(routes), "oidc", one);
  const visitor = new Visitor(routes);
  await signInWith(visitor, "github", other);
  assert.equal((await accountOf(visitor)).user?.email, other.email);
  for (const [way, person] of [["oidc", one] as const, ["github", other] as const]) {
    const user = await accounts.findUserByIdentity({ way, id: `777#${provider.address}` });
    assert.equal(user?.email, person.email, way);
  }
});

test("a provider that says nothing of whether the address is confirmed has not confirmed it", async () => {
  const { email_verified: _, ...silent } = somebody();
  assert.equal(await signInWith(new Visitor(routes), "oidc", silent), "/sign-in?error=EmailNotVerified");
});

test("an account is linked by an address that is proven on both sides, or that nobody has a password for", async () => {
  for (const rest of [
    { passwordHash: await hashPassword("long enough"), emailProvenAt: new Date() },
    { passwordHash: null, emailProvenAt: null },
  ]) {
    const user = await signedIn(routes, new Visitor(routes), rest);
    const visitor = new Visitor(routes);
    assert.equal(
      await signInWith(visitor, "oidc", somebody({ email: user.email.toUpperCase() })),
      "/history",
    );
    assert.equal((await accountOf(visitor)).user?.id, user.id);
    const { entries } = await accounts.listAudit({ account: user.id, action: "identity_linked" });
    assert.deepEqual(
      entries.map(({ actor, detail, network }: AuditEntry | (typeof entries)[number]) => [
        actor,
        detail,
        network,
      ]),
      [[user.id, "oidc", visitor.address]],
    );
  }
});

test("an account whose owner chose a password for an address they did not prove is not linked", async () => {
  const passwordHash = await hashPassword("somebody else's");
  const user = await signedIn(routes, new Visitor(routes), { passwordHash, emailProvenAt: null });
  const visitor = new Visitor(routes);
  const answer = await signInWith(visitor, "oidc", somebody({ email: user.email }));
  assert.equal(answer, "/sign-in?error=OAuthAccountNotLinked");
  assert.equal((await accountOf(visitor)).kind, "guest");
  assert.deepEqual((await accounts.getUser(user.id))?.identities, []);
});

test("a suspended account is not signed in, whichever way it is found", async () => {
  const user = await signedIn(routes, new Visitor(routes), { emailProvenAt: new Date() });
  await accounts.updateUser(user.id, { suspendedAt: new Date() });
  const person = somebody({ email: user.email });
  assert.equal(await signInWith(new Visitor(routes), "oidc", person), "/sign-in?error=AccountSuspended");
  await accounts.updateUser(user.id, { suspendedAt: null });
  await signInWith(new Visitor(routes), "oidc", person);
  await accounts.updateUser(user.id, { suspendedAt: new Date() });
  assert.equal(await signInWith(new Visitor(routes), "oidc", person), "/sign-in?error=AccountSuspended");
});

test("an answer of another browser, of another sign-in, or with a foreign nonce signs nobody in", async () => {
  const tampers: [string, (back: URL) => void][] = [
    ["another state", (back) => back.searchParams.set("state", "x".repeat(43))],
    ["no state", (back) => back.searchParams.delete("state")],
    ["another code", (back) => back.searchParams.set("code", "guessed")],
  ];
  for (const [name, tamper] of tampers) {
    const visitor = new Visitor(routes);
    assert.equal(await signInWith(visitor, "oidc", somebody(), tamper), "/sign-in?error=OAuthCallback", name);
    assert.equal((await accountOf(visitor)).kind, "guest", name);
  }
  provider.tamperWithNonce = true;
  const visitor = new Visitor(routes);
  assert.equal(await signInWith(visitor, "oidc", somebody()), "/sign-in?error=OAuthCallback", "nonce");
  provider.tamperWithNonce = false;
  const there = await begin(visitor, "oidc");
  const redirect = await fetch(there, { redirect: "manual" });
  const { search } = new URL(redirect.headers.get("location") ?? "");
  const stranger = new Visitor(routes);
  const answer = await asked(stranger, "callback/oidc", {}, search);
  assert.match(answer.headers.get("location") ?? "", /error=OAuthCallback/);
  assert.equal((await accountOf(stranger)).kind, "guest");
});

test("a person who says no at the provider is told so on the page of signing in", async () => {
  const visitor = new Visitor(routes);
  await begin(visitor, "oidc");
  const answer = await asked(visitor, "callback/oidc", {}, "?error=access_denied");
  assert.match(answer.headers.get("location") ?? "", /\/sign-in\?error=\w+$/);
});

test("what a callback's address says is not written to the log", async () => {
  const { log } = routes.services.auth;
  const written: unknown[] = [];
  const [info, error] = [log.info, log.error];
  Object.assign(log, {
    info: (...all: unknown[]) => written.push(all),
    error: (...all: unknown[]) => written.push(all),
  });
  try {
    const visitor = new Visitor(routes);
    await asked(visitor, "callback/github", {}, "?error=FORGED&error_description=FORGED%0Aline");
    await begin(visitor, "oidc");
    await asked(visitor, "callback/oidc", {}, "?state=FORGED&code=FORGED");
  } finally {
    Object.assign(log, { info, error });
  }
  assert.ok(written.length > 0);
  assert.doesNotMatch(inspect(written, { depth: 6 }), /FORGED/);
});

test("an account without a password needs a fresh sign-in for what others give their password for, and nothing stands in for it", async () => {
  const visitor = new Visitor(routes);
  const person = somebody();
  await signInWith(visitor, "oidc", person);
  const [session] = await accounts.listSessions((await accountOf(visitor)).user?.id ?? "", new Date());
  await accounts.confirmSession(session?.id ?? "", new Date(Date.now() - 11 * 60_000));
  const codeOf = async (method: string, path: string, body: object) => {
    const answer = await visitor.ask(method, path, body);
    return `${answer.status} ${((await answer.json()) as { error?: { code: string } }).error?.code}`;
  };
  assert.equal(await codeOf("POST", "/api/account/confirm", { password: "x" }), "409 conflict");
  for (const [method, path, body] of [
    ["POST", "/api/keys", { name: "k" }],
    ["POST", "/api/account/password", { newPassword: "an attacker's own one" }],
    ["DELETE", "/api/account", { email: person.email }],
  ] as const) {
    assert.equal(await codeOf(method, path, body), "403 confirmation_required", path);
  }
  await signInWith(visitor, "oidc", person);
  assert.equal((await visitor.ask("POST", "/api/keys", { name: "k" })).status, 201);
});

test("no account is made for an address that can be taken for another", async () => {
  const visitor = new Visitor(routes);
  for (const email of ["\u0430nn@school.example", "ann\u200b@school.example"]) {
    assert.match(
      await signInWith(visitor, "oidc", somebody({ email })),
      /error=(AddressNotPlain|EmailNotVerified)$/,
    );
  }
  assert.equal((await accountOf(visitor)).kind, "guest");
});
