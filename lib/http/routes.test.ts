import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { AppError } from "../errors";
import { aborted, echoing, outcome, printing, running } from "../runs/testing/runs-fixture";
import { errorBodySchema } from "../schemas/error";
import { healthSchema, languagesSchema } from "../schemas/language";
import { type RunResult, runEventSchema, runResultSchema } from "../schemas/run";
import { Client, openRoutes, parseEvents, type RouteFile } from "./testing/routes";

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

/** Reads a stream until it has seen a text; the reader is left open. */
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

test("a run answers the contract's JSON", async () => {
  const response = await new Client().run(routes, GOOD);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  const result = runResultSchema.strict().parse(await response.json());
  assert.equal(result.status, "success");
  assert.equal(result.output.stdout, "hello\n");
  assert.equal(result.usage.used, 1);
});

test("a failing program is a 200", async () => {
  sandbox.script = async function* () {
    yield { type: "done", outcome: outcome({ status: "timeout" }) };
  };
  const response = await new Client().run(routes, GOOD);
  assert.equal(response.status, 200);
  assert.equal(((await response.json()) as RunResult).status, "timeout");
});

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
  assert.deepEqual(await stored.json(), result);
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
  const before = sandbox.letGo;
  const client = new Client();
  const leaving = new AbortController();
  const response = await client.run(routes, GOOD, STREAM, leaving.signal);
  const seen = await readUntil(readerOf(response), "first");
  leaving.abort();
  const id = idIn(seen);
  assert.equal((await finished(client, id)).status, "cancelled");
  assert.equal(sandbox.letGo, before + 1);
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

