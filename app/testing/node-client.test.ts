/** The client for other people's programs, on the real routes and a real server's terminals. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { after, afterEach, test as nodeTest } from "node:test";
import { createClient } from "../../lib/client/node/client.mjs";
import { echoing, outcome, printing, running } from "../../lib/runs/testing/runs-fixture";
import { Visitor } from "./site";
import { port, routes, sandbox } from "./terminals";
import { keyOf, signedIn } from "./world";

/** A test that waits for what never comes fails, rather than hangs. */
const test = (name: string, body: () => Promise<void>) => nodeTest(name, { timeout: 30_000 }, body);

const PROGRAM = { language: "python", code: "print(1)" };

/** Between client and server, so that connections can be lost. */
const carried = new Set<Socket>();
const line = createServer((near) => {
  const far = connect(port, "127.0.0.1");
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    carried.add(from);
    from.on("error", () => {}).on("close", () => to.destroy());
    from.pipe(to);
  }
});
await once(line.listen(0, "127.0.0.1"), "listening");
after(() => line.close());
const cut = () => {
  for (const socket of carried) socket.destroy();
  carried.clear();
};

afterEach(() => {
  sandbox.script = printing("hello\n");
});

/** A client whose requests go to the route files, and whose terminals to the server. */
async function newClient() {
  const visitor = new Visitor(routes);
  const user = await signedIn(routes, visitor);
  visitor.cookie = "";
  const apiKey = (await keyOf(routes, user, ["run", "read"])).headers.authorization.replace("Bearer ", "");
  const fetch = (url: string | URL | Request, { method = "GET", body, headers }: RequestInit = {}) => {
    const { pathname, search } = new URL(String(url));
    const sent = typeof body === "string" ? body : undefined;
    return visitor.askRaw(method, pathname + search, sent, Object.fromEntries(new Headers(headers)));
  };
  const server = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  return { client: createClient({ server, apiKey, fetch }), fetch, server, apiKey };
}

/** What is printed until this is among it. */
async function readUntil(bytes: AsyncIterator<Uint8Array>, text: string): Promise<string> {
  let read = "";
  while (!read.includes(text)) {
    const { value, done } = await bytes.next();
    assert.ok(!done, `"${text}" did not come, but ${read}`);
    read += Buffer.from(value).toString();
  }
  return read;
}

test("what is answered has the shape that is declared: runs, the history, shared pages, accounts", async () => {
  const { client, server } = await newClient();
  const run = client.run({ ...PROGRAM, stdin: "x" });
  const types: string[] = [];
  for await (const { type } of run) types.push(type);
  assert.deepEqual(types, ["queued", "stage", "stdout", "done"]);
  const id = await run.id;
  assert.equal((await run.result).output.stdout, "hello\n");
  const accepted = await client.submit(PROGRAM);
  assert.equal((await client.wait(accepted.id)).status, "success");
  assert.deepEqual(
    (await client.list({ language: "python" })).runs.map((one) => one.id),
    [accepted.id, id],
  );
  assert.equal((await client.get(id)).request.stdin, "x");
  const shared = await client.share(id);
  assert.deepEqual([shared.url, shared.run.visibility], [`${server}/r/${id}`, "unlisted"]);
  assert.equal(await client.cancel(id), false);
  assert.equal((await client.follow(id).result).id, id);
  assert.ok((await client.languages()).some((language) => language.id === "python"));
  assert.equal((await client.account()).kind, "user");
  await assert.rejects(client.run({ ...PROGRAM, language: "pythn" }).result, {
    code: "unknown_language",
    status: 422,
  });
});

test("typed input reaches a program that waits for it", async () => {
  const { client } = await newClient();
  sandbox.script = echoing;
  const run = client.run({ ...PROGRAM, mode: "interactive" });
  await run.input("one\n");
  await run.endInput();
  assert.equal((await run.result).output.stdout, "one\n");
});

test("a terminal takes keys, sizes and signals, and ends with the run's result", async () => {
  const { client } = await newClient();
  // Says what it is told, until that is a signal.
  sandbox.script = async function* (_spec, { stdin }) {
    for await (const said of stdin) {
      yield { type: "stdout", text: typeof said === "string" ? said : JSON.stringify(said) };
      if (typeof said !== "string" && said.type === "signal") break;
    }
    yield { type: "done", outcome: outcome({}) };
  };
  const events: string[] = [];
  const terminal = await client.terminal(PROGRAM, {
    size: { columns: 100, rows: 30 },
    onEvent: ({ type }) => events.push(type),
  });
  assert.deepEqual(sandbox.specs.at(-1)?.terminal, { columns: 100, rows: 30 });
  const bytes = terminal[Symbol.asyncIterator]();
  terminal.write("ls\r");
  await readUntil(bytes, "ls\r");
  terminal.resize({ columns: 90, rows: 20 });
  await readUntil(bytes, '{"type":"resize","columns":90,"rows":20}');
  terminal.signal("SIGINT");
  await readUntil(bytes, '{"type":"signal","signal":"SIGINT"}');
  assert.equal((await terminal.result).status, "success");
  assert.equal(events.at(-1), "done");
});

test("a terminal whose connection is lost comes back, and nothing is missing or twice", async () => {
  const { client } = await newClient();
  sandbox.script = echoing;
  const terminal = await client.terminal(PROGRAM);
  const bytes = terminal[Symbol.asyncIterator]();
  terminal.write("before");
  const first = await readUntil(bytes, "before");
  const again = once(line, "connection");
  cut();
  // What is typed before the loss is noticed is lost with the connection.
  await again;
  terminal.write(" after");
  const rest = await readUntil(bytes, "after");
  assert.equal((first + rest).match(/before/g)?.length, 1);
  terminal.leave();
  await client.cancel(terminal.id);
});

test("a terminal that is left rejects, one that there is not says why", async () => {
  const { client, fetch, server, apiKey } = await newClient();
  sandbox.script = running("up");
  const terminal = await client.terminal(PROGRAM);
  await readUntil(terminal[Symbol.asyncIterator](), "up");
  terminal.leave();
  await assert.rejects(terminal.result, { name: "AbortError" });
  await client.cancel(terminal.id);

  const lying = async (...asked: Parameters<typeof fetch>) => {
    if (!String(asked[0]).includes("/api/editor/run")) return fetch(...asked);
    const event =
      'id: 1\nevent: queued\ndata: {"type":"queued","id":"AAAAAAAAAAAAAAAAAAAAAA","position":0}\n\n';
    return new Response(event, { headers: { "content-type": "text/event-stream" } });
  };
  const other = await createClient({ server, apiKey, fetch: lying }).terminal(PROGRAM);
  await assert.rejects(other.result, { code: "not_found", status: 404 });
});
