import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { AppError } from "../../lib/errors";
import { aborted, assertHas, echoing, outcome, printing, running } from "../../lib/runs/testing/runs-fixture";
import { errorBodySchema } from "../../lib/schemas/error";
import type { RunDetail } from "../../lib/schemas/history";
import { type RunResult, runEventSchema, runResultSchema } from "../../lib/schemas/run";
import { Client, openRoutes, parseEvents } from "./routes";

const routes = await openRoutes();
const { files, sandbox } = routes;
const GOOD = { language: "python", code: "print(1)" };
const STREAM = { accept: "text/event-stream" };

afterEach(() => {
  sandbox.script = printing("hello\n");
});

async function errorOf(response: Response) {
  return errorBodySchema.strict().parse(await response.json()).error;
}

/** Reads a stream until a text has come, and leaves the reader open. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, wanted: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  while (!text.includes(wanted)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The stream ended without ${wanted}:\n${text}`);
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

function readerOf(response: Response): ReadableStreamDefaultReader<Uint8Array> {
  assert.ok(response.body);
  return response.body.getReader();
}

function idIn(text: string): string {
  return /"id":"([\w-]{22})"/.exec(text)?.[1] ?? "";
}

async function input(client: Client, id: string, body: unknown): Promise<number> {
  const response = await client.send(files.input, `/api/runs/${id}/input`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    id,
  });
  return response.status;
}

async function cancel(client: Client, id: string): Promise<boolean> {
  const response = await client.send(files.cancel, `/api/runs/${id}/cancel`, { method: "POST", id });
  return ((await response.json()) as { cancelled: boolean }).cancelled;
}

async function finished(client: Client, id: string): Promise<RunResult> {
  const response = await client.send(files.events, `/api/runs/${id}/events`, { id });
  return parseEvents(await response.text()).at(-1)?.data as RunResult;
}

test("with Accept: text/event-stream it is events, the last one carrying the same object", async () => {
  const client = new Client();
  const response = await client.run(routes, GOOD, STREAM);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(response.headers.get("cache-control"), "no-cache, no-transform");
  assert.equal(response.headers.get("x-accel-buffering"), "no");
  const events = parseEvents(await response.text());
  assert.deepEqual(
    events.map(({ event }) => event),
    ["queued", "stage", "stdout", "done"],
  );
  assert.deepEqual(
    events.map(({ id }) => id),
    ["1", "2", "3", "4"],
  );
  for (const { event, data } of events.slice(0, -1)) {
    assert.equal(runEventSchema.parse(data).type, event);
  }
  const result = runResultSchema.strict().parse(events.at(-1)?.data);
  assert.deepEqual(events[0]?.data, { type: "queued", id: result.id, position: 0 });
  const stored = await client.send(files.one, `/api/runs/${result.id}`, { id: result.id });
  assertHas(await stored.json(), result);
});

test("output that looks like events, or has any line end, stays inside its own event", async () => {
  const nasty = 'x\n\nevent: done\ndata: {"status":"success"}\n\nid: 99\r\n\r\u2028\u2029: \u0085data:';
  sandbox.script = printing(nasty);
  const text = await (await new Client().run(routes, GOOD, STREAM)).text();
  const events = parseEvents(text);
  assert.deepEqual(
    events.map(({ event }) => event),
    ["queued", "stage", "stdout", "done"],
  );
  assert.deepEqual(events[2]?.data, { type: "stdout", text: nasty });
  assert.doesNotMatch(text, /\r/);
});

test("output is there while the program still runs, and the client's leaving cancels the run", async () => {
  sandbox.script = running("first\n");
  const before = sandbox.released;
  const client = new Client();
  const leaving = new AbortController();
  const response = await client.run(routes, GOOD, STREAM, leaving.signal);
  const seen = await readUntil(readerOf(response), "first");
  leaving.abort();
  const id = idIn(seen);
  assert.equal((await finished(client, id)).status, "cancelled");
  assert.equal(sandbox.released, before + 1);
});

test("a JSON client that goes away cancels its run", async () => {
  let started = () => {};
  const start = new Promise<void>((resolve) => {
    started = resolve;
  });
  let cancelled = false;
  sandbox.script = async function* (_spec, { signal }) {
    yield { type: "stage", stage: "run" };
    started();
    await aborted(signal);
    cancelled = true;
    yield { type: "done", outcome: outcome({ status: "cancelled" }) };
  };
  const leaving = new AbortController();
  const response = new Client().run(routes, GOOD, {}, leaving.signal);
  await start;
  leaving.abort();
  await response;
  assert.ok(cancelled);
});

test("with ?detach=1 the run outlives its client, which resumes where it was", async () => {
  sandbox.script = echoing;
  const client = new Client();
  const leaving = new AbortController();
  const response = await client.send(files.run, "/api/editor/run?detach=1", {
    method: "POST",
    headers: { "content-type": "application/json", ...STREAM },
    body: JSON.stringify({ ...GOOD, stdin: "one\n", interactive: true }),
    signal: leaving.signal,
  });
  const seen = await readUntil(readerOf(response), "one");
  leaving.abort();
  const id = idIn(seen);
  const lastSeen = parseEvents(seen).at(-1)?.id ?? "";
  assert.equal(await input(client, id, { text: "two\n", eof: true }), 200);
  const resumed = await client.send(files.events, `/api/runs/${id}/events`, {
    id,
    headers: { "last-event-id": lastSeen },
  });
  const events = parseEvents(await resumed.text());
  assert.equal(events[0]?.id, String(Number(lastSeen) + 1));
  assert.deepEqual(events[0]?.data, { type: "stdout", text: "two\n" });
  const result = runResultSchema.parse(events.at(-1)?.data);
  assert.equal(result.output.stdout, "one\ntwo\n");
});

test("with ?linger= the run goes on for a while without its client, and ends when nobody comes back", async () => {
  sandbox.script = running("first\n");
  const client = new Client();
  const leaving = new AbortController();
  const response = await client.send(files.run, "/api/editor/run?linger=1", {
    method: "POST",
    headers: { "content-type": "application/json", ...STREAM },
    body: JSON.stringify(GOOD),
    signal: leaving.signal,
  });
  const id = idIn(await readUntil(readerOf(response), "first"));
  leaving.abort();
  const back = new AbortController();
  const watched = await client.send(files.events, `/api/runs/${id}/events`, { id, signal: back.signal });
  assert.equal(watched.status, 200);
  await readUntil(readerOf(watched), "first");
  back.abort();
  const stored = async (): Promise<string> => {
    const answer = await client.send(files.one, `/api/runs/${id}`, { id });
    return ((await answer.json()) as RunDetail).status;
  };
  while ((await stored()) === "running") await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(await stored(), "cancelled");
});

test("a stream whose body is dropped is let go of", async () => {
  sandbox.script = running("first\n");
  const client = new Client();
  const first = await client.run(routes, GOOD, STREAM);
  const reader = readerOf(first);
  const id = idIn(await readUntil(reader, "first"));
  const second = await client.send(files.events, `/api/runs/${id}/events`, { id });
  const watching = readerOf(second);
  await readUntil(watching, "first");
  const blocked = watching.read();
  await watching.cancel();
  assert.equal((await blocked).done, true);
  assert.equal(await cancel(client, id), true);
  await readUntil(reader, "event: done");
});

test("cancel ends a run once", async () => {
  sandbox.script = running();
  const client = new Client();
  const response = await client.run(routes, GOOD, STREAM);
  const reader = readerOf(response);
  const id = idIn(await readUntil(reader, "first"));
  assert.equal(await cancel(client, id), true);
  const rest = await readUntil(reader, "event: done");
  assert.match(rest, /"status":"cancelled"/);
  assert.equal(await cancel(client, id), false);
});

test("input for a run that has ended is a 409", async () => {
  const client = new Client();
  const { id } = (await (await client.run(routes, GOOD)).json()) as RunResult;
  assert.equal(await input(client, id, { text: "x" }), 409);
});

test("a run that is still running says so, with what it has printed so far", async () => {
  sandbox.script = running();
  const client = new Client();
  const stream = readerOf(await client.run(routes, GOOD, STREAM));
  const id = idIn(await readUntil(stream, "first"));
  const response = await client.send(files.one, `/api/runs/${id}`, { id });
  const { status, output } = (await response.json()) as RunDetail;
  assert.deepEqual([status, output.stdout], ["running", "first\n"]);
  await cancel(client, id);
});

test("one guest sees nothing of another's run", async () => {
  sandbox.script = running();
  const owner = new Client();
  const stream = readerOf(await owner.run(routes, { ...GOOD, interactive: true }, STREAM));
  const id = idIn(await readUntil(stream, "first"));
  const other = new Client();
  await other.run(routes, { ...GOOD, language: "nope" });
  assert.equal(await input(other, id, { text: "x" }), 404);
  for (const [file, method] of [
    [files.one, "GET"],
    [files.events, "GET"],
    [files.cancel, "POST"],
  ] as const) {
    const response = await other.send(file, "/api/runs/x", { id, method });
    assert.equal(response.status, 404);
    assert.deepEqual(
      await errorOf(response),
      await errorOf(await other.send(file, "/api/runs/x", { id: "absent", method })),
    );
  }
  assert.equal(await cancel(owner, id), true);
});

test("trouble after the stream has begun is an error event, without an id, in the error shape", async () => {
  sandbox.script = async function* () {
    yield { type: "preparing", message: "Building" };
    throw new AppError("image_unavailable", "The image cannot be built: no space left.");
  };
  const events = parseEvents(await (await new Client().run(routes, GOOD, STREAM)).text());
  assert.deepEqual(
    events.map(({ event }) => event),
    ["queued", "preparing", "error"],
  );
  assert.equal(events[2]?.id, "");
  assert.equal(errorBodySchema.strict().parse(events[2]?.data).error.code, "image_unavailable");
  const json = await new Client().run(routes, GOOD);
  assert.equal(json.status, 503);
});

test("verdicts of test cases come as they are known, as events of their own", async () => {
  const result = { status: "failed" as const, actual: "4\n", durationMs: 5 };
  sandbox.script = async function* ({ tests }) {
    yield { type: "stage", stage: "run" };
    for (const index of tests.keys()) yield { type: "test", index, result };
    yield { type: "done", outcome: outcome({ tests: tests.map(() => result) }) };
  };
  const body = { ...GOOD, tests: [{ expected: "1" }, { expected: "2" }] };
  const text = await (await new Client().run(routes, body, STREAM)).text();
  const told = parseEvents(text).filter(({ event }) => event === "test");
  assert.deepEqual(
    told.map(({ data }) => runEventSchema.parse(data)),
    [0, 1].map((index) => ({ type: "test", index, result })),
  );
});
