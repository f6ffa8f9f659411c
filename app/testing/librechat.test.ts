import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import { outcome, printing } from "../../lib/runs/testing/runs-fixture";
import { LibreChat, leaving, librechatOf } from "./librechat-site";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const routes = await openRoutes();
after(() => routes.services.close());
const { sandbox } = routes;
const librechat = () => librechatOf(routes);

afterEach(() => {
  sandbox.script = printing("hello\n");
});

const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff]);

test("a program runs by LibreChat's key, and its answer has the shape that LibreChat and its agents read", async () => {
  const { client, visitor } = await librechat();
  const { status, body } = await client.exec({
    lang: "py",
    code: "print(1)",
    args: ["a"],
    user_id: "u",
    entity_id: "e",
  });
  assert.equal(status, 200);
  const { session_id, version, ...rest } = body;
  assert.match(session_id, /^[\w-]{21}$/);
  assert.match(version, /^3\.\d+\.\d+$/);
  assert.deepEqual(rest, {
    run: {
      ...{ signal: null, stdout: "hello\n", stderr: "", code: 0, output: "hello\n", memory: 4_000_000 },
      ...{ message: null, status: null, cpu_time: 8, wall_time: 12 },
    },
    ...{ language: "python", files: [], stdout: "hello\n", stderr: "" },
  });
  assert.deepEqual(sandbox.specs.at(-1)?.args, ["a"]);
  const { runs } = await visitor.json<{ runs: unknown[] }>("GET", "/api/runs");
  assert.equal(runs.length, 1);
});

test("all of LibreChat's languages are there, and Python has its libraries for data when they are imported", async () => {
  const { client } = await librechat();
  for (const lang of ["py", "js", "ts", "c", "cpp", "java", "php", "rs", "go", "d", "f90", "r", "bash"])
    assert.equal((await client.exec({ lang, code: "x" })).status, 200, lang);
  for (const [code, id] of [
    ["import pandas as pd", "pythondata"],
    ["from numpy.linalg import norm", "pythondata"],
    ["import math", "python"],
    ["print('import pandas')", "python"],
  ]) {
    const { body } = await client.exec({ lang: "py", code });
    assert.deepEqual([sandbox.specs.at(-1)?.language.id, body.language], [id, "python"]);
  }
  const { status, body } = await client.exec({ lang: "brainfuck", code: "x" });
  assert.deepEqual([status, body], [400, { error: "Unsupported language: brainfuck" }]);
});

test("an import is a statement on one line", async () => {
  const { client } = await librechat();
  for (const code of ["import\nnumpy", "from\n\nnumpy import x", "x\n\n\n \timport\tnumpy"]) {
    await client.exec({ lang: "py", code });
    const expected = code.startsWith("x") ? "pythondata" : "python";
    assert.equal(sandbox.specs.at(-1)?.language.id, expected, JSON.stringify(code));
  }
});

test("what is uploaded is a program's file, and can be listed, downloaded and deleted", async () => {
  const { client } = await librechat();
  const {
    message,
    session_id,
    files: sent,
  } = await client.uploaded(["data.csv", "a,b\n"], ["é x.txt", "two"]);
  assert.equal(message, "success");
  assert.deepEqual(
    sent.map(({ filename }) => filename),
    ["data.csv", "é x.txt"],
  );
  const [{ fileId = "" } = {}] = sent;
  assert.match(fileId, /^[\w-]{21}$/);
  await client.exec({
    ...{ lang: "py", code: "print(1)" },
    files: sent.map(({ fileId: id, filename: name }) => ({ id, session_id, name })),
  });
  assert.deepEqual(sandbox.specs.at(-1)?.files, [
    { path: "data.csv", content: "a,b\n" },
    { path: "é x.txt", content: "two" },
  ]);
  const params = { sessionId: session_id, fileId };
  const listed = (await (await client.ask("list", "GET", { params })).json()) as {
    name: string;
    metadata: object;
  }[];
  assert.equal(listed[0]?.name, `${session_id}/${fileId}.csv`);
  assert.deepEqual(listed[0]?.metadata, { "content-type": "text/csv", "original-filename": "data.csv" });
  const downloaded = await client.ask("download", "GET", { params });
  assert.equal(await downloaded.text(), "a,b\n");
  assert.match(downloaded.headers.get("content-disposition") ?? "", /^attachment; filename="data.csv"/);
  assert.equal((await client.ask("file", "DELETE", { params })).status, 200);
  for (const [of, method] of [
    ["download", "GET"],
    ["file", "DELETE"],
  ] as const) {
    const gone = await client.ask(of, method, { params });
    assert.deepEqual([gone.status, await gone.json()], [404, { error: "File not found" }]);
  }
});

test("what a program leaves is a session's, byte for byte, and goes on to the next program where that can have it", async () => {
  const { client } = await librechat();
  sandbox.script = leaving(["plot.png", "image/png", PICTURE], ["out.csv", "text/csv", Buffer.from("1,2\n")]);
  const { body } = await client.exec({ lang: "py", code: "print(1)" });
  assert.deepEqual(
    body.files.map(({ name }) => name),
    ["plot.png", "out.csv"],
  );
  const [plot, csv] = body.files;
  const params = { sessionId: body.session_id, fileId: plot?.id ?? "" };
  const downloaded = await client.ask("download", "GET", { params });
  assert.equal(downloaded.headers.get("content-type"), "image/png");
  assert.deepEqual(Buffer.from(await downloaded.arrayBuffer()), PICTURE);
  sandbox.script = printing("hello\n");
  const refs = [plot, csv].map((file) => ({ ...file, session_id: body.session_id }));
  const next = await client.exec({ lang: "py", code: "print(2)", files: refs });
  assert.deepEqual(sandbox.specs.at(-1)?.files, [{ path: "out.csv", content: "1,2\n" }]);
  assert.equal(next.body.stderr, "plot.png was not given to the program: it is not text in UTF-8.\n");
  assert.equal(next.body.run.stdout, "hello\n");
});

