import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { OwnServer } from "./own-server";
import { ALL_ONLY } from "./sample";

const RUN = "/api/editor/run";
const PROGRAM = JSON.stringify({ language: "python", code: "print(6 * 7)" });
const STREAM = { accept: "text/event-stream" };

const server = new OwnServer();
test.beforeAll(() => server.start());
test.afterAll(() => server.dispose());

interface Asked {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  agent?: http.Agent;
}

/** By Node's own client, which sends just what it is told to and shows which connection was used. */
async function ask({ path = RUN, method = "POST", headers = {}, body = PROGRAM, agent }: Asked) {
  const request = http.request(`${server.address}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(agent ? { agent } : {}),
  });
  request.end(method === "GET" ? undefined : body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const port = response.socket.localPort;
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, headers: response.headers, text, port };
}

/** Next.js says of everything it routes that it varies by its own headers; the front door has nothing to do with those. */
const cameByNext = ({ headers }: { headers: IncomingMessage["headers"] }) =>
  (headers.vary ?? "").includes("next-router");

test("runs come in by the front door inside the real Next.js, streamed ones too", async () => {
  const known = { "content-length": String(Buffer.byteLength(PROGRAM)) };
  for (const accept of [{}, STREAM]) {
    const front = await ask({ headers: { ...known, ...accept } });
    const next = await ask({ headers: { "transfer-encoding": "chunked", ...accept } });
    expect([front.status, next.status]).toEqual([200, 200]);
    // A body of unknown length is left to Next.js: without that the two could not be told apart here, and this test would prove nothing.
    expect(cameByNext(next), "a way to tell the doors apart").toBe(true);
    expect(cameByNext(front), JSON.stringify(accept)).toBe(false);
    for (const name of [
      ...["content-type", "cache-control", "x-accel-buffering", "x-content-type-options", "referrer-policy"],
      ...["permissions-policy", "cross-origin-opener-policy", "content-security-policy", "ratelimit-limit"],
    ]) {
      expect(front.headers[name], name).toBe(next.headers[name]);
    }
    for (const { text } of [front, next]) expect(text).toContain("42");
    expect(shape(front.text)).toEqual(shape(next.text));
  }
});

/** What an answer consists of, without what differs from run to run. */
function shape(text: string): string[] {
  return [...text.matchAll(/^event: \w+|"\w+":/gm)].map(([name]) => name);
}

test("output of a streamed run arrives while its program still waits", async () => {
  const body = JSON.stringify({
    language: "python",
    code: "print('first'); input(); print('second')",
    interactive: true,
  });
  const request = http.request(`${server.address}${RUN}`, {
    method: "POST",
    headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...STREAM },
  });
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const cookie = response.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  response.setEncoding("utf8");
  let text = "";
  let answered = false;
  for await (const chunk of response) {
    text += chunk;
    if (answered || !text.includes("first")) continue;
    expect(text).not.toContain("second");
    answered = true;
    const id = /"id":"([\w-]+)"/.exec(text)?.[1];
    const input = await fetch(`${server.address}/api/runs/${id}/input`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify({ text: "\n" }),
    });
    expect(input.status).toBe(200);
  }
  expect(answered).toBe(true);
  expect(text).toContain('"text":"second');
  expect(text).toContain('"status":"success"');
});

test("a client that leaves its streamed run ends it, unless it asked for it to go on", async () => {
  const body = JSON.stringify({ language: "python", code: "import time; print('up'); time.sleep(8)" });
  for (const [path, expected] of [
    [RUN, "cancelled"],
    [`${RUN}?detach=1`, "success"],
  ] as const) {
    const request = http.request(`${server.address}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...STREAM },
    });
    request.end(body);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const cookie = response.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    response.setEncoding("utf8");
    let text = "";
    while (!text.includes('"text":"up')) text += ((await once(response, "data")) as [string])[0];
    response.destroy();
    const id = /"id":"([\w-]+)"/.exec(text)?.[1];
    await expect
      .poll(
        async () => {
          const run = await fetch(`${server.address}/api/runs/${id}`, { headers: { cookie } });
          return ((await run.json()) as { status: string }).status;
        },
        { timeout: 30_000 },
      )
      .not.toBe("running");
    const run = await fetch(`${server.address}/api/runs/${id}`, { headers: { cookie } });
    expect(((await run.json()) as { status: string }).status, path).toBe(expected);
  }
});

test("large answers and pages are compressed for clients that take gzip, and for no others", async () => {
  const body = JSON.stringify({ language: "python", code: "print('x' * 100_000)" });
  const run = { body, headers: { "content-length": String(Buffer.byteLength(body)) } };
  const page = { path: "/", method: "GET", headers: {} };
  for (const asked of [run, page]) {
    for (const [accepted, encoding] of [
      ["gzip, deflate", "gzip"],
      ["gzip;q=0", undefined],
      ["identity", undefined],
      ["gzip;q=0, *;q=0", undefined],
    ] as const) {
      const { headers } = await ask({ ...asked, headers: { ...asked.headers, "accept-encoding": accepted } });
      expect(headers["content-encoding"], accepted).toBe(encoding);
      expect(headers.vary?.toLowerCase(), accepted).toContain("accept-encoding");
    }
  }
});

test("a connection that was idle for longer than Node keeps one is used again", ALL_ONLY, async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const get = () => ask({ path: "/api/languages", method: "GET", agent });
  const first = await get();
  // What it says is what it does: Node answers the time that its server is set to.
  expect(first.headers["keep-alive"]).toBe("timeout=75");
  await sleep(6_500);
  const second = await get();
  expect(second.status).toBe(200);
  expect(second.port).toBe(first.port);
  agent.destroy();
});

test(
  "a client that keeps 64 connections meets no reset, with pauses as long as Node's own limit",
  ALL_ONLY,
  async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
    const statuses = new Map<number | undefined, number>();
    for (let round = 0; round < 4; round++) {
      const answers = await Promise.all(
        Array.from({ length: 64 }, () => ask({ path: "/api/languages", method: "GET", agent })),
      );
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      // Node closes an idle connection after 5 s, just when this client uses it again.
      if (round < 3) await sleep(4_990 + round * 10);
    }
    agent.destroy();
    expect([...statuses]).toEqual([[200, 256]]);
  },
);
