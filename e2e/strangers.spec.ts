import { once } from "node:events";
import net, { type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { OwnServer } from "./own-server";
import { ALL_ONLY } from "./sample";

/** What a stranger may send to the real server, by sockets of our own: clients that are built for people would not send it. */
const server = new OwnServer({
  QUICKSAND_LOG_LEVEL: "info",
  // What is garbage by now is not held: with little room V8 collects it early, and what is held all the same ends the server.
  NODE_OPTIONS: "--max-old-space-size=160 --max-semi-space-size=2",
});
test.beforeAll(() => server.start());
test.afterAll(() => server.dispose());

const MEGABYTE = 1_048_576;

/** Leaves 5 MB, and prints as much as a run may, of what takes most space in an answer. */
const LARGE = `import os
with open(os.environ["OUTPUT_DIR"] + "/large.bin", "wb") as file:
    file.write(os.urandom(5 * 1024 * 1024 - 1000))
print("\\x01<" * 400_000)
`;

async function connect(): Promise<Socket> {
  const socket = net.connect(server.port, "127.0.0.1").pause();
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** Sends exactly these lines; answers status, headers and body. */
async function send(first: string, ...lines: string[]) {
  const socket = await connect();
  const named = lines.some((line) => line.startsWith("Host:")) ? lines : ["Host: localhost", ...lines];
  let text = "";
  socket.setEncoding("utf8").on("data", (data) => {
    text += data;
  });
  socket.resume().write([first, ...named, "Connection: close", "", ""].join("\r\n"));
  await once(socket, "close");
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const fields = head.split("\r\n").slice(1);
  const headers = new Headers(fields.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
  return { status: Number(head.split(" ")[1]), headers, body: rest.join("\r\n\r\n") };
}

/** A run on this server that anybody may see. */
async function sharedRun(request: APIRequestContext, code: string): Promise<string> {
  const data = { language: "python", code };
  const run = await request.post(`${server.address}/api/editor/run`, { data, timeout: 40_000 });
  const { id } = (await run.json()) as { id: string };
  const shared = await request.patch(`${server.address}/api/runs/${id}`, {
    data: { visibility: "unlisted" },
  });
  expect(shared.status()).toBe(200);
  return id;
}

test("what is no request of ours is refused with our headers, and leaves no line in the log", async ({
  request,
}) => {
  const id = await sharedRun(request, "print(1)");
  const picture = encodeURIComponent(`/r/${id}/opengraph-image`);
  const evil = "Host: evil.example";
  const logged = server.output;
  const asked: [status: number, first: string, ...lines: string[]][] = [
    [421, "GET / HTTP/1.1", evil],
    [421, `GET /r/${id} HTTP/1.1`, evil],
    [421, "GET /api/health HTTP/1.1", evil],
    [421, "POST /api/editor/run HTTP/1.1", evil, "Origin: http://evil.example", "Content-Length: 0"],
    [405, "TRACE / HTTP/1.1"],
    [405, "TRACE /api/health HTTP/1.1"],
    [405, "OPTIONS * HTTP/1.1"],
    [405, "POST / HTTP/1.1", "Next-Action: 00aabbccddeeff", "Content-Length: 0"],
    [400, "GET / HTTP/1.1", "Content-Length: 30000000"],
    [404, "POST /api/auth/_log HTTP/1.1", "Content-Length: 0"],
    [404, `GET /_next/image?url=${picture}&w=1200&q=75 HTTP/1.1`],
    [404, "GET /_next/static/nothing.js HTTP/1.1"],
    [404, "GET /nowhere HTTP/1.1"],
    [400, "POST /api/../ HTTP/1.1", "Next-Action: 00aabbccddeeff", "Content-Length: 0"],
    [400, `GET /_next/static/%2e%2E/../r/${id} HTTP/1.1`],
    [400, `GET /api/..\\r/${id} HTTP/1.1`],
    [404, "GET /%ff HTTP/1.1"],
    [404, "GET /r/nothing-there-0000000 HTTP/1.1"],
    [401, "GET /api/usage HTTP/1.1", "Authorization: Bearer"],
    [307, "GET / HTTP/1.1", "RSC: 1", "Next-Router-State-Tree: garbage"],
    [200, "GET / HTTP/1.1", "X-Forwarded-Proto: javascript", "X-Forwarded-Host: evil.example"],
  ];
  for (const [status, first, ...lines] of asked) {
    const answer = await send(first, ...lines);
    const what = [first, ...lines].join(" · ");
    expect.soft(answer.status, what).toBe(status);
    expect(answer.headers.get("x-content-type-options"), what).toBe("nosniff");
    const html = answer.headers.get("content-type")?.startsWith("text/html") ?? false;
    if (html || !first.includes("/_next/static/"))
      expect(answer.headers.get("content-security-policy"), what).toContain("frame-ancestors 'none'");
  }
  expect(server.output).toBe(logged);
});

test("the pictures and addresses of a shared run lead to this server, whatever a request says of it", async ({
  request,
}) => {
  const id = await sharedRun(request, "print(2)");
  const forged = ["X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https"];
  const { body } = await send(`GET /r/${id} HTTP/1.1`, `Host: localhost:${server.port}`, ...forged);
  const address = /property="og:image" content="([^"]+)"/.exec(body)?.[1];
  expect(address).toContain(`http://localhost:${server.port}/r/${id}/opengraph-image`);
  expect(body).not.toContain("evil.example");
});

/** Fills the way to the server, until it takes no more, its memory has grown too far, or so much was sent. Ends when it answers. */
async function pour(socket: Socket, bytes: number, ceiling: number): Promise<void> {
  const piece = Buffer.alloc(MEGABYTE, "a");
  let answered = false;
  socket.resume().once("data", () => {
    answered = true;
  });
  for (let sent = 0; sent < bytes && !answered && !socket.destroyed; sent += piece.length) {
    if (server.memoryBytes > ceiling) return;
    if (!socket.write(piece))
      await Promise.race([once(socket, "drain"), once(socket, "close"), sleep(1_000)]);
  }
}

test(
  "bodies without an end and answers that nobody reads take a moderate amount of memory",
  ALL_ONLY,
  async ({ request }) => {
    const id = await sharedRun(request, LARGE);
    const file = `/api/runs/${id}/artifacts/large.bin`;
    // What the server loads and compiles for them, and the heap that it works in, are there before it is measured.
    const pages = Array<string>(8).fill(`/r/${id}`);
    for (const path of [file, ...pages, "/api/auth/csrf"]) {
      expect((await send(`GET ${path} HTTP/1.1`)).status, path).toBe(200);
    }
    await sleep(1_000);
    const before = server.memoryBytes;
    /** Where the test stops, so that a server which fails it does not take the machine with it. */
    const ceiling = before + 150 * MEGABYTE;

    const signIn = ["POST /api/auth/callback/credentials HTTP/1.1", "Host: localhost"];
    const held: Socket[] = [];
    for (const length of ["Content-Length: 300000000", ...Array(3).fill("Content-Length: 200000000")]) {
      const socket = await connect();
      held.push(socket);
      socket.write([...signIn, length, "", ""].join("\r\n"));
      await pour(socket, 60 * MEGABYTE, ceiling);
    }
    for (let index = 0; index < 100 && server.memoryBytes < ceiling; index++) {
      const socket = await connect();
      held.push(socket);
      const path = index < 60 ? file : `/r/${id}`;
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await sleep(20);
    }
    await sleep(3_000);
    const grown = Math.round((server.memoryBytes - before) / MEGABYTE);
    const open = held.filter((socket) => !socket.destroyed).length;
    for (const socket of held) socket.destroy();
    expect(open, "connections that are still open").toBeGreaterThanOrEqual(100);
    expect(grown, "MB more than before").toBeLessThanOrEqual(60);
  },
);
