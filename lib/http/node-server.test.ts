import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { after, test as nodeTest } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { hookNodeServer } from "./node-server";

/** A test that waits for what never comes fails, rather than hangs. */
const test = (name: string, body: () => Promise<void>) => nodeTest(name, { timeout: 30_000 }, body);

let answer: (request: Request) => Promise<Response> = async () => Response.json({ door: "front" });
const node = hookNodeServer();
node.openFrontDoor("/run", (request) => answer(request));

const server = createServer((request, response) => {
  request.resume();
  response.end(JSON.stringify({ door: "other", peer: request.headers["x-quicksand-peer"] }));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const doorOf = async (response: Response) => ((await response.json()) as { door: string }).door;
const post = (path: string, init: RequestInit = {}) =>
  fetch(`${origin}${path}`, { method: "POST", body: "{}", ...init });

/** A `POST /run` whose answer is read by hand. */
async function openStream(headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const client = httpRequest(`${origin}/run`, {
    method: "POST",
    headers: { "content-length": 2, ...headers },
    agent: new Agent(),
  });
  client.end("{}");
  const [response] = (await once(client, "response")) as [IncomingMessage];
  response.on("error", () => {});
  return response;
}

/** An answer of server-sent events, written one by one by the test. */
function eventsByHand() {
  let sink: ReadableStreamDefaultController<Uint8Array> | undefined;
  let onCancel = () => {};
  const cancelled = new Promise<void>((resolve) => {
    onCancel = resolve;
  });
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      sink = controller;
    },
    cancel: () => onCancel(),
  });
  assert.ok(sink);
  const headers = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache, no-transform",
  };
  return { response: new Response(stream, { headers }), sink, cancelled };
}

const event = (text: string) => new TextEncoder().encode(`data: ${text}\n\n`);

test("only a POST to the one address, of known and moderate length, comes in by the front", async () => {
  for (const path of ["/run", "/run?detach=1"]) assert.equal(await doorOf(await post(path)), "front", path);
  for (const path of ["/runs", "/run/", "/x/run", "//run", "/"])
    assert.equal(await doorOf(await post(path)), "other", path);
  assert.equal(await doorOf(await fetch(`${origin}/run`)), "other");
  assert.equal(await doorOf(await post("/run", { method: "PUT" })), "other");
  assert.equal(await doorOf(await post("/run", { headers: { accept: "text/event-stream" } })), "front");
  assert.equal(await doorOf(await post("/run", { body: "x".repeat(262_145) })), "other");
  const chunked = new Blob(["{}"]).stream();
  assert.equal(await doorOf(await post("/run", { body: chunked, duplex: "half" } as RequestInit)), "other");
});

test("every request carries the connection's address over whatever the client sent for it", async () => {
  const answer = await fetch(origin, { headers: { "x-quicksand-peer": "203.0.113.9" } });
  assert.equal(((await answer.json()) as { peer: string }).peer, "127.0.0.1");
});

test("the request arrives whole, and the answer with its status, headers and cookies", async () => {
  answer = async (request) => {
    assert.deepEqual(await request.json(), { code: "é" });
    assert.equal(new URL(request.url).searchParams.get("detach"), "1");
    assert.equal(request.headers.get("x-twice"), "a, b");
    assert.equal(request.headers.get("x-quicksand-peer"), "127.0.0.1");
    const headers = new Headers({ "Retry-After": "7" });
    headers.append("Set-Cookie", "a=1");
    headers.append("Set-Cookie", "b=2");
    return Response.json({ door: "front" }, { status: 429, headers });
  };
  const headers = [
    ["x-twice", "a"],
    ["x-twice", "b"],
    ["x-quicksand-peer", "forged"],
  ] as [string, string][];
  const response = await post("/run?detach=1", { body: JSON.stringify({ code: "é" }), headers });
  assert.equal(response.status, 429);
  assert.equal(response.headers.get("retry-after"), "7");
  assert.deepEqual(response.headers.getSetCookie(), ["a=1", "b=2"]);
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.match(response.headers.get("content-security-policy") ?? "", /sandbox/);
});

test("a large answer is compressed for clients that take gzip, and says to caches that it depends on that", async () => {
  const long = "a".repeat(100_000);
  answer = async () => Response.json({ long }, { headers: { Vary: "Origin" } });
  for (const [accepted, encoding] of [
    ["gzip;q=0", null],
    ["gzip, deflate", "gzip"],
    ["*", "gzip"],
    ["identity", null],
    ["gzip;q=0, *", null],
    ["br", null],
  ] as const) {
    const response = await post("/run", { headers: { "accept-encoding": accepted } });
    assert.equal(response.headers.get("content-encoding"), encoding, accepted);
    assert.equal(response.headers.get("vary"), "Origin, Accept-Encoding", accepted);
    assert.deepEqual(await response.json(), { long }, accepted);
  }
  answer = async () => Response.json({ short: true });
  const short = await post("/run", { headers: { "accept-encoding": "gzip" } });
  assert.deepEqual([short.headers.get("content-encoding"), short.headers.get("vary")], [null, null]);
});

