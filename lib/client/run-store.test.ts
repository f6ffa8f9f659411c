import assert from "node:assert/strict";
import { afterEach, before, beforeEach, mock, test } from "node:test";
import { call } from "./api";
import { createRunStore } from "./run-store";

const realFetch = globalThis.fetch;
// As in a page that is shown: what requests are made by is there when somebody presses Run.
before(async () => {
  globalThis.fetch = async () => new Response();
  await call("health").catch(() => {});
  globalThis.fetch = realFetch;
});
// So that nothing is drawn before the test has it drawn.
beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => {
  mock.timers.reset();
  globalThis.fetch = realFetch;
});

const draw = () => mock.timers.tick(50);

/** The server of one run: its event stream is written by the test, and each other request is answered when the test says so. */
function fakeServer(earlier: () => Response = () => new Response(null, { status: 404 })) {
  const encoder = new TextEncoder();
  const requests: { path: string; body: unknown }[] = [];
  const answers: (() => void)[] = [];
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  let id = 0;
  globalThis.fetch = async (input, init) => {
    const path = String(input).split("?")[0] ?? "";
    requests.push({ path, body: JSON.parse(String(init?.body ?? "null")) });
    if (path === "/api/runs/earlier") return earlier();
    if (path === "/api/editor/run" || path === "/api/runs/earlier/events") {
      return new Response(
        new ReadableStream({
          start(controller) {
            stream = controller;
          },
        }),
      );
    }
    await new Promise<void>((resolve) => answers.push(resolve));
    return Response.json({ accepted: true, cancelled: true });
  };
  return {
    requests,
    send(event: { type: string; [field: string]: unknown }) {
      id += 1;
      stream?.enqueue(encoder.encode(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`));
    },
    /** Lets the oldest request that waits have its answer. */
    answer: () => answers.shift()?.(),
  };
}

/** Everything that has arrived is read. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const KEPT = { runId: "earlier", typed: [{ at: 3, text: "Ada\n" }], inputEnded: false };

/** The run that the server has, as `GET /api/runs/earlier` answers it. */
function stored(status: "running" | "success"): Response {
  const running = status === "running";
  return Response.json({
    id: "earlier",
    language: "python",
    status,
    output: {
      stdout: running ? "" : "who",
      stderr: "",
      exitCode: running ? null : 0,
      signal: null,
      truncated: false,
    },
    compile: null,
    durationMs: 1,
    cpuMs: 1,
    memoryUsed: 1,
    queuedMs: 0,
    isolation: "container",
    artifacts: [],
    tests: [],
    message: null,
    createdAt: "2026-11-27T00:00:00Z",
    own: true,
    programId: null,
    title: null,
    visibility: "private",
    takedown: null,
    pinned: false,
    request: {
      language: "python",
      code: "",
      stdin: "1\n2\n",
      args: [],
      files: [],
      tests: [],
      mode: "interactive",
    },
    limits: null,
    image: null,
    finishedAt: null,
    expiresAt: null,
  });
}

const PROGRAM = { language: "python", code: "", mode: "interactive" } as const;

test("Stop before the run has an id ends it as soon as the id comes, once", async () => {
  const server = fakeServer();
  const store = createRunStore();
  store.start(PROGRAM);
  await settle();
  await store.stop();
  assert.equal(store.get().stopping, true);
  assert.deepEqual(
    server.requests.map(({ path }) => path),
    ["/api/editor/run"],
  );
  server.send({ type: "queued", id: "r1", position: 2 });
  server.send({ type: "queued", id: "r1", position: 1 });
  await settle();
  assert.deepEqual(
    server.requests.slice(1).map(({ path }) => path),
    ["/api/runs/r1/cancel"],
  );
  assert.equal(store.get().stopping, true);
});

test("Stop between the id's arrival and the next drawing ends the run", async () => {
  const server = fakeServer();
  const store = createRunStore();
  store.start(PROGRAM);
  await settle();
  server.send({ type: "queued", id: "r1", position: 0 });
  await settle();
  assert.equal(store.get().runId, "");
  void store.stop();
  await settle();
  assert.deepEqual(
    server.requests.slice(1).map(({ path }) => path),
    ["/api/runs/r1/cancel"],
  );
});

test("input is sent in the order in which it was typed, one request after the other", async () => {
  const server = fakeServer();
  const store = createRunStore();
  store.start(PROGRAM);
  await settle();
  server.send({ type: "queued", id: "r1", position: 0 });
  server.send({ type: "stage", stage: "run" });
  await settle();
  draw();
  const sent = [store.type("one\n"), store.type("two\n"), store.endInput()];
  const bodies = () => server.requests.slice(1).map(({ body }) => body);
  await settle();
  assert.deepEqual(bodies(), [{ text: "one\n" }]);
  server.answer();
  await settle();
  assert.deepEqual(bodies(), [{ text: "one\n" }, { text: "two\n" }]);
  server.answer();
  await settle();
  assert.deepEqual(bodies(), [{ text: "one\n" }, { text: "two\n" }, { eof: true }]);
  server.answer();
  await Promise.all(sent);
});

test("an earlier run that still runs is followed from its beginning, and takes input", async () => {
  const server = fakeServer(() => stored("running"));
  const store = createRunStore();
  const found = store.resume("python", KEPT);
  assert.equal(store.get().phase.name, "loading");
  assert.equal(await found, true);
  await settle();
  server.send({ type: "queued", id: "earlier", position: 0 });
  server.send({ type: "stage", stage: "run" });
  server.send({ type: "stdout", text: "who" });
  await settle();
  draw();
  assert.deepEqual(
    store.get().transcript.map(({ text }) => text),
    ["who", "Ada\n"],
  );
  assert.deepEqual([store.get().interactive, store.get().givenLines], [true, 2]);
  void store.type("Grace\n");
  await settle();
  assert.deepEqual(server.requests.at(-1), { path: "/api/runs/earlier/input", body: { text: "Grace\n" } });
  void store.stop();
  await settle();
  assert.equal(server.requests.at(-1)?.path, "/api/runs/earlier/cancel");
});

test("an earlier run that has ended is shown without being followed", async () => {
  const server = fakeServer(() => stored("success"));
  const store = createRunStore();
  assert.equal(await store.resume("python", KEPT), true);
  const { phase, stdout, program } = store.get();
  assert.deepEqual([phase.name, stdout, program], ["done", "who", "python"]);
  assert.deepEqual(
    server.requests.map(({ path }) => path),
    ["/api/runs/earlier"],
  );
});

test("an earlier run that is gone leaves the page as if nothing had been run", async () => {
  const gone = { error: { code: "not_found", message: "No such run.", details: [] } };
  fakeServer(() => Response.json(gone, { status: 404 }));
  const store = createRunStore();
  assert.equal(await store.resume("python", KEPT), false);
  assert.equal(store.get().phase.name, "idle");
});

test("a server that cannot be asked now loses no earlier run", async () => {
  fakeServer(() => new Response(null, { status: 503 }));
  const store = createRunStore();
  assert.equal(await store.resume("python", KEPT), true);
  assert.equal(store.get().phase.name, "idle");
});

test("Run while an earlier run is loading takes its place", async () => {
  const server = fakeServer(() => stored("success"));
  const store = createRunStore();
  const found = store.resume("python", KEPT);
  store.start(PROGRAM);
  await found;
  await settle();
  assert.equal(store.get().phase.name, "starting");
  assert.equal(server.requests.at(-1)?.path, "/api/editor/run");
});
