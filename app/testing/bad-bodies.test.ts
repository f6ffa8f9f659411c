import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { errorBodySchema } from "../../lib/schemas/error";
import { MAX_BODY_BYTES, MAX_INPUT_BYTES } from "../../lib/schemas/limits";
import { GOOD, refusals } from "./refusals";
import { Client, openRoutes } from "./routes";

const routes = await openRoutes();
const client = new Client();
const { refused, accepted } = refusals(routes, client);

afterEach(() => {
  routes.sandbox.specs.length = 0;
});

test("a body that is not an object is a 400", async () => {
  for (const body of ["[]", "[1]", "1", "-0.5", "null", "true", '"print(1)"']) {
    await refused(body, "invalid_request");
  }
});

test("JSON that is none is invalid_json", async () => {
  const bodies = [
    "",
    " ",
    "{",
    "}",
    "{'a':1}",
    '{"a":1,}',
    "undefined",
    "NaN",
    "code=1",
    "{}{}",
    '{"a":"\n"}',
    "<x/>",
  ];
  for (const body of bodies) await refused(body, "invalid_json");
});

test("bytes that are not UTF-8 are invalid_json, also inside a string", async () => {
  const around = (...bytes: number[]) =>
    Buffer.concat([Buffer.from('{"language":"python","code":"'), Buffer.from(bytes), Buffer.from('"}')]);
  for (const bytes of [
    [0xff],
    [0xc3, 0x28],
    [0xed, 0xa0, 0x80],
    [0xc0, 0xaf],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x82],
  ]) {
    assert.match((await refused(around(...bytes), "invalid_json")).message, /UTF-8/);
  }
  await refused(new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), "invalid_json");
});

test("a byte order mark is no problem", async () => {
  await accepted(`\uFEFF${JSON.stringify(GOOD)}`);
});

test("a body over the limit is refused by its announced length, without being read", async () => {
  let read = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        read++;
        controller.enqueue(new Uint8Array(1_000));
      },
    },
    { highWaterMark: 0 },
  );
  const response = await client.send(routes.files.run, "/api/editor/run", {
    method: "POST",
    headers: { "content-type": "application/json", "content-length": String(MAX_BODY_BYTES + 1) },
    body,
  });
  assert.equal(response.status, 413);
  assert.match(await response.text(), /"body_too_large".*8,388,609 bytes; the limit is 8,388,608/);
  assert.equal(read, 0);
});

test("a body over the limit that does not announce it is read no further than the limit", async () => {
  let bytes = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      bytes += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(0x20));
    },
    cancel() {
      cancelled = true;
    },
  });
  const response = await client.send(routes.files.run, "/api/editor/run", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  assert.equal(response.status, 413);
  assert.ok(bytes < MAX_BODY_BYTES + 10 * 65_536, `${bytes} bytes`);
  assert.ok(cancelled);
});

test("a body of exactly the limit is read", async () => {
  const json = JSON.stringify(GOOD);
  await accepted(json + " ".repeat(MAX_BODY_BYTES - json.length));
  routes.sandbox.specs.length = 0;
  await refused(json + " ".repeat(MAX_BODY_BYTES - json.length + 1), "body_too_large");
});

test("deep or many-valued JSON is refused before it is parsed, in a moment", async () => {
  const bombs = [
    "[".repeat(MAX_BODY_BYTES),
    `${"[".repeat(4_000_000)}${"]".repeat(4_000_000)}`,
    '{"a":'.repeat(1_000_000),
    `{"language":"python","code":"x","args":[${"1,".repeat(4_000_000)}1]}`,
    `{"language":"python","code":"x","x":${"[".repeat(33)}${"]".repeat(33)}}`,
  ];
  for (const bomb of bombs) {
    const before = process.cpuUsage();
    await refused(bomb, "invalid_request");
    // Processor time in microseconds; parsing one of these bodies takes far more.
    assert.ok(process.cpuUsage(before).user < 3_000_000);
  }
});

test("brackets and commas inside strings are only text", async () => {
  await accepted({ ...GOOD, code: `${"[".repeat(10_000)}${",".repeat(20_000)}\\"{{` });
});

test("thousands of problems are an answer of bounded size", async () => {
  const error = await refused({ ...GOOD, args: Array(5_000).fill(1) }, "invalid_request");
  assert.ok(error.details.length <= 50);
});

test("other media types are a 415, and UTF-8 JSON in any spelling is none", async () => {
  const wrong = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
  ];
  for (const type of [
    ...wrong,
    "application/json; charset=utf-16",
    "application/json; charset=latin1",
    "",
    "json",
  ]) {
    await refused(GOOD, "unsupported_media_type", { "content-type": type });
  }
  await refused(GOOD, "unsupported_media_type", { "content-encoding": "gzip" });
  for (const type of [
    "application/json",
    "Application/JSON; charset=UTF-8",
    'application/json;charset="utf-8"',
  ]) {
    const response = await client.run(routes, GOOD, { "content-type": type });
    assert.equal(response.status, 200);
  }
});

test("bad queries are a 400 or mean nothing, never more", async () => {
  for (const query of ["?detach=2", "?detach[]=1", "?__proto__=1", "?detach=%ff", "?%00=%00"]) {
    const response = await client.send(routes.files.run, `/api/editor/run${query}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(GOOD),
    });
    assert.equal(response.status, 200, query);
  }
  for (const query of ["?linger=0", "?linger=601", "?linger=-1", "?linger=1e2", "?linger=60s"]) {
    const response = await client.send(routes.files.run, `/api/editor/run${query}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(GOOD),
    });
    const { error } = errorBodySchema.parse(await response.json());
    assert.deepEqual([response.status, error.code], [400, "invalid_request"], query);
    assert.match(error.message, /`linger`.*1 to 600/);
  }
});

test("input has the same checks as a run", async () => {
  const send = async (body: unknown) => {
    const response = await client.send(routes.files.input, "/api/runs/x/input", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
      id: "x",
    });
    return `${response.status} ${errorBodySchema.parse(await response.json()).error.code}`;
  };
  assert.equal(await send({ text: 1 }), "400 invalid_request");
  assert.equal(await send({ text: "a", eof: "yes" }), "400 invalid_request");
  assert.equal(await send({ text: "\ud800" }), "400 invalid_request");
  assert.equal(await send("null"), "400 invalid_request");
  assert.equal(await send("{"), "400 invalid_json");
  assert.equal(await send({ text: "x".repeat(MAX_INPUT_BYTES + 1) }), "413 body_too_large");
  assert.equal(await send({ text: "x".repeat(MAX_INPUT_BYTES) }), "404 not_found");
});

test("ids of runs that are not there are a 404, however they look", async () => {
  for (const id of [
    "x",
    "__proto__",
    "constructor",
    "../../etc/passwd",
    "\0",
    "x".repeat(10_000),
    "' OR 1=1",
    "$ne",
  ]) {
    for (const file of [routes.files.one, routes.files.events]) {
      const response = await client.send(file, "/api/runs/x", { id });
      assert.equal(response.status, 404);
      assert.equal(errorBodySchema.parse(await response.json()).error.code, "not_found");
    }
  }
});
