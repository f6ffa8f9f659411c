import assert from "node:assert/strict";
import { after, mock, test } from "node:test";
import { printing } from "../../lib/runs/testing/runs-fixture";
import { LibreChat, leaving, librechatOf } from "./librechat-site";
import { openRoutes } from "./routes";

const MB = 1_048_576;
const PLANS = {
  ...{
    requestsPerMinute: 100_000,
    requestsPerMinutePerNetwork: 100_000,
    runsPerMinute: 1_000,
    parallelRuns: 10,
  },
  ...{ programBytes: MB, programBytesPerDayPerNetwork: 60 * MB },
};
const routes = await openRoutes({
  variables: {
    QUICKSAND_PLANS: JSON.stringify({ guest: { ...PLANS, storedBytesInAll: 5 * MB }, free: PLANS }),
  },
});
after(() => routes.services.close());
const { sandbox } = routes;
const librechat = () => librechatOf(routes);

const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff]);

test("every field of a program has a bound, which is looked at before the field is", async () => {
  const { client } = await librechat();
  const program = { lang: "py", code: "print(1)" };
  const ref = { id: "a", session_id: "b", name: "c" };
  const before = sandbox.specs.length;
  for (const [body, status] of [
    [{ code: "\n".repeat(2_000_000) }, 413],
    [{ lang: "x".repeat(65) }, 400],
    [{ args: Array.from({ length: 101 }, () => "") }, 400],
    [{ args: "x".repeat(16_385) }, 413],
    [{ args: ["x".repeat(16_385)] }, 413],
    [{ files: Array.from({ length: 201 }, () => ref) }, 400],
    [{ files: [{ ...ref, id: "x".repeat(101) }] }, 400],
    [{ files: [{ ...ref, session_id: "x".repeat(101) }] }, 400],
    [{ files: [{ ...ref, name: "x".repeat(1_001) }] }, 400],
  ] as const) {
    const answer = await client.exec({ ...program, ...body });
    const what = JSON.stringify(body).slice(0, 100);
    assert.deepEqual([answer.status, Object.keys(answer.body)], [status, ["error"]], what);
    assert.ok(JSON.stringify(answer.body).length < 1_000, what);
  }
  assert.equal(sandbox.specs.length, before);
});

test("a file is read once, however often a request names it, and one that is too large for a program not at all", async () => {
  const { client } = await librechat();
  const { session_id, files: sent } = await client.uploaded(
    ["picture.png", PICTURE],
    ["large.csv", "x".repeat(1_048_577)],
    ["a.csv", "1"],
  );
  const [picture, large, small] = sent.map(({ fileId: id }) => ({ id, session_id }));
  const names = Array.from({ length: 60 }, (_, n) => `f${n}`);
  const refs = names.flatMap((name) => [
    { ...picture, name: `${name}.png` },
    { ...large, name: `${name}.csv` },
  ]);
  const reads = mock.method(routes.store.sessionFiles, "get");
  const { status, body } = await client.exec({
    ...{ lang: "py", code: "print(1)" },
    files: [...refs, { ...small, name: "one.csv" }, { ...small, name: "two.csv" }],
  });
  const count = reads.mock.callCount();
  reads.mock.restore();
  assert.equal(status, 200);
  assert.deepEqual(sandbox.specs.at(-1)?.files, [
    { path: "one.csv", content: "1" },
    { path: "two.csv", content: "1" },
  ]);
  assert.match(
    body.stderr,
    /^f0\.png was not given to the program: it is not text in UTF-8\.\nf0\.csv .* 1,048,576 bytes\.\n/,
  );
  assert.equal(count, 2);
});

test("the type of a file is kept where it is one, and nothing else is kept in its place", async () => {
  const { client } = await librechat();
  const types = ["text/csv; charset=utf-8", `text/${"x".repeat(96)}`, "no type", "text/x; boundary=1"];
  const { session_id } = await client.uploaded(
    ...types.map((type) => ["a.csv", "1", type] as [string, string, string]),
  );
  const response = await client.ask("list", "GET", { params: { sessionId: session_id } });
  const listed = (await response.json()) as { contentType: string }[];
  assert.deepEqual(
    listed.map(({ contentType }) => contentType),
    ["text/csv; charset=utf-8", ...Array.from({ length: 3 }, () => "application/octet-stream")],
  );
});

