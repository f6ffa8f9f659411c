import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunResult } from "../../lib/schemas/run";
import { type ServerStatus, serverStatusSchema } from "../../lib/schemas/status";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const routes = await openRoutes();
const { sandbox, services, store } = routes;

async function statusOf(visitor: Visitor): Promise<ServerStatus> {
  const answer = await visitor.ask("GET", "/api/status");
  assert.equal(answer.status, 200);
  return serverStatusSchema.strict().parse(await answer.json());
}

/** Longer than an answer is kept. */
const later = () => new Promise((resolve) => setTimeout(resolve, 1_050));

test("strangers, users and keys of admins are told no version; an admin's session is", async () => {
  const stranger = new Visitor(routes);
  const user = new Visitor(routes);
  await signedIn(routes, user);
  const admin = new Visitor(routes);
  const account = await signedIn(routes, admin, { admin: true });
  const suspended = new Visitor(routes);
  await signedIn(routes, suspended, { admin: true, suspendedAt: new Date() });
  const { headers } = await keyOf(routes, account, ["run", "read"]);
  for (const visitor of [stranger, user, suspended, new Visitor(routes, headers)])
    assert.equal((await statusOf(visitor)).versions, null);
  const { versions } = await statusOf(admin);
  assert.equal(versions?.node, process.versions.node);
  assert.match(versions?.store ?? "", /SQLite.* \d/);
  const told = JSON.stringify({ ...(await statusOf(admin)), versions: null });
  assert.doesNotMatch(told, new RegExp(process.versions.node.replaceAll(".", "\\.")));
});

test("it gives nobody a cookie, since a page asks it beside others", async () => {
  const answer = await new Visitor(routes).ask("GET", "/api/status");
  assert.deepEqual(answer.headers.getSetCookie(), []);
  assert.equal(answer.headers.get("cache-control"), "no-store");
});

test("runs are in the figures of the minute in which they ended", async () => {
  const visitor = new Visitor(routes);
  const before = (await statusOf(visitor)).hour.runs;
  await visitor.json<RunResult>("POST", "/api/editor/run", { language: "python", code: "print(1)" });
  await later();
  const { hour, minutes } = await statusOf(visitor);
  assert.equal(hour.runs, before + 1);
  assert.equal(
    minutes.reduce((sum, minute) => sum + minute.runs, 0),
    hour.runs,
  );
  assert.ok(hour.wait && hour.total);
});

test("a hundred who watch are one question to the engine", async () => {
  await later();
  const { health } = sandbox;
  let asked = 0;
  sandbox.health = () => {
    asked++;
    return health.call(sandbox);
  };
  await Promise.all(Array.from({ length: 100 }, () => statusOf(new Visitor(routes))));
  await statusOf(new Visitor(routes));
  sandbox.health = health;
  assert.equal(asked, 1);
});

test("without engine and database it is a 200 that says so, to those with a session too", async () => {
  const admin = new Visitor(routes);
  await signedIn(routes, admin, { admin: true });
  await later();
  const [engine, kept] = [sandbox.health, store.health];
  const { findSession } = store.accounts;
  const away = () => Promise.reject(new Error("socket /x"));
  sandbox.health = away;
  store.health = away;
  store.accounts.findSession = async () => {
    const { AppError } = await import("../../lib/errors");
    throw new AppError("store_unavailable", "The database does not answer.");
  };
  try {
    const { state, parts, versions } = await statusOf(admin);
    assert.deepEqual([state, versions], ["down", null]);
    const states = Object.fromEntries(parts.map(({ part, state }) => [part, state]));
    assert.deepEqual(states, {
      ...{ docker: "down", isolation: "unknown", images: "unknown", store: "down", queue: "ok" },
    });
    for (const { message } of parts) assert.doesNotMatch(message ?? "", /socket/);
  } finally {
    sandbox.health = engine;
    store.health = kept;
    store.accounts.findSession = findSession;
    await services.close();
  }
});
