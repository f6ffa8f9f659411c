import assert from "node:assert/strict";
import { test } from "node:test";
import { readinessSchema } from "../../lib/schemas/language";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

const routes = await openRoutes();
const { sandbox, store, services } = routes;

async function ask(path: string) {
  const answer = await new Visitor(routes).ask("GET", path);
  return { status: answer.status, body: await answer.json() };
}

test("with Docker away the process lives and is not ready; a monitor of every part says so, too", async () => {
  const { health } = sandbox;
  assert.deepEqual(await ask("/api/health/ready"), {
    status: 200,
    body: { status: "ok", docker: true, store: true, queue: true },
  });
  sandbox.health = async () => ({
    ...(await health.call(sandbox)),
    ok: false,
    message: "Docker is not running.",
  });
  const unready = await ask("/api/health/ready");
  assert.equal(unready.status, 503);
  assert.equal(readinessSchema.strict().parse(unready.body).docker, false);
  assert.equal((await ask("/api/health")).status, 503);
  assert.deepEqual(await ask("/api/health/live"), { status: 200, body: { status: "ok" } });
  sandbox.health = health;
});

test("a full database keeps nobody away: that is how it gets room", async () => {
  const { health } = store;
  store.health = async () => ({ ok: false, full: true, kind: "embedded", message: "Delete runs." });
  assert.equal((await ask("/api/health/ready")).status, 200);
  store.health = health;
});

test("the process lives although its database hangs, and whoever asks how it is gets no cookie", async () => {
  const { health } = store;
  store.health = () => new Promise<never>(() => {});
  const answer = await new Visitor(routes).ask("GET", "/api/health/live");
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.headers.getSetCookie(), []);
  store.health = health;
  await services.close();
});
