import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, test as nodeTest } from "node:test";
import { WebSocket } from "ws";
import { createGate } from "../../lib/http/gate";
import { hookNodeServer } from "../../lib/http/node-server";
import { createTerminalDoor } from "../../lib/http/terminal-door";
import {
  aborted,
  echoing,
  outcome,
  printing,
  running,
  type Script,
} from "../../lib/runs/testing/runs-fixture";
import { textOfBytes } from "../../lib/schemas/byte-text";
import type { ErrorBody } from "../../lib/schemas/error";
import type { RunRequestInput } from "../../lib/schemas/run";
import { Client, openRoutes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

/** A test that waits for what never comes fails, rather than hangs. */
const test = (name: string, body: () => Promise<void>) => nodeTest(name, { timeout: 30_000 }, body);

const routes = await openRoutes();
const { sandbox, services } = routes;
const door = createTerminalDoor(async () => services);
const node = hookNodeServer();
node.guard(
  createGate(services.env, async () => services),
  { proxied: false },
);
node.openTerminals(door);
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => response.end(`${request.method} ${Buffer.concat(parts)}`));
});
// As Next.js does in production: it ends what it has a route for.
server.on("upgrade", (_request, socket) => socket.end());
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const { port } = server.address() as AddressInfo;

afterEach(() => {
  sandbox.script = printing("hello\n");
});

const TERMINAL = { language: "python", code: "print(1)", mode: "terminal" } as const;

/** Starts a run in a terminal and leaves it. */
async function start(client: Client, changes: Partial<RunRequestInput> = {}): Promise<string> {
  const response = await client.send(routes.files.run, "/api/editor/run?detach=1", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ ...TERMINAL, ...changes }),
  });
  const reader = response.body?.getReader();
  const first = new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  return /"id":"([\w-]{22})"/.exec(first)?.[1] ?? "";
}

interface Opened {
  socket: WebSocket;
  /** All bytes that came. */
  bytes: () => Buffer;
  events: Record<string, unknown>[];
  closed: Promise<number>;
  /** Resolves when the condition holds. */
  until: (holds: () => boolean) => Promise<void>;
}

type Headers = Record<string, string>;

