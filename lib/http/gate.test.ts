import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import net, { type AddressInfo } from "node:net";
import { after, test } from "node:test";
import { createGuests } from "../auth/guest";
import { createIdentities } from "../auth/identity";
import { createSessions } from "../auth/sessions";
import { readEnv } from "../env";
import { createRates } from "../rates";
import type { Services } from "../services";
import { createGate } from "./gate";
import { hookNodeServer } from "./node-server";

const PAGES_A_MINUTE = 400;
const secret = "a secret of this test";
const env = readEnv({
  QUICKSAND_HOSTS: "code.example.org, 192.0.2.7:8080",
  NEXTAUTH_URL: "https://public.example.org/",
  QUICKSAND_PLANS: JSON.stringify({ guest: { requestsPerMinute: PAGES_A_MINUTE } }),
});
const sessions = createSessions({ secret, secure: false });
const services = {
  rates: createRates(),
  auth: { sessions },
  identities: createIdentities({
    guests: createGuests({ secret, secure: false }),
    browsers: null,
    sessions,
    store: {} as never,
    secret,
    trustedProxies: 0,
    sessionIdleMs: 60_000,
  }),
} as unknown as Services;

const node = hookNodeServer();
node.guard(
  createGate(env, async () => services),
  { proxied: false },
);
/** Stands for Next.js, which answers a page whatever it is asked. */
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  request.resume();
  response.setHeader("Content-Type", "text/html");
  response.end(JSON.stringify(request.headers));
});
server.on("upgrade", () => {});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const { port } = server.address() as AddressInfo;

