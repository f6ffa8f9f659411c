import assert from "node:assert/strict";
import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterEach, test as nodeTest } from "node:test";
import { createSocketDoor } from "../../lib/http/socket-door";
import { terminalSockets } from "../../lib/http/terminal-sockets";
import { printing, running } from "../../lib/runs/testing/runs-fixture";
import type { ErrorBody } from "../../lib/schemas/error";
import { Client, openRoutes } from "./routes";
import { Visitor } from "./site";
import {
  at,
  door,
  end,
  type Headers,
  node,
  open,
  port,
  refusal,
  routes,
  sandbox,
  server,
  start,
} from "./terminals";
import { keyOf, signedIn } from "./world";

/** A test that waits for what never comes fails, rather than hangs. */
const test = (name: string, body: () => Promise<void>) => nodeTest(name, { timeout: 30_000 }, body);

afterEach(() => {
  sandbox.script = printing("hello\n");
});

test("others, guests without a cookie, and runs that are not there get the 404 of any route", async () => {
  sandbox.script = running();
  const owner = new Client();
  const id = await start(owner);
  const other = new Client();
  await start(other);
  for (const client of [other, new Client()]) {
    const { status, error, headers } = await refusal(client, at(id));
    assert.deepEqual([status, error.code], [404, "not_found"]);
    assert.match(headers["x-request-id"]?.toString() ?? "", /^[\w-]{21}$/);
    assert.equal(headers["x-content-type-options"], "nosniff");
  }
  assert.equal((await refusal(owner, at("none-there-is-none-0000"))).status, 404);
  await end(owner, id);
});

test("a page of another site may not open it with the viewer's cookie; our own page and programs may", async () => {
  sandbox.script = running("up");
  const client = new Client();
  const id = await start(client);
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ]) {
    const { status, error } = await refusal(client, at(id), headers as Headers);
    assert.deepEqual([status, error.code], [403, "forbidden"], JSON.stringify(headers));
  }
  for (const headers of [{ origin: `http://127.0.0.1:${port}` }, {}]) {
    const { socket, bytes, until } = open(client, id, { headers: headers as Headers });
    await until(() => bytes().toString() === "up");
    socket.terminate();
  }
  await end(client, id);
});

test("another host than ours is a 421, and nothing is asked of it", async () => {
  const { status, error } = await refusal(new Client(), at("x"), { host: "rebound.example" });
  assert.deepEqual([status, error.code], [421, "wrong_host"]);
});

test("a key needs the scope to run, and may come from any origin", async () => {
  sandbox.script = running("up");
  const visitor = new Visitor(routes);
  const user = await signedIn(routes, visitor);
  const id = await start(visitor);
  const nobody = new Client();
  const read = await keyOf(routes, user, ["read"]);
  assert.equal((await refusal(nobody, at(id), read.headers)).error.code, "forbidden");
  assert.equal((await refusal(nobody, at(id), { authorization: "Bearer qs_no" })).status, 401);
  const run = await keyOf(routes, user, ["run"]);
  const headers = { ...run.headers, origin: "https://elsewhere.example" };
  const { socket, bytes, until } = open(nobody, id, { headers });
  await until(() => bytes().toString() === "up");
  socket.terminate();
  await end(visitor, id);
});

test("a run without a terminal is a conflict, a place that is no number and what is no WebSocket a 400", async () => {
  const client = new Client();
  const batch = await start(client, { mode: "batch" });
  assert.deepEqual(
    [(await refusal(client, at(batch))).status, (await refusal(client, at(batch))).error.code],
    [409, "conflict"],
  );
  sandbox.script = running();
  const id = await start(client);
  const cases: [string, Headers, string][] = [
    [`${at(id)}?from=-1`, {}, "GET"],
    [`${at(id)}?from=x`, {}, "GET"],
    [at(id), { upgrade: "h2c" }, "GET"],
    [at(id), { "sec-websocket-version": "8" }, "GET"],
    [at(id), { "sec-websocket-key": "short" }, "GET"],
    [at(id), {}, "POST"],
  ];
  for (const [path, headers, method] of cases) {
    const { status, error } = await refusal(client, path, headers, method);
    assert.deepEqual(
      [status, error.code],
      [400, "invalid_request"],
      `${method} ${path} ${JSON.stringify(headers)}`,
    );
  }
  await end(client, id);
});

