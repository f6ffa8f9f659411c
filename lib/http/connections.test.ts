import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import net, { type AddressInfo, type Socket } from "node:net";
import { after, test as nodeTest } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { CONNECTION_LIMITS } from "./connections";
import { hookNodeServer } from "./node-server";

/** A test that waits for what never comes fails, rather than hangs. */
const test = (name: string, body: () => Promise<void>) => nodeTest(name, { timeout: 30_000 }, body);

const STALLED_MS = 500;
const TURN_MS = 1_500;
const READ_MS = 4_500;
const PER_ADDRESS = 20;
/** More than the kernel takes for a socket whose other side does not read. */
const LONG = Buffer.alloc(16_000_000, "x");

const node = hookNodeServer({
  limits: {
    ...CONNECTION_LIMITS,
    perAddress: PER_ADDRESS,
    stalledMs: STALLED_MS,
    bodyMs: STALLED_MS,
    turnMs: TURN_MS,
    readMs: READ_MS,
  },
});
node.openFrontDoor("/run", async () => Response.json({}));

let serve: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end("ok");
const server = createServer((request, response) => serve(request, response));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const { port } = server.address() as AddressInfo;

/** A connection with one request on it, of which nothing is read. */
async function open(path = "/", head = `GET ${path} HTTP/1.1`, ...more: string[]): Promise<Socket> {
  const socket = net.connect(port, "127.0.0.1").pause();
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write([head, "Host: localhost", ...more, "", ""].join("\r\n"));
  return socket;
}

const nextConnection = async () => ((await once(server, "connection")) as [Socket])[0];

/** How many requests have reached the server, and a wait for so many. */
function arrivals(answer: (response: ServerResponse) => void) {
  const seen: ServerResponse[] = [];
  serve = (_, response) => {
    seen.push(response);
    answer(response);
  };
  const reach = async (count: number) => {
    while (seen.length < count) await sleep(10);
  };
  return { seen, reach };
}

test("an answer that nobody reads is closed; one that is read slowly goes on to its end", async () => {
  serve = (_, response) => response.end(LONG);
  const connected = nextConnection();
  const unread = await open();
  await once(await connected, "close");
  unread.destroy();

  const slow = await open("/", "GET / HTTP/1.1", "Connection: close");
  let bytes = 0;
  const ended = once(slow, "end");
  const begun = performance.now();
  slow.on("data", (data: Buffer) => {
    bytes += data.length;
    slow.pause();
    // Several times as long in all as an answer may stand still.
    const behind = (bytes / LONG.length) * STALLED_MS * 4 - (performance.now() - begun);
    setTimeout(() => slow.resume(), Math.max(0, behind));
  });
  slow.resume();
  await ended;
  assert.ok(bytes > LONG.length, `${bytes} bytes came`);
});

test("an answer that takes long to be made is waited for, and one whose events come seldom stays open", async () => {
  serve = (_, response) => {
    response.write("first");
    setTimeout(() => response.end("last"), STALLED_MS * 4);
  };
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), "firstlast");
  serve = (_, response) => void setTimeout(() => response.end("late"), STALLED_MS * 4);
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), "late");
});

test("a connection on which nothing is asked is closed", async () => {
  const socket = net.connect(port, "127.0.0.1").resume();
  await once(socket, "close");
});

test("a body that is held back ends with its connection, at whichever door", async () => {
  const { reach } = arrivals(() => {});
  for (const path of ["/run", "/other"]) {
    const connected = nextConnection();
    const socket = await open(path, `POST ${path} HTTP/1.1`, "Content-Length: 100");
    const end = once(await connected, "close");
    // A byte now and then is no progress.
    const dripping = setInterval(() => socket.write("x"), STALLED_MS / 5);
    await end;
    clearInterval(dripping);
    socket.destroy();
  }
  await reach(1);
});

test("one address has so many connections and no more; a place that comes free is used", async () => {
  serve = () => {};
  const sockets = await Promise.all(Array.from({ length: PER_ADDRESS }, () => open()));
  const refused = net.connect(port, "127.0.0.1").resume();
  refused.on("error", () => {});
  await once(refused, "close");
  const [first] = sockets;
  first?.destroy();
  while (sockets.filter((socket) => !socket.destroyed).length !== PER_ADDRESS - 1) await sleep(10);
  serve = (_, response) => response.end("ok");
  let status = 0;
  while (status !== 200) status = (await fetch(`http://127.0.0.1:${port}/`).catch(() => null))?.status ?? 0;
  for (const socket of sockets) socket.destroy();
});

test("four whole answers are made at once for a network; the next is made when one of them is read or given up", async () => {
  const { seen, reach } = arrivals((response) => response.end(LONG));
  const readers: Socket[] = [];
  for (let index = 0; index < 7; index++) readers.push(await open(`/${index}`));
  await reach(4);
  // An artifact and a run's events are sent in pieces, and wait for nobody.
  readers.push(await open("/api/runs/x/events"), await open("/api/runs/x/artifacts/a.bin"));
  await reach(6);
  await sleep(100);
  assert.equal(seen.length, 6);
  // The last in line leaves, the first reads, the others are closed because they do not.
  readers[6]?.destroy();
  readers[0]?.resume();
  await reach(8);
  for (const socket of readers) socket.destroy();
  await sleep(100);
  assert.equal(seen.length, 8);
});

test("who waits too long for a turn is told to come again; who reads too slowly is closed", async () => {
  const { seen, reach } = arrivals(() => {});
  const busy: Socket[] = [];
  for (let index = 0; index < 4; index++) busy.push(await open(`/busy/${index}`));
  await reach(4);
  const answer = await fetch(`http://127.0.0.1:${port}/late`);
  assert.deepEqual([answer.status, answer.headers.get("retry-after"), seen.length], [429, "5", 4]);
  for (const socket of busy) socket.destroy();

  serve = (_, response) => response.end(LONG);
  const slow = await open("/slow");
  let bytes = 0;
  slow.on("data", (data) => {
    bytes += data.length;
    slow.pause();
    setTimeout(() => slow.resume(), 100);
  });
  slow.resume();
  await once(slow, "close");
  assert.ok(bytes > 0 && bytes < LONG.length, `${bytes} bytes`);
});

test("large bodies are taken three at a time, and small ones at once", async () => {
  const { seen, reach } = arrivals((response) => response.req.resume());
  const senders: Socket[] = [];
  const post = async (bytes: number) =>
    senders.push(await open("/", "POST /api/x HTTP/1.1", `Content-Length: ${bytes}`));
  for (let index = 0; index < 5; index++) await post(100_000);
  await reach(3);
  await post(10);
  await reach(4);
  await sleep(100);
  assert.equal(seen.length, 4);
  senders[0]?.write("x".repeat(100_000));
  await reach(5);
  for (const socket of senders) socket.destroy();
});
