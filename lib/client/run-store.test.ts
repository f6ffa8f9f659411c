import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { createRunStore } from "./run-store";

const realFetch = globalThis.fetch;
// So that nothing is drawn before the test has it drawn.
beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => {
  mock.timers.reset();
  globalThis.fetch = realFetch;
});

const draw = () => mock.timers.tick(50);

/** The server of one run: its event stream is written by the test, and each other request is answered when the test says so. */
function fakeServer() {
  const encoder = new TextEncoder();
  const requests: { path: string; body: unknown }[] = [];
  const answers: (() => void)[] = [];
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  let id = 0;
  globalThis.fetch = async (input, init) => {
    const path = String(input).split("?")[0] ?? "";
    requests.push({ path, body: JSON.parse(String(init?.body ?? "null")) });
    if (path === "/api/editor/run") {
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

test("a page that goes away before the first drawing takes its run with it", async () => {
  const server = fakeServer();
  const store = createRunStore();
  store.start(PROGRAM);
  await settle();
  server.send({ type: "queued", id: "r1", position: 0 });
  await settle();
  store.abandon();
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
