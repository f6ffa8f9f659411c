import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { errorBodySchema } from "../../lib/schemas/error";
import { Client, openRoutes, type RouteFile } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const JSON_TYPE = { "content-type": "application/json" };
const PROGRAM = { language: "python", code: "print(1)" };
const CALM = { requestsPerMinute: 5 };

const calm = await openRoutes({
  variables: { QUICKSAND_PLANS: JSON.stringify({ guest: CALM, free: CALM }) },
});
const routes = await openRoutes();
const { provideServices, sharedRun } = await import("../../lib/server");
beforeEach(() => provideServices(routes.services));
const files = {
  nextAuth: (await import("../api/auth/[...nextauth]/route")) as unknown as RouteFile,
  keys: (await import("../api/keys/route")) as RouteFile,
  user: (await import("../api/admin/users/[id]/route")) as RouteFile,
  users: (await import("../api/admin/users/route")) as RouteFile,
};

const codeOf = async (response: Response) => errorBodySchema.parse(await response.json()).error.code;

/** A body whose second half is sent when the test says so. */
function heldBack(value: unknown) {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  let asked = () => {};
  const waiting = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let send = () => {};
  const held = new Promise<void>((resolve) => {
    send = resolve;
  });
  let sent = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (sent++ === 0) return controller.enqueue(bytes.subarray(0, 5));
        asked();
        await held;
        controller.enqueue(bytes.subarray(5));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { body, waiting, send };
}

interface Held {
  visitor: Client;
  file: RouteFile;
  url: string;
  method: string;
  value: unknown;
  headers?: Record<string, string>;
  params?: Record<string, string>;
}

/** Sends a request, lets something happen when half of its body is there, and then sends the rest. */
async function meanwhile(held: Held, happens: () => Promise<unknown>): Promise<Response> {
  const { body, waiting, send } = heldBack(held.value);
  const { visitor, file, url, method, params = {}, headers = {} } = held;
  const answer = visitor.send(file, url, { method, params, headers: { ...JSON_TYPE, ...headers }, body });
  await Promise.race([waiting, answer]);
  await happens();
  send();
  return answer;
}

test("a body that is held back has the rights of its last byte, not of its first", async () => {
  const { store } = routes;
  const demoted = new Visitor(routes);
  const admin = await signedIn(routes, demoted, { admin: true });
  const again = await meanwhile(
    {
      visitor: demoted,
      file: files.user,
      url: `/api/admin/users/${admin.id}`,
      method: "PATCH",
      params: { id: admin.id },
      value: { admin: true },
    },
    () => store.accounts.updateUser(admin.id, { admin: false }),
  );
  assert.deepEqual([again.status, (await store.accounts.getUser(admin.id))?.admin], [403, false]);

  const ended = new Visitor(routes);
  const user = await signedIn(routes, ended);
  const session = (await routes.services.identities.of(new Headers({ cookie: ended.cookie }))).session ?? "";
  const key = await meanwhile(
    { visitor: ended, file: files.keys, url: "/api/keys", method: "POST", value: { name: "mine" } },
    () => store.accounts.deleteSession(session),
  );
  assert.deepEqual([key.status, (await store.accounts.listKeys(user.id)).length], [401, 0]);

  const program = new Visitor(routes);
  const owner = await signedIn(routes, new Visitor(routes));
  const { id, headers } = await keyOf(routes, owner, ["run"]);
  const run = { visitor: program, file: routes.files.run, url: "/api/editor/run", method: "POST" };
  const byKey = await meanwhile({ ...run, headers, value: PROGRAM }, () =>
    store.accounts.deleteKey(id, owner.id),
  );
  assert.deepEqual([byKey.status, routes.sandbox.specs.length], [401, 0]);

  const gone = new Visitor(routes);
  const person = await signedIn(routes, gone);
  await meanwhile({ ...run, visitor: gone, value: PROGRAM }, () => store.accounts.deleteUser(person.id));
  assert.deepEqual((await store.listRuns(person.id, {})).runs, []);
});

/** The statuses of so many requests, one after the other. */
async function statuses(count: number, send: () => Promise<Response>): Promise<number[]> {
  const seen: number[] = [];
  for (let index = 0; index < count; index++) seen.push((await send()).status);
  return seen;
}

