import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { hookNodeServer } from "./node-server";

/** What was told, the last first, and who waits for more. */
const told: string[] = [];
let onTold = () => {};

const node = hookNodeServer({
  onAnswered(route, method, status, ms) {
    assert.ok(ms >= 0);
    told.unshift(`${method} ${route} ${status}`);
    onTold();
  },
});
node.openFrontDoor("/api/editor/run", async () => Response.json({}, { status: 429 }));

const server = createServer((request, response) => {
  // As Next.js does with what it rewrites.
  const { url } = request;
  request.url = "/rewritten";
  if (url === "/api/runs/hangs/events") response.write("data: 1\n\n");
  else response.writeHead(url === "/p/abc" ? 404 : 200).end("other");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function toldAfter(ask: () => Promise<unknown>): Promise<string | undefined> {
  const next = new Promise<void>((resolve) => {
    onTold = resolve;
  });
  await ask();
  await next;
  return told[0];
}

test("each answer is told with its address's template, method and status, by either door", async () => {
  const get = (path: string, init?: RequestInit) => toldAfter(() => fetch(`${origin}${path}`, init));
  assert.equal(await get("/api/runs/abc?wait=1"), "GET /api/runs/{id} 200");
  assert.equal(await get("/p/abc"), "GET /p/{id} 404");
  assert.equal(await get("/wp-admin/setup.php"), "GET none 200");
  assert.equal(await get("/api/editor/run", { method: "POST", body: "{}" }), "POST /api/editor/run 429");
});

test("a client that leaves before its answer has ended is told as 499", async () => {
  const last = await toldAfter(async () => {
    const client = httpRequest(`${origin}/api/runs/hangs/events`);
    client.on("error", () => {});
    client.end();
    const [response] = await once(client, "response");
    response.on("error", () => {});
    client.destroy();
  });
  assert.equal(last, "GET /api/runs/{id}/events 499");
});
