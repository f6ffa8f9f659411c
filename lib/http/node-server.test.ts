import assert from "node:assert/strict";
import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { hookNodeServer } from "./node-server";

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

test("only a plain POST to the one address comes in by the front", async () => {
  for (const path of ["/run", "/run?detach=1"]) assert.equal(await doorOf(await post(path)), "front", path);
  for (const path of ["/runs", "/run/", "/x/run", "//run", "/"])
    assert.equal(await doorOf(await post(path)), "other", path);
  assert.equal(await doorOf(await fetch(`${origin}/run`)), "other");
  assert.equal(await doorOf(await post("/run", { method: "PUT" })), "other");
  assert.equal(await doorOf(await post("/run", { headers: { accept: "text/event-stream" } })), "other");
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

test("a large answer is compressed for who takes that", async () => {
  const long = "a".repeat(100_000);
  answer = async () => Response.json({ long });
  const zipped = await post("/run");
  assert.equal(zipped.headers.get("content-encoding"), "gzip");
  assert.deepEqual(await zipped.json(), { long });
  const plain = await post("/run", { headers: { "accept-encoding": "identity" } });
  assert.equal(plain.headers.get("content-encoding"), null);
  assert.deepEqual(await plain.json(), { long });
});

test("a client that goes away is told to the handler; one that stays is not", async () => {
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
    return Response.json({});
  };
  const ended = new Promise<void>((resolve) => {
    const client = httpRequest(
      `${origin}/run`,
      { method: "POST", headers: { "content-length": 100 } },
      (m: IncomingMessage) => m.resume(),
    );
    client.on("error", () => resolve());
    client.write("{");
    setTimeout(() => client.destroy(), 50);
  });
  await ended;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(asked, 0);
});