test("an event reaches the client while the next one does not exist yet, unbuffered and uncompressed", async () => {
  const events = eventsByHand();
  answer = async () => events.response;
  const response = await openStream({ accept: "text/event-stream", "accept-encoding": "gzip" });
  assert.equal(response.headers["content-type"], "text/event-stream; charset=utf-8");
  assert.equal(response.headers["cache-control"], "no-cache, no-transform");
  assert.equal(response.headers["content-encoding"], undefined);
  const { sink } = events;
  for (const text of ["one", "two", "three"]) {
    sink.enqueue(event(text));
    const [chunk] = (await once(response, "data")) as [Buffer];
    assert.equal(chunk.toString(), `data: ${text}\n\n`);
  }
  sink.close();
  await once(response.resume(), "end");
});

test("nothing is read ahead for a client that does not read its events", async () => {
  let made = 0;
  let ended = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        made++;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel() {
        ended = true;
      },
    },
    { highWaterMark: 0 },
  );
  answer = async () => new Response(stream, { headers: { "Content-Type": "text/event-stream" } });
  const response = await openStream();
  let before = -1;
  while (made !== before) {
    before = made;
    await sleep(100);
  }
  assert.ok(made < 1_000, `${made} pieces of 64 KiB were made`);
  response.resume();
  while (made === before) await once(response, "data");
  response.destroy();
  while (!ended) await sleep(5);
});

test("a client that leaves while nothing happens ends the stream and is told to the handler", async () => {
  const events = eventsByHand();
  let signal: AbortSignal | undefined;
  answer = async (request) => {
    signal = request.signal;
    return events.response;
  };
  events.sink.enqueue(event("one"));
  const response = await openStream();
  await once(response, "data");
  assert.equal(signal?.aborted, false);
  response.destroy();
  await events.cancelled;
  assert.equal(signal?.aborted, true);
});

test("a client that leaves before the answer is told to the handler; one that stays is not", async () => {
  let signal: AbortSignal | undefined;
  const arrived = new Promise<void>((resolve) => {
    answer = (request) => {
      signal = request.signal;
      resolve();
      return new Promise(() => {});
    };
  });
  const client = httpRequest(`${origin}/run`, { method: "POST", headers: { "content-length": 2 } });
  client.on("error", () => {});
  client.end("{}");
  await arrived;
  assert.equal(signal?.aborted, false);
  client.destroy();
  await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
  answer = async (request) => {
    signal = request.signal;
    return Response.json({ door: "front" });
  };
  assert.equal(await doorOf(await post("/run")), "front");
  assert.equal(signal?.aborted, false);
});

test("a body that breaks off reaches no handler", async () => {
  let asked = 0;
  answer = async () => {
    asked++;
    return Response.json({ door: "front" });
  };
  const connection = once(server, "connection") as Promise<[Socket]>;
  const client = httpRequest(`${origin}/run`, {
    method: "POST",
    headers: { "content-length": 100 },
    agent: new Agent(),
  });
  client.on("error", () => {});
  client.write("{");
  const [socket] = await connection;
  await once(server, "request");
  client.destroy();
  await new Promise((resolve) => socket.on("close", resolve));
  // One more request, so that whatever the broken one led to has happened.
  assert.equal(await doorOf(await post("/run")), "front");
  assert.equal(asked, 1);
});

test("a connection may be idle for longer than proxies keep theirs, and a request's headers may take longer still", async () => {
  await (await fetch(origin)).text();
  assert.equal(server.keepAliveTimeout, 75_000);
  assert.ok(server.headersTimeout > server.keepAliveTimeout);
  assert.ok(server.requestTimeout > server.headersTimeout);
});

test("a page that is checked is refused in front of the server, or made by it", async () => {
  let away = true;
  const checked: string[] = [];
  node.checkPages(/^\/r\/(?![^/]+\/raw$)/, async (path) => {
    checked.push(path);
    return away ? new Response("Not now.", { status: 503, headers: { "Retry-After": "5" } }) : null;
  });
  const refused = await fetch(`${origin}/r/abc?theme=dark`);
  assert.deepEqual([refused.status, await refused.text()], [503, "Not now."]);
  assert.equal(refused.headers.get("retry-after"), "5");
  const head = await fetch(`${origin}/r/abc`, { method: "HEAD" });
  assert.deepEqual([head.status, await head.text()], [503, ""]);
  assert.equal(await doorOf(await fetch(`${origin}/r/abc/raw`)), "other");
  away = false;
  assert.equal(await doorOf(await fetch(`${origin}/r/abc`)), "other");
  assert.deepEqual(checked, ["/r/abc", "/r/abc", "/r/abc"]);
  node.checkPages(/^\/r\//, () => Promise.reject(new Error("broken")));
  assert.equal(await doorOf(await fetch(`${origin}/r/abc`)), "other");
});

test("over https every answer says so to browsers", async () => {
  assert.equal((await fetch(origin)).headers.get("strict-transport-security"), null);
  node.demandHttps();
  assert.equal((await fetch(origin)).headers.get("strict-transport-security"), "max-age=31536000");
});
