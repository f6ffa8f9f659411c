import assert from "node:assert/strict";
import { test } from "node:test";
import type { AppError } from "../errors";
import { bench, code, GUEST, printing, request } from "./testing/runs-fixture";

test("what a program chose is given to the sandbox, is in its result and its record, and defaults are nothing chosen", async () => {
  const { runs, sandbox, store } = await bench(printing("x"));
  const cases = [
    [{ standard: "c++23", warnings: "all" }, { standard: "c++23" }],
    [{ standard: "c++20" }, undefined],
    [undefined, undefined],
  ] as const;
  for (const [options, kept] of cases) {
    const { id, result } = await runs.submit(GUEST, request({ language: "c++", options }));
    assert.deepEqual((await result).options, kept);
    assert.deepEqual(sandbox.specs.at(-1)?.options, kept);
    const found = await store.findRun(id, GUEST.id);
    assert.deepEqual([found?.request.options, found?.result?.options], [kept, kept]);
    assert.deepEqual(found && "options" in found.request, kept !== undefined);
    const seen = await runs.get(GUEST, id);
    assert.deepEqual([seen.options, seen.request.options], [kept, kept]);
  }
});

test("an option or a value that the language does not have is refused, all of them at once", async () => {
  const { runs, sandbox } = await bench();
  const options = { standard: "c++11", modules: "on" };
  await assert.rejects(runs.submit(GUEST, request({ language: "cpp", options })), (error) => {
    code("invalid_request")(error);
    const { message, details } = error as AppError;
    assert.match(
      message,
      /^`options\.standard` is "c\+\+11".*use one of c\+\+17, c\+\+20, c\+\+23, c\+\+26\.$/,
    );
    assert.deepEqual(
      details.map(({ path }) => path),
      ["options.standard", "options.modules"],
    );
    return true;
  });
  await assert.rejects(
    runs.submit(GUEST, request({ language: "python", options: { standard: "3" } })),
    code("invalid_request"),
  );
  assert.equal(sandbox.specs.length, 0);
  assert.equal((await runs.usage(GUEST)).used, 0);
});