function open(client: Client, id: string, { query = "", headers = {} as Headers } = {}): Opened {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/runs/${id}/terminal${query}`, {
    headers: { ...(client.cookie ? { cookie: client.cookie } : {}), ...headers },
    maxPayload: 64 * 1_048_576,
  });
  const parts: Buffer[] = [];
  const events: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (data: Buffer, isBinary) => {
    if (isBinary) parts.push(data);
    else events.push(JSON.parse(data.toString("utf8")));
    for (const check of waiting) check();
  });
  const closed = once(socket, "close").then(([code]) => code as number);
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!holds()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { socket, bytes: () => Buffer.concat(parts), events, closed, until };
}

/** The answer to a request to upgrade that is refused. */
async function refusal(
  client: Client,
  path: string,
  headers: Headers = {},
  method = "GET",
): Promise<{ status: number; error: ErrorBody["error"]; headers: IncomingMessage["headers"] }> {
  const asking = httpRequest({
    ...{ port, host: "127.0.0.1", path, method },
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...(client.cookie ? { cookie: client.cookie } : {}),
      ...headers,
    },
  });
  asking.end();
  const [response] = (await once(asking, "response")) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const { error } = JSON.parse(Buffer.concat(parts).toString("utf8")) as ErrorBody;
  return { status: response.statusCode ?? 0, error, headers: response.headers };
}

const at = (id: string) => `/api/runs/${id}/terminal`;

test("what the program prints comes as bytes, everything else as events, and the end closes", async () => {
  sandbox.script = printing("a\r\n", textOfBytes(Uint8Array.of(0xff, 0, 0x41)));
  const client = new Client();
  const { bytes, events, closed } = open(client, await start(client));
  assert.equal(await closed, 1000);
  assert.deepEqual(bytes(), Buffer.from([0x61, 13, 10, 0xff, 0, 0x41]));
  assert.deepEqual(
    events.map(({ type }) => type),
    ["queued", "stage", "done"],
  );
});

test("keys, sizes, signals and the end of the input reach the program, keys byte for byte", async () => {
  sandbox.script = echoing;
  const client = new Client();
  const id = await start(client, { terminal: { columns: 100, rows: 30 } });
  const { socket, bytes, until, closed } = open(client, id);
  assert.deepEqual(sandbox.specs.at(-1)?.terminal, { columns: 100, rows: 30 });
  await once(socket, "open");
  const said = (text: string) => until(() => bytes().includes(text));
  socket.send(Buffer.from([0x80, 0xff, 0x1b, 0x5b, 0x41]));
  await until(() => bytes().equals(Buffer.from([0x80, 0xff, 0x1b, 0x5b, 0x41])));
  socket.send(JSON.stringify({ type: "resize", columns: 90, rows: 20 }));
  await said('{"type":"resize","columns":90,"rows":20}');
  socket.send(JSON.stringify({ type: "signal", signal: "SIGINT" }));
  await said('{"type":"signal","signal":"SIGINT"}');
  socket.send(JSON.stringify({ type: "eof" }));
  await said("\x04");
  // A terminal goes on after it.
  socket.send(Buffer.from("more"));
  await said("more");
  await services.runs.cancel({ ...(await viewerOf(client)) }, id);
  socket.close();
  await closed;
});

async function viewerOf(client: Client) {
  return (
    await services.identities.of(new Headers({ cookie: client.cookie, "x-quicksand-peer": client.address }))
  ).viewer;
}

/** 1 MB in uneven pieces, no two places alike; half of it when the test says so. */
function megabyte() {
  const text = Array.from({ length: 131_072 }, (_, line) =>
    line.toString(36).padStart(7, "·").slice(-7),
  ).join("\n");
  const whole = Buffer.from(text).subarray(0, 1_048_576);
  let goOn = () => {};
  const middle = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const script: Script = async function* () {
    yield { type: "stage", stage: "run" };
    for (let from = 0; from < whole.length; from += 7_001) {
      if (from > whole.length / 2) await middle;
      yield { type: "stdout", text: textOfBytes(whole.subarray(from, from + 7_001)) };
    }
    yield { type: "done", outcome: outcome() };
  };
  return { whole, script, goOn };
}

test("a megabyte comes exactly once over a connection that breaks in the middle", async () => {
  const { whole, script, goOn } = megabyte();
  sandbox.script = script;
  const client = new Client();
  const id = await start(client);
  const first = open(client, id);
  await first.until(() => first.bytes().length > 400_000);
  first.socket.terminate();
  await first.closed;
  const had = first.bytes();
  goOn();
  const second = open(client, id, { query: `?from=${had.length}` });
  assert.equal(await second.closed, 1000);
  const all = Buffer.concat([had, second.bytes()]);
  assert.equal(all.length, whole.length);
  assert.ok(all.equals(whole));
  // After its end, too, and from the very end there is nothing.
  const third = open(client, id, { query: `?from=${whole.length - 3}` });
  await third.closed;
  assert.ok(third.bytes().equals(whole.subarray(-3)));
  const fourth = open(client, id, { query: `?from=${whole.length}` });
  await fourth.closed;
  assert.deepEqual([fourth.bytes().length, fourth.events.at(-1)?.type], [0, "done"]);
});

test("lines of the compiler begin at the left, those of the program are as it wrote them", async () => {
  sandbox.script = async function* () {
    yield { type: "stage", stage: "compile" };
    yield { type: "stderr", text: "warning\nnote\n" };
    yield { type: "stage", stage: "run" };
    yield { type: "stdout", text: "raw\nraw\r\n" };
    yield { type: "done", outcome: outcome() };
  };
  const client = new Client();
  const { bytes, closed } = open(client, await start(client));
  await closed;
  assert.equal(bytes().toString(), "warning\r\nnote\r\nraw\nraw\r\n");
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
  await services.runs.cancel(await viewerOf(owner), id);
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
  await services.runs.cancel(await viewerOf(client), id);
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
  await services.runs.cancel(await viewerOf(visitor), id);
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
  await services.runs.cancel(await viewerOf(client), id);
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
  await services.runs.cancel(await viewerOf(client), id);
});

test("input that the program does not read is refused in words, and the terminal stays open", async () => {
  sandbox.script = async function* (_spec, { signal }) {
    yield { type: "stage", stage: "run" };
    await aborted(signal);
    yield { type: "done", outcome: outcome({ status: "cancelled" }) };
  };
  const client = new Client();
  const id = await start(client);
  const { socket, events, until, closed } = open(client, id);
  await once(socket, "open");
  for (let piece = 0; piece < 17; piece++) socket.send(Buffer.alloc(65_536, "x"));
  await until(() => events.some(({ type }) => type === "error"));
  const { error } = events.find(({ type }) => type === "error") as unknown as ErrorBody;
  assert.equal(error.code, "body_too_large");
  assert.equal(socket.readyState, socket.OPEN);
  await services.runs.cancel(await viewerOf(client), id);
  assert.equal(await closed, 1000);
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
  await services.runs.cancel(await viewerOf(client), id);
});

test("a server that stops closes every terminal with the code for it", async () => {
  sandbox.script = running("up");
  const client = new Client();
  const id = await start(client);
  const { until, bytes, closed } = open(client, id);
  await until(() => bytes().toString() === "up");
  door.close();
  assert.equal(await closed, 1001);
  await services.runs.cancel(await viewerOf(client), id);
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

test("a program whose last window was closed is hung up after a while, unless another is opened before", async () => {
  sandbox.script = running("up");
  const quick = createTerminalDoor(async () => services, { hangUpMs: 300 });
  node.openTerminals(quick);
  try {
    const client = new Client();
    const id = await start(client);
    const shown = async (opened: Opened) => opened.until(() => opened.bytes().toString() === "up");
    const first = open(client, id);
    await shown(first);
    first.socket.terminate();
    // In its place before it is too late, and then long enough to see that nothing comes.
    const second = open(client, id);
    await shown(second);
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.deepEqual(
      second.events.map(({ type }) => type),
      ["queued", "stage"],
    );
    second.socket.terminate();
    const events = await services.runs.watch(await viewerOf(client), id, 0);
    const last = [];
    for await (const { event } of events) last.push(event);
    const done = last.at(-1);
    assert.equal(done?.type === "done" && done.run.status, "cancelled");
  } finally {
    node.openTerminals(door);
  }
});

test("requests to it count like any other, and are refused beyond the minute", async () => {
  const limited = await openRoutes({
    variables: { QUICKSAND_PLANS: JSON.stringify({ guest: { requestsPerMinute: 3 } }) },
  });
  const own = createTerminalDoor(async () => limited.services);
  node.openTerminals(own);
  try {
    const statuses: number[] = [];
    for (let request = 0; request < 4; request++)
      statuses.push((await refusal(new Client(), at("x"))).status);
    assert.deepEqual(statuses, [404, 404, 404, 429]);
  } finally {
    node.openTerminals(door);
    await limited.services.close();
  }
});
