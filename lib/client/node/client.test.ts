import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { createClient } from "./client.mjs";
import { QuicksandError } from "./error.mjs";
import type * as declared from "./index.mjs";
import { readServerSentEvents } from "./server-sent-events.mjs";

// What other people's compilers are told is what there is. That this compiles is the test.
createClient satisfies typeof declared.createClient;
const error: declared.QuicksandError = new QuicksandError("internal", "");
void error;

const SERVER = "https://code.example.org";
const RESULT = { id: "r1", status: "success" };

interface Asked {
  url: URL;
  method: string;
  headers: Headers;
  body: unknown;
}

/** A server that gives these answers, one after the other, and what it was asked. An error is a connection that fails. */
function scripted(...answers: (Response | Error)[]) {
  const asked: Asked[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    const { method = "GET", headers, body } = init;
    asked.push({
      ...{ url: new URL(String(url)), method, headers: new Headers(headers) },
      body: typeof body === "string" ? JSON.parse(body) : undefined,
    });
    const answer = answers.shift() ?? new Error("nothing more was expected");
    if (answer instanceof Error) throw new TypeError("fetch failed", { cause: answer });
    return answer;
  };
  return { asked, client: createClient({ server: `${SERVER}/`, apiKey: "qs_key", fetch }) };
}

/** Events as a server sends them. At `null` the connection breaks, at a signal when that aborts. */
function events(...list: ([id: number, name: string, data: object] | AbortSignal | null)[]): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async pull(controller) {
      const next = list.shift();
      if (next instanceof AbortSignal) {
        await once(next, "abort");
        controller.error(next.reason);
      } else if (next === null) controller.error(new Error("reset"));
      else if (next === undefined) controller.close();
      else {
        const [id, name, data] = next;
        controller.enqueue(encoder.encode(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
      }
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
}

const QUEUED = [1, "queued", { type: "queued", id: "r1", position: 0 }] as [number, string, object];
const printed = (id: number, text: string) =>
  [id, "stdout", { type: "stdout", text }] as [number, string, object];
const DONE = [9, "done", RESULT] as [number, string, object];

test("a run whose connection breaks is followed on from the last event that came", async () => {
  const { client, asked } = scripted(events(QUEUED, printed(2, "a"), null), events(printed(3, "b"), DONE));
  const run = client.run({ language: "python", code: "1" });
  const seen: string[] = [];
  for await (const event of run) seen.push(event.type === "stdout" ? event.text : event.type);
  assert.deepEqual(seen, ["queued", "a", "b", "done"]);
  assert.deepEqual(await run.result, RESULT);
  const [first, second] = asked;
  assert.equal(first?.url.href, `${SERVER}/api/editor/run?linger=30`);
  assert.equal(second?.url.href, `${SERVER}/api/runs/r1/events`);
  assert.equal(second?.headers.get("last-event-id"), "2");
});

test("a run's events can be read twice, late, or not at all", async () => {
  const { client } = scripted(events(QUEUED, printed(2, "a"), DONE));
  const run = client.run({ language: "python", code: "1" });
  assert.deepEqual([await run.id, await run.result], ["r1", RESULT]);
  const count = async () => {
    let events = 0;
    for await (const _ of run) events += 1;
    return events;
  };
  assert.deepEqual([await count(), await count()], [3, 3]);
});

test("an aborted run is cancelled on the server, and rejects with the signal's reason", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const answer = events(QUEUED, signal);
  let heard = () => {};
  const cancelled = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    if (!String(url).endsWith("/api/runs/r1/cancel")) return answer;
    assert.deepEqual([init.method, init.signal], ["POST", undefined]);
    heard();
    return Response.json({ cancelled: true });
  };
  const client = createClient({ server: SERVER, fetch });
  const run = client.run({ language: "python", code: "1" }, { signal });
  await run.id;
  controller.abort(new Error("enough"));
  await assert.rejects(run.result, { message: "enough" });
  await cancelled;
});

test("a refusal has code, details and what to wait for", async () => {
  const body = {
    error: { code: "rate_limited", message: "Too many; wait.", details: [{ path: "code", message: "no" }] },
  };
  const headers = { "retry-after": "7", "x-request-id": "q1" };
  const { client } = scripted(Response.json(body, { status: 429, headers }));
  const refused = await client.languages().catch((thrown: unknown) => thrown);
  assert.ok(refused instanceof QuicksandError);
  const { code, message, status, retryAfterS, requestId, details } = refused;
  assert.deepEqual(
    { code, message, status, retryAfterS, requestId, details: details.length },
    {
      code: "rate_limited",
      message: "Too many; wait.",
      status: 429,
      retryAfterS: 7,
      requestId: "q1",
      details: 1,
    },
  );
});