/** Sends exactly these lines; answers status, headers and body. */
async function send(lines: readonly string[]) {
  const socket = net.connect(port, "127.0.0.1");
  socket.write([...lines, "Connection: close", "", ""].join("\r\n"));
  let text = "";
  socket.setEncoding("utf8").on("data", (data) => {
    text += data;
  });
  await once(socket, "close");
  const [head = "", body = ""] = text.split("\r\n\r\n");
  const [first = "", ...rest] = head.split("\r\n");
  const headers = new Headers(rest.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
  return { status: Number(first.split(" ")[1]), headers, body };
}

const get = (path: string, host: string, ...more: string[]) =>
  send([`GET ${path} HTTP/1.1`, `Host: ${host}`, ...more]);

test("a host that is not ours is refused, on pages, files and the API alike; ours is not", async () => {
  const ours = ["localhost", "LOCALHOST:3000", "localhost.", "127.0.0.1", "127.8.9.10:1", "[::1]:3000"];
  const listed = ["code.example.org", "Code.Example.Org:443", "192.0.2.7", "public.example.org"];
  const PATHS = ["/", "/r/abc", "/api/health", "/icon.svg", "/_next/static/a.js"];
  for (const host of [...ours, ...listed])
    for (const path of PATHS) assert.equal((await get(path, host)).status, 200, `${host}${path}`);
  asked.length = 0;
  const others = [
    "evil.example",
    "localhost.evil.example",
    "code.example.org.evil.example",
    "10.0.0.1",
    "[::2]",
  ];
  for (const host of [...others, "", "a b", "127.0.0.1@evil.example", "evil.example:3000", "xlocalhost"])
    for (const path of PATHS) assert.equal((await get(path, host)).status, 421, `${host}${path}`);
  assert.deepEqual(asked, []);
});

test("a wrong host is told in the error's shape, and to people on a page with the remedy", async () => {
  const api = await get("/api/health", "evil.example", "Accept: text/html");
  assert.equal(JSON.parse(api.body).error.code, "wrong_host");
  assert.match(api.headers.get("x-request-id") ?? "", /^[\w-]{21}$/);
  const page = await get("/", "evil.example", "Accept: text/html");
  assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
  assert.match(page.body, /&#34;evil\.example&#34;.*QUICKSAND_HOSTS/);
});

test("an address that is connected to counts as ours only where the server listens on every network", async () => {
  const local = { localAddress: "192.168.1.5" };
  const ask = (host: string, name: string) =>
    createGate(readEnv({ HOST: host }), async () => services).refusal({
      ...{ method: "GET", url: "/api/health", headers: { host: name }, socket: local },
    } as never);
  assert.equal(await ask("0.0.0.0", "192.168.1.5:3000"), null);
  assert.equal((await ask("0.0.0.0", "192.168.1.6:3000"))?.status, 421);
  assert.equal((await ask("127.0.0.1", "192.168.1.5:3000"))?.status, 421);
  assert.equal(await ask("192.168.1.5", "192.168.1.5"), null);
});

test("pages take GET and HEAD and no body, the API its own methods, and nothing takes TRACE or the address `*`", async () => {
  asked.length = 0;
  const refused = [
    ["POST / HTTP/1.1", "Next-Action: 0123456789abcdef", "Content-Length: 0"],
    ["PUT /r/abc HTTP/1.1"],
    ["DELETE /settings HTTP/1.1"],
    ["OPTIONS /history HTTP/1.1"],
    ["TRACE / HTTP/1.1"],
    ["TRACE /api/health HTTP/1.1"],
    ["PROPFIND /api/runs HTTP/1.1"],
    ["OPTIONS * HTTP/1.1"],
    ["GET * HTTP/1.1"],
  ];
  for (const [first = "", ...more] of refused) {
    const { status, headers, body } = await send([first, "Host: localhost", ...more]);
    assert.equal(status, 405, first);
    assert.ok(headers.get("allow")?.startsWith("GET, HEAD"), first);
    assert.equal(JSON.parse(body).error.code, "method_not_allowed");
  }
  for (const body of ["Content-Length: 30000000", "Transfer-Encoding: chunked"])
    assert.equal((await get("/", "localhost", body)).status, 400, body);
  assert.equal((await send(["GET http://localhost/ HTTP/1.1", "Host: localhost"])).status, 400);
  assert.deepEqual(asked, []);
  assert.equal((await send(["HEAD / HTTP/1.1", "Host: localhost"])).status, 200);
  assert.equal((await send(["OPTIONS /r/abc/raw HTTP/1.1", "Host: localhost"])).status, 200);
  assert.equal((await send(["DELETE /api/runs HTTP/1.1", "Host: localhost"])).status, 200);
});

test("a path that Next.js would read as another is refused, and health needs no host", async () => {
  asked.length = 0;
  for (const path of [
    "/api/../",
    "/_next/static/%2e%2E/../r/x",
    "/api/./health",
    "/api/..",
    "/api\\..\\r/x",
    "/.%2e",
  ]) {
    assert.equal((await get(path, "localhost")).status, 400, path);
  }
  const post = ["POST /api/../ HTTP/1.1", "Host: localhost", "Next-Action: x", "Content-Length: 0"];
  assert.equal((await send(post)).status, 400);
  assert.deepEqual(asked, []);
  for (const path of ["/...", "/a.b/..c", "/r/x?next=/../"]) {
    assert.equal((await get(path, "localhost")).status, 200, path);
  }
  assert.equal((await send(["GET /api/health HTTP/1.0"])).status, 200);
  assert.equal((await send(["GET / HTTP/1.0"])).status, 421);
});

test("what proxies say of the host and scheme reaches nobody unless it fits", async () => {
  const forged = ["X-Forwarded-Host: evil.example", "X-Forwarded-Proto: javascript"];
  const { body } = await get("/", "localhost", ...forged);
  assert.doesNotMatch(body, /evil|javascript/);
  const right = await get("/", "localhost", "X-Forwarded-Host: localhost", "X-Forwarded-Proto: https");
  assert.match(right.body, /"x-forwarded-proto":"https"/);
});

test("every answer has the security headers, and no page is without a policy", async () => {
  const answers = [
    await get("/", "localhost"),
    await get("/nowhere", "evil.example"),
    await get("/api/health", "evil.example"),
    await send(["TRACE / HTTP/1.1", "Host: localhost"]),
    await send(["This is no HTTP"]),
    await send(["GET / HTTP/1.1", `Host: localhost`, `X-Long: ${"x".repeat(20_000)}`]),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 421, 421, 405, 400, 431],
  );
  for (const { status, headers } of answers) {
    assert.equal(headers.get("x-content-type-options"), "nosniff", String(status));
    assert.match(headers.get("permissions-policy") ?? "", /camera=\(\)/, String(status));
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'.*frame-ancestors 'none'/);
  }
});

test("an upgrade that nobody asked for is an ordinary request, and no connection without an end", async () => {
  const answer = await get("/api/health", "localhost", "Upgrade: websocket", "Sec-WebSocket-Version: 13");
  assert.equal(answer.status, 200);
});

test("pages are counted by network, or by session where there is one; a person is told on a page", async () => {
  const statuses = new Map<number, number>();
  for (let index = 0; index <= PAGES_A_MINUTE; index++) {
    const { status } = await fetch(`http://127.0.0.1:${port}/history`);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  assert.ok((statuses.get(429) ?? 0) > 0, "no page was refused");
  const page = await get("/", "localhost", "Accept: text/html");
  assert.deepEqual([page.status, page.headers.get("ratelimit-remaining")], [429, "0"]);
  assert.match(page.body, /more than 400 pages a minute/);
  const program = await get("/", "localhost");
  assert.equal(JSON.parse(program.body).error.code, "rate_limited");
  // What belongs to a page that was sent, and the API, have counts of their own.
  assert.equal((await get("/_next/static/a.js", "localhost")).status, 200);
  assert.equal((await get("/language-servers/python-1/worker.js.gz", "localhost")).status, 200);
  assert.equal((await get("/api/health", "localhost")).status, 200);
  const [cookie = ""] = (await sessions.cookieFor("a session's token")).split(";");
  assert.equal((await get("/", "localhost", `Cookie: ${cookie}`)).status, 200);
  assert.equal((await get("/", "localhost", "Cookie: qs_session=forged")).status, 429);
});