test("a file that a program cannot have does not keep it from running, and is told", async () => {
  const { client } = await librechat();
  const { client: other } = await librechat();
  const { session_id, files: sent } = await client.uploaded(
    ["main.py", "x"],
    ["a.txt", "1"],
    ["b.txt", "a\0b"],
  );
  const theirs = await other.uploaded(["theirs.txt", "secret"]);
  const ref = (n: number, name: string) => ({ id: sent[n]?.fileId, session_id, name });
  const { status, body } = await client.exec({
    ...{ lang: "py", code: "print(1)" },
    files: [
      ref(0, "main.py"),
      ref(1, "/mnt/data/a.txt"),
      ref(1, "a.txt"),
      ref(1, "../up.txt"),
      ref(2, "b.txt"),
      { id: theirs.files[0]?.fileId, session_id: theirs.session_id, name: "theirs.txt" },
      { id: "../../etc/passwd", session_id, name: "passwd" },
    ],
  });
  assert.equal(status, 200);
  assert.deepEqual(sandbox.specs.at(-1)?.files, [{ path: "a.txt", content: "1" }]);
  assert.equal(
    body.stderr,
    [
      "main.py was not given to the program: there is another of this name.",
      "a.txt was not given to the program: there is another of this name.",
      "../up.txt was not given to the program: it cannot have this name.",
      "b.txt was not given to the program: it is not text in UTF-8.",
      "theirs.txt was not given to the program: it does not exist, or has expired.",
      "passwd was not given to the program: it does not exist, or has expired.",
      "",
    ].join("\n"),
  );
});

test("a program that looks for /mnt/data and fails is told where its files are", async () => {
  const { client } = await librechat();
  sandbox.script = async function* () {
    yield { type: "stage", stage: "run" };
    const output = { stdout: "", stderr: "No such file", exitCode: 1, signal: null, truncated: false };
    yield { type: "done", outcome: outcome({ status: "error", output }) };
  };
  const { body } = await client.exec({ lang: "py", code: "open('/mnt/data/a.csv')" });
  assert.match(body.stderr, /^No such file\nThere is no \/mnt\/data here: /);
  assert.equal((await client.exec({ lang: "py", code: "open('a.csv')" })).body.stderr, "No such file");
});

test("sessions are their owner's: others find nothing there", async () => {
  const { client } = await librechat();
  const { client: other } = await librechat();
  const { session_id, files: sent } = await client.uploaded(["a.txt", "1"]);
  const params = { sessionId: session_id, fileId: sent[0]?.fileId ?? "" };
  assert.deepEqual(await (await other.ask("list", "GET", { params })).json(), []);
  assert.equal((await other.ask("download", "GET", { params })).status, 404);
  assert.equal((await other.ask("file", "DELETE", { params })).status, 404);
  assert.equal((await client.ask("download", "GET", { params })).status, 200);
});

test("bad bodies, keys and uploads are refused with an error", async () => {
  const { client } = await librechat();
  for (const body of [
    {},
    { lang: "py" },
    { lang: 1, code: "" },
    { lang: "py", code: "", files: [{ id: "a" }] },
  ]) {
    const { status, body: answer } = await client.exec(body);
    assert.deepEqual([status, Object.keys(answer)], [400, ["error"]]);
  }
  const headers = { "content-type": "application/json" };
  assert.equal((await client.ask("exec", "POST", { headers, body: "{" })).status, 400);
  const unknown = await new LibreChat({ "x-api-key": "nothing" }).exec({ lang: "py", code: "" });
  assert.deepEqual([unknown.status, Object.keys(unknown.body)], [401, ["error"]]);
  const typed = await client.ask("upload", "POST", { headers, body: "{}" });
  assert.deepEqual(
    [typed.status, await typed.json()],
    [400, { error: "Invalid content type. Must be multipart/form-data." }],
  );
  assert.deepEqual(await (await client.upload()).json(), { error: "No files provided" });
  const broken = { "content-type": "multipart/form-data; boundary=x" };
  assert.equal((await client.ask("upload", "POST", { headers: broken, body: "nothing" })).status, 400);
  const large = await client.upload(["large.txt", new Uint8Array(5 * 1_048_576 + 1)]);
  assert.deepEqual([large.status, await large.json()], [413, { error: "File size limit exceeded" }]);
  const outside = await client.upload(["../a.txt", "1"]);
  assert.equal(outside.status, 400);
  assert.equal((await client.ask("elsewhere", "GET")).status, 404);
});

test("an account that is deleted takes its files with it", async () => {
  const visitor = new Visitor(routes);
  const user = await signedIn(routes, visitor);
  const { headers } = await keyOf(routes, user, ["run", "read"]);
  const { session_id } = await new LibreChat(headers).uploaded(["a.txt", "1"]);
  const there = () => routes.store.sessionFiles.list(session_id, user.id, new Date());
  assert.equal((await there()).length, 1);
  const deleted = await visitor.ask("DELETE", "/api/account", { email: user.email });
  assert.equal(deleted.status, 200, await deleted.clone().text());
  assert.equal((await there()).length, 0);
});