test("a run that is still running is a 409 with the time to come back", async () => {
  sandbox.script = running();
  const client = new Client();
  const stream = readerOf(await client.run(routes, GOOD, STREAM));
  const id = idIn(await readUntil(stream, "first"));
  const response = await client.send(files.one, `/api/runs/${id}`, { id });
  assert.equal(response.status, 409);
  assert.equal(response.headers.get("retry-after"), "1");
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

test("docker trouble before the start is a 503 with Retry-After, as JSON and as a stream", async () => {
  // biome-ignore lint/correctness/useYield: it fails before it has anything to yield
  sandbox.script = async function* () {
    throw new AppError("docker_unavailable", "Docker is not running: start Docker.", { cause: "socket" });
  };
  for (const headers of [{}, STREAM]) {
    const response = await new Client().run(routes, GOOD, headers);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.ok(Number(response.headers.get("retry-after")) >= 1);
    assert.deepEqual(await errorOf(response), {
      code: "docker_unavailable",
      message: "Docker is not running: start Docker.",
      details: [],
    });
  }
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

test("a wrong method is a 405 in the error shape, with Allow", async () => {
  const posts: RouteFile[] = [files.run, files.input, files.cancel];
  const gets: RouteFile[] = [files.one, files.events, files.languages, files.health];
  const wrong = [
    ...posts.flatMap((file) => ["GET", "PUT", "PATCH", "DELETE"].map((method) => ({ file, method }))),
    ...gets.flatMap((file) => ["POST", "PUT", "PATCH", "DELETE"].map((method) => ({ file, method }))),
  ];
  for (const { file, method } of wrong) {
    const response = await new Client().send(file, "/api/x", { method });
    assert.equal(response.status, 405);
    assert.equal(
      response.headers.get("allow"),
      posts.includes(file) ? "POST, OPTIONS" : "GET, HEAD, OPTIONS",
    );
    assert.equal((await errorOf(response)).code, "method_not_allowed");
  }
});

test("HEAD and OPTIONS answer without a body", async () => {
  const head = await new Client().send(files.languages, "/api/languages", { method: "HEAD" });
  assert.deepEqual([head.status, await head.text()], [200, ""]);
  const options = await new Client().send(files.run, "/api/editor/run", { method: "OPTIONS" });
  assert.deepEqual([options.status, options.headers.get("allow")], [204, "POST, OPTIONS"]);
});

test("an address where nothing is answers 404 in the error shape", async () => {
  const response = await new Client().send(files.nowhere as RouteFile, "/api/nope/<script>", {
    method: "POST",
  });
  assert.equal(response.status, 404);
  assert.ok(response.headers.get("x-request-id"));
  assert.equal((await errorOf(response)).code, "not_found");
});

test("a page of another site cannot change anything; programs and our own pages can", async () => {
  const cases: [Record<string, string>, number][] = [
    [{}, 200],
    [{ origin: "http://localhost:3000" }, 200],
    [{ origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }, 200],
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "http://localhost:3001" }, 403],
    [{ origin: "http://localhost:3000.evil.example" }, 403],
    [{ origin: "http://evil.example", "x-forwarded-host": "evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "not a url" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ origin: "http://localhost:3000", "sec-fetch-site": "cross-site" }, 403],
  ];
  for (const [headers, status] of cases) {
    const ran = sandbox.specs.length;
    const response = await new Client().run(routes, GOOD, headers);
    assert.equal(response.status, status, JSON.stringify(headers));
    if (status === 403) {
      assert.equal((await errorOf(response)).code, "forbidden");
      assert.equal(sandbox.specs.length, ran);
      assert.equal(response.headers.get("set-cookie"), null);
    }
    const cancelled = await new Client().send(files.cancel, "/", { method: "POST", id: "x", headers });
    assert.equal(cancelled.status, status === 403 ? 403 : 404);
  }
});

test("reading is not refused by origin, and is not made readable to other sites either", async () => {
  const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const response = await new Client().send(files.languages, "/api/languages", { headers });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("access-control-allow-origin"), null);
});

test("a guest keeps the identity of the cookie, and a forged one makes a new guest", async () => {
  const client = new Client();
  const first = await client.run(routes, GOOD);
  assert.match(
    first.headers.get("set-cookie") ?? "",
    /^qs_guest=guest_[\w-]{22}\.[\w-]{43}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/,
  );
  const second = await client.run(routes, GOOD);
  assert.equal(second.headers.get("set-cookie"), null);
  assert.equal(((await second.json()) as RunResult).usage.used, 2);
  client.cookie = client.cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  const forged = await client.run(routes, GOOD);
  assert.ok(forged.headers.get("set-cookie"));
  assert.equal(((await forged.json()) as RunResult).usage.used, 1);
});

test("every answer has a request id of ours, whatever the client sends", async () => {
  const ids = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const headers = { "x-request-id": "mine\u00e9" };
    const response = await new Client().send(files.languages, "/api/languages", { headers });
    ids.add(response.headers.get("x-request-id") ?? "");
  }
  assert.equal(ids.size, 3);
  assert.ok([...ids].every((id) => /^[\w-]{21}$/.test(id)));
});

test("languages are told with their limits and samples", async () => {
  const response = await new Client().send(files.languages, "/api/languages");
  const { languages } = languagesSchema.strict().parse(await response.json());
  const python = languages.find(({ id }) => id === "python");
  assert.equal(python?.limits.compile, null);
  assert.equal(python?.limits.run.timeoutMs, 10_000);
  assert.equal(python?.ready, true);
  assert.equal(languages.find(({ id }) => id === "c")?.limits.compile?.timeoutMs, 30_000);
});

test("health tells every part, and is a 503 in under a second when one hangs or throws", async () => {
  const healthy = await new Client().send(files.health, "/api/health");
  assert.equal(healthy.status, 200);
  assert.equal(healthSchema.strict().parse(await healthy.json()).status, "ok");
  const { health } = sandbox;
  try {
    for (const broken of [() => Promise.reject(new Error("socket /x")), () => new Promise<never>(() => {})]) {
      sandbox.health = broken;
      const start = performance.now();
      const response = await new Client().send(files.health, "/api/health");
      assert.ok(performance.now() - start < 1_000);
      assert.equal(response.status, 503);
      const told = healthSchema.strict().parse(await response.json());
      assert.equal(told.docker.ok, false);
      assert.doesNotMatch(told.docker.message ?? "", /socket/);
      assert.equal(told.store.ok, true);
    }
  } finally {
    sandbox.health = health;
  }
});

test("an unexpected error is a 500 that says nothing of itself but the request's id", async () => {
  const { languages } = routes.services.status;
  routes.services.status.languages = () => {
    throw new TypeError("Cannot read /srv/secret");
  };
  try {
    const response = await new Client().send(files.languages, "/api/languages");
    assert.equal(response.status, 500);
    const error = await errorOf(response);
    assert.equal(error.code, "internal");
    assert.doesNotMatch(error.message, /secret|TypeError/);
    assert.ok(error.message.includes(response.headers.get("x-request-id") ?? "-"));
  } finally {
    routes.services.status.languages = languages;
  }
});

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