test("a message that is too large, no JSON, or says nothing that is known closes the connection with the code for it", async () => {
  sandbox.script = running();
  const client = new Client();
  const id = await start(client);
  const bad: [Buffer | string, number, string | null][] = [
    [Buffer.alloc(65_537), 1009, null],
    ["{", 1008, "invalid_json"],
    [JSON.stringify({ type: "resize", columns: 0, rows: 1 }), 1008, "invalid_request"],
    [JSON.stringify({ type: "signal", signal: "SIGKILL" }), 1008, "invalid_request"],
    [JSON.stringify({ type: "cancel" }), 1008, "invalid_request"],
  ];
  for (const [message, code, told] of bad) {
    const { socket, events, closed } = open(client, id);
    await once(socket, "open");
    socket.send(message);
    assert.equal(await closed, code);
    const error = events.find(({ type }) => type === "error") as ErrorBody | undefined;
    assert.equal(error?.error.code ?? null, told);
  }
  await end(client, id);
});

test("a run whose terminal is open in ten places takes no eleventh until one is closed", async () => {
  sandbox.script = running("up");
  const client = new Client();
  const id = await start(client);
  const all = Array.from({ length: 10 }, () => open(client, id));
  for (const { until, bytes } of all) await until(() => bytes().toString() === "up");
  const { status, error, headers } = await refusal(client, at(id));
  assert.deepEqual([status, error.code, headers["retry-after"]], [429, "rate_limited", "10"]);
  all[0]?.socket.terminate();
  await all[0]?.closed;
  for (;;) {
    const another = open(client, id);
    const opened = await Promise.race([
      once(another.socket, "open").then(() => true),
      once(another.socket, "error").then(() => false),
    ]).catch(() => false);
    if (opened) break;
  }
  await end(client, id);
});

test("any other request that asks to upgrade is answered as if it had not, with its body", async () => {
  for (const [method, path] of [
    ["GET", "/"],
    ["POST", "/api/anything"],
  ] as const) {
    const asking = httpRequest({
      ...{ port, host: "127.0.0.1", path, method },
      headers: {
        connection: "Upgrade, HTTP2-Settings",
        upgrade: "h2c",
        ...(method === "POST" && { "content-length": "5" }),
      },
    });
    asking.end(method === "POST" ? "hello" : undefined);
    const [response] = (await once(asking, "response")) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part as Buffer);
    assert.equal(Buffer.concat(parts).toString(), method === "POST" ? "POST hello" : "GET ");
  }
});

test("requests to it count like any other, and are refused beyond the minute", async () => {
  const limited = await openRoutes({
    variables: { QUICKSAND_PLANS: JSON.stringify({ guest: { requestsPerMinute: 3 } }) },
  });
  const own = createSocketDoor(async () => limited.services, [terminalSockets()]);
  node.openWebSockets(own);
  try {
    const statuses: number[] = [];
    for (let request = 0; request < 4; request++)
      statuses.push((await refusal(new Client(), at("x"))).status);
    assert.deepEqual(statuses, [404, 404, 404, 429]);
  } finally {
    node.openWebSockets(door);
    await limited.services.close();
  }
});

test("a client that is refused and does not close its side is let go", async () => {
  const open = () =>
    new Promise<number>((resolve, reject) =>
      server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  const before = await open();
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.write(
    [
      ...[`GET ${at("x")} HTTP/1.1`, `host: 127.0.0.1:${port}`, "connection: Upgrade", "upgrade: websocket"],
      ...["sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==", "", ""],
    ].join("\r\n"),
  );
  socket.resume();
  await once(socket, "end");
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.ok((await open()) <= before, "its connection is closed");
  socket.destroy();
});
