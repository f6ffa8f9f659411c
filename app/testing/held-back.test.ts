import assert from "node:assert/strict";
import { test } from "node:test";
import { type Client, openRoutes, type RouteFile, type Routes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const files = {
  keys: (await import("../api/keys/route")) as unknown as RouteFile,
  adminUser: (await import("../api/admin/users/[id]/route")) as unknown as RouteFile,
};

/** Sends all of a request but the end of its body; the request goes on when `end` is called. */
function heldBack(client: Client, file: RouteFile, url: string, sending: Sending): HeldBack {
  const text = JSON.stringify(sending.body);
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(opened) {
      controller = opened;
      opened.enqueue(Buffer.from(text.slice(0, 5)));
    },
  });
  const answer = client.send(file, url, {
    ...{ method: sending.method, id: sending.id ?? "", body },
    headers: { "content-type": "application/json", ...sending.headers },
  });
  return {
    end() {
      controller?.enqueue(Buffer.from(text.slice(5)));
      controller?.close();
      return answer;
    },
  };
}

interface Sending {
  method: string;
  body: object;
  id?: string;
  headers?: Record<string, string>;
}

interface HeldBack {
  end(): Promise<Response>;
}

async function someone(routes: Routes, rest: { admin?: boolean } = {}) {
  const visitor = new Visitor(routes);
  return { visitor, user: await signedIn(routes, visitor, rest) };
}

test("a demoted admin who held a body back does not make himself admin again", async () => {
  const routes = await openRoutes();
  const [admin, other] = [await someone(routes, { admin: true }), await someone(routes, { admin: true })];
  const { id } = admin.user;
  const held = heldBack(admin.visitor, files.adminUser, `/api/admin/users/${id}`, {
    ...{ method: "PATCH", id, body: { admin: true } },
  });
  await other.visitor.json("PATCH", `/api/admin/users/${id}`, { admin: false });
  assert.equal((await held.end()).status, 403);
  assert.equal((await routes.store.accounts.getUser(id))?.admin, false);
});

test("a session that ended while a body was held back makes no key", async () => {
  const routes = await openRoutes();
  const { visitor, user } = await someone(routes);
  const body = { name: "for ever", expiresInDays: null };
  const held = heldBack(visitor, files.keys, "/api/keys", { method: "POST", body });
  await routes.store.accounts.deleteSessions(user.id);
  assert.equal((await held.end()).status, 401);
  assert.deepEqual(await routes.store.accounts.listKeys(user.id), []);
});

test("a key that was revoked while a body was held back runs nothing", async () => {
  const routes = await openRoutes();
  const { user } = await someone(routes);
  const { id, headers } = await keyOf(routes, user, ["run"]);
  const body = { language: "python", code: "print(1)" };
  const sending = { method: "POST", body, headers };
  const held = heldBack(new Visitor(routes), routes.files.run, "/api/editor/run", sending);
  await routes.store.accounts.deleteKey(id, user.id);
  assert.equal((await held.end()).status, 401);
  assert.equal(routes.sandbox.specs.length, 0);
});

test("an account that was deleted while a body was held back is left no run", async () => {
  const routes = await openRoutes();
  const { visitor, user } = await someone(routes);
  const body = { language: "python", code: "print(1)" };
  const held = heldBack(visitor, routes.files.run, "/api/editor/run", { method: "POST", body });
  await visitor.json("DELETE", "/api/account", { email: user.email });
  // What is left is a guest's request: the run is the guest's, and nothing of the account's.
  assert.equal((await held.end()).status, 200);
  assert.deepEqual((await routes.store.listRuns(user.id, {})).runs, []);
});