test("requests are counted before it is asked whose they are and what they may", async () => {
  provideServices(calm.services);
  const refused = [429, 429];
  const stranger = new Visitor(calm);
  const users = (visitor: Client, headers: Record<string, string> = {}) =>
    visitor.send(files.users, "/api/admin/users", { headers });
  assert.deepEqual(await statuses(7, () => users(stranger)), [401, 401, 401, 401, 401, ...refused]);
  const wrongKey = new Visitor(calm);
  const guessed = () => users(wrongKey, { authorization: "Bearer qs_wrong" });
  assert.deepEqual(await statuses(7, guessed), [401, 401, 401, 401, 401, ...refused]);
  const known = new Visitor(calm);
  await signedIn(calm, known);
  assert.deepEqual(await statuses(7, () => users(known)), [403, 403, 403, 403, 403, ...refused]);
  const signingIn = new Visitor(calm);
  const params = { nextauth: ["callback", "credentials"] } as unknown as Record<string, string>;
  const attempt = () =>
    signingIn.send(files.nextAuth, "/api/auth/callback/credentials", {
      method: "POST",
      params,
      body: "email=a%40example.org&password=wrong",
    });
  assert.deepEqual((await statuses(7, attempt)).slice(5), refused);
  const monitor = new Visitor(calm);
  const health = () => monitor.send(calm.files.health, "/api/health");
  assert.ok((await statuses(12, health)).every((status) => status !== 429));
});

test("a request over the minute is refused before its body is read", async () => {
  provideServices(calm.services);
  const client = new Client();
  const send = (body: ReadableStream<Uint8Array>) =>
    client.send(calm.files.run, "/api/editor/run", { method: "POST", headers: JSON_TYPE, body });
  for (let index = 0; index < 5; index++) await client.run(calm, "{");
  let read = 0;
  const body = new ReadableStream<Uint8Array>({ pull: () => void read++ }, { highWaterMark: 0 });
  assert.deepEqual([(await send(body)).status, read], [429, 0]);
});

test("a sign-in of any size is read no further than 16 KB, announced or not", async () => {
  const client = new Client();
  const params = { nextauth: ["callback", "credentials"] } as unknown as Record<string, string>;
  for (const headers of [{}, { "content-length": "300000000" }] as Record<string, string>[]) {
    let bytes = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          bytes += 4_096;
          // Bounded, for a server that would read it all.
          if (bytes > 4_000_000) controller.close();
          else controller.enqueue(new Uint8Array(4_096).fill(0x61));
        },
      },
      { highWaterMark: 0 },
    );
    const options = { method: "POST", params, headers, body };
    const response = await client.send(files.nextAuth, "/api/auth/callback/credentials", options);
    assert.deepEqual([response.status, await codeOf(response)], [413, "body_too_large"]);
    assert.ok(bytes <= 5 * 4_096, `${bytes} bytes were read`);
  }
});

test("only the actions of next-auth that are in use exist, and nothing that is sent to it is logged", async () => {
  const lines: unknown[] = [];
  const log = routes.services.auth.log;
  const { error } = log;
  log.error = ((...line: unknown[]) => void lines.push(line)) as typeof error;
  const ask = async (method: string, action: string) => {
    const params = { nextauth: action.split("/") } as unknown as Record<string, string>;
    const body = method === "POST" ? { body: JSON.stringify({ level: "error", code: "forged" }) } : {};
    const options = { method, params, headers: JSON_TYPE, ...body };
    return (await new Client().send(files.nextAuth, `/api/auth/${action}`, options)).status;
  };
  for (const action of [
    "_log",
    "session",
    "providers",
    "error",
    "verify-request",
    "signin",
    "x",
    "signin/github",
  ])
    for (const method of ["GET", "POST"]) assert.equal(await ask(method, action), 404, `${method} ${action}`);
  for (const [method, action] of [
    ["GET", "callback/credentials"],
    ["GET", "signout"],
    ["POST", "csrf"],
    ["PUT", "csrf"],
    ["DELETE", "signout"],
  ] as const)
    assert.equal(await ask(method, action), 405, `${method} ${action}`);
  assert.equal(await ask("GET", "csrf"), 200);
  log.error = error;
  assert.deepEqual(lines, []);
});

test("an `Authorization: Bearer` without a key is refused like a wrong key; another scheme is not ours", async () => {
  const ask = (authorization: string) =>
    new Client().send(routes.files.usage, "/api/usage", { headers: { authorization } });
  for (const empty of ["Bearer", "bearer", "Bearer ", "Bearer\t"])
    assert.equal((await ask(empty)).status, 401, JSON.stringify(empty));
  assert.equal((await ask("Basic cHJveHk6cHJveHk=")).status, 200);
});

test("a page takes no key: it shows with one what it shows without", async () => {
  const visitor = new Visitor(routes);
  const user = await signedIn(routes, visitor);
  const { id } = await visitor.json<{ id: string }>("POST", "/api/editor/run", PROGRAM);
  for (const scope of ["run", "read"] as const) {
    const { headers } = await keyOf(routes, user, [scope]);
    assert.equal(await sharedRun(new Headers(headers), id), null, scope);
  }
  assert.equal((await sharedRun(new Headers({ cookie: visitor.cookie }), id))?.run.id, id);
});
