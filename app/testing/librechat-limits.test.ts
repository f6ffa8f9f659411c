import assert from "node:assert/strict";
import { after, mock, test } from "node:test";
import { librechatOf } from "./librechat-site";
import { openRoutes } from "./routes";

const routes = await openRoutes();
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