test("an error in the midst of a stream rejects as a refusal does", async () => {
  const body = { error: { code: "queue_full", message: "Later.", details: [] } };
  const { client } = scripted(events(QUEUED, [2, "error", body]));
  await assert.rejects(client.run({ language: "python", code: "1" }).result, {
    code: "queue_full",
    message: "Later.",
  });
});

test("what does not answer, and what is no Quicksand, is told apart", async () => {
  const nobody = scripted(new Error("connect ECONNREFUSED"));
  await assert.rejects(nobody.client.languages(), {
    code: "unreachable",
    message: `${SERVER} does not answer (connect ECONNREFUSED).`,
  });
  const other = scripted(
    new Response("<h1>Hello</h1>"),
    new Response("no", { status: 404 }),
    new Response("hi"),
  );
  await assert.rejects(other.client.languages(), { code: "unexpected_answer" });
  await assert.rejects(other.client.get("r1"), { code: "unexpected_answer", status: 404 });
  await assert.rejects(other.client.run({ language: "python", code: "1" }).result, {
    code: "unexpected_answer",
  });
});

test("a key follows no redirect", async () => {
  const { client, asked } = scripted(
    new Response(null, { status: 308, headers: { location: "https://elsewhere.example/" } }),
  );
  await assert.rejects(client.account(), {
    code: "unexpected_answer",
    message: /sends to https:\/\/elsewhere\.example\/; use the address/,
  });
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.headers.get("authorization"), "Bearer qs_key");
});

test("waiting asks again until the run has ended, and no longer than was said", async () => {
  const running = () => Response.json({ ...RESULT, status: "running" });
  const { client, asked } = scripted(running(), running(), Response.json(RESULT), running());
  assert.equal((await client.wait("r1")).status, "success");
  assert.deepEqual(
    asked.map(({ url }) => url.searchParams.get("wait")),
    ["50", "50", "50"],
  );
  assert.equal((await client.wait("r1", { timeoutMs: 0 })).status, "running");
});

test("a server that does not wait is not asked without a pause, and a pause ends with its signal", async () => {
  const running = () => Response.json({ ...RESULT, status: "running" });
  const { client, asked } = scripted(...Array.from({ length: 100 }, running));
  assert.equal((await client.wait("r1", { timeoutMs: 1_500 })).status, "running");
  assert.ok(asked.length <= 3, `it was asked ${asked.length} times`);
  const leaving = new AbortController();
  const waiting = client.wait("r1", { signal: leaving.signal });
  setImmediate(() => leaving.abort(new Error("enough")));
  await assert.rejects(waiting, { message: "enough" });
});

test("what is sent is what the API has", async () => {
  const { client, asked } = scripted(
    Response.json({ id: "r1" }),
    Response.json({ runs: [], nextCursor: null }),
    Response.json({ id: "a b" }),
  );
  await client.submit({ language: "c", code: "" }, { idempotencyKey: "once" });
  await client.list({ search: "two sum", limit: 5, pinned: true });
  const { url } = await client.share("a b");
  assert.deepEqual(
    asked.map(({ method, url, body }) => `${method} ${url.pathname}${url.search} ${JSON.stringify(body)}`),
    [
      'POST /api/runs {"language":"c","code":""}',
      "GET /api/runs?limit=5&pinned=true&q=two+sum undefined",
      'PATCH /api/runs/a%20b {"visibility":"unlisted"}',
    ],
  );
  assert.equal(asked[0]?.headers.get("idempotency-key"), "once");
  assert.equal(url, `${SERVER}/r/a%20b`);
});

test("an address or key that is none is refused before anything is sent", () => {
  assert.throws(() => createClient({ server: "code.example.org" }), /Expected `server` to be an address/);
  assert.throws(() => createClient({ server: "ftp://code.example.org" }), /Expected `server`/);
  assert.throws(() => createClient({ server: SERVER, apiKey: "qs_a\nb" }), /Expected `apiKey`/);
});

/** The events of bytes that come in such pieces. */
async function read(...pieces: string[]) {
  async function* bytes() {
    for (const piece of pieces) yield new TextEncoder().encode(piece);
  }
  const events = [];
  for await (const event of readServerSentEvents(bytes())) events.push(event);
  return events;
}

test("events are read as the standard has it, however they are cut", async () => {
  const whole = ": hello\r\nid: 4\r\nevent: stdout\r\ndata: a\r\ndata:b\r\n\r\ndata: last\n\n";
  const expected = [
    { id: "4", event: "stdout", data: "a\nb" },
    { id: null, event: "message", data: "last" },
  ];
  assert.deepEqual(await read(whole), expected);
  assert.deepEqual(await read(...whole), expected);
  assert.deepEqual(await read("event: x\n\ndata: unfinished\n"), []);
});