test("a form of more than 50 parts is refused, whatever boundary its type names", async () => {
  const { client } = await librechat();
  const form = (fields: number) => {
    const made = new FormData();
    for (let n = 0; n < fields; n++) made.append("field", "");
    made.append("file", new Blob(["1"]), "a.txt");
    return made;
  };
  assert.equal((await client.uploadForm(form(49))).status, 200);
  const refused = await client.uploadForm(form(50));
  assert.deepEqual(
    [refused.status, await refused.json()],
    [400, { error: "A form has at most 50 parts, and 20 files." }],
  );
  const encoded = new Response(form(50));
  const body = new Uint8Array(await encoded.arrayBuffer());
  const type = encoded.headers.get("content-type") ?? "";
  for (const said of [
    `multipart/form-data; boundary=${"x".repeat(30)}, ${type}`,
    `${type}; boundary=other`,
    `${type}, a/b`,
  ]) {
    const answer = await client.ask("upload", "POST", { headers: { "content-type": said }, body });
    assert.equal(answer.status, 400, said);
  }
});

test("a guest without a cookie keeps nothing, and one with a cookie does", async () => {
  const guest = new LibreChat();
  const first = await guest.upload(["a.txt", "1"]);
  assert.equal(first.status, 401);
  assert.deepEqual(Object.keys((await first.json()) as object), ["error"]);
  const { session_id } = await guest.uploaded(["a.txt", "1"]);
  assert.deepEqual(await guest.names(session_id), ["a.txt"]);
});

test("the oldest files go beyond 200 and beyond 50 MB of one person", async () => {
  const { client } = await librechat();
  const { client: large } = await librechat();
  const twenty = Array.from({ length: 20 }, (_, n) => [`${n}.txt`, "1"] as [string, string]);
  const sessions: string[] = [];
  for (let n = 0; n < 10; n++) sessions.push((await client.uploaded(...twenty)).session_id);
  const counts = () => Promise.all(sessions.map(async (session) => (await client.names(session)).length));
  assert.deepEqual(
    await counts(),
    Array.from({ length: 10 }, () => 20),
  );
  await client.uploaded(["one.txt", "1"], ["two.txt", "1"]);
  assert.deepEqual(await counts(), [18, ...Array.from({ length: 9 }, () => 20)]);
  const files: string[] = [];
  for (let n = 0; n < 11; n++)
    files.push((await large.uploaded([`${n}.bin`, new Uint8Array(5 * MB)])).session_id);
  const left = await Promise.all(files.map((session) => large.names(session)));
  assert.deepEqual(
    left,
    files.map((_, n) => (n === 0 ? [] : [`${n}.bin`])),
  );
});

test("the oldest files of a plan go beyond what the plan says", async () => {
  const [anna, ben] = [new LibreChat(), new LibreChat()];
  for (const guest of [anna, ben]) await guest.upload();
  const first = await anna.uploaded(["a.bin", new Uint8Array(3 * MB)]);
  const second = await ben.uploaded(["b.bin", new Uint8Array(3 * MB)]);
  assert.deepEqual([await anna.names(first.session_id), await ben.names(second.session_id)], [[], ["b.bin"]]);
});

test("cookies and accounts keep no more files a day than their network may, and a program runs all the same", async () => {
  const address = "10.250.1.2";
  const from = async () => {
    const { client } = await librechat();
    client.address = address;
    return client;
  };
  const clients = [await from(), await from()];
  for (let n = 0; n < 11; n++) await clients[n % 2]?.uploaded([`${n}.bin`, new Uint8Array(5 * MB)]);
  const third = await from();
  const refused = await third.upload(["a.bin", new Uint8Array(5 * MB)]);
  assert.equal(refused.status, 429);
  const body = (await refused.json()) as { error: string; details: string };
  assert.equal(body.error, "rate_limited");
  assert.match(body.details, /^The programs and files from your network have grown by 60 MB today/);
  sandbox.script = leaving(["plot.png", "image/png", Buffer.alloc(5 * MB)]);
  const { status, body: answer } = await third.exec({ lang: "py", code: "print(1)" });
  sandbox.script = printing("hello\n");
  assert.deepEqual([status, answer.files], [200, []]);
  assert.match(answer.stderr, /^The files that the program made could not be kept: .* have grown by 60 MB/);
});
