import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../errors";
import { PLANS } from "../../plans";
import { MAX_ORDER_PIECES } from "../../schemas/output-order";
import type { NewRun } from "../index";
import {
  accept,
  aRequest,
  aResult,
  aRun,
  aStoredRun,
  aTest,
  type ContractDatabase,
  collect,
  createdRun,
  finishedRun,
  listedIds,
  newId,
  newOwner,
} from "./fixtures";

/** Runs from their beginning to their deletion. */
export function historyContract(database: () => ContractDatabase): void {
  test("a run that was written before there were modes and attended runs reads like one of today", async () => {
    const { store } = database();
    const { mode: _, ...request } = aRequest();
    const { attended: __, ...limits } = PLANS.pro.limits;
    const asked: [boolean, string][] = [
      [true, "interactive"],
      [false, "batch"],
    ];
    for (const [interactive, mode] of asked) {
      const old = { request: { ...request, interactive }, limits } as unknown as Pick<
        NewRun,
        "request" | "limits"
      >;
      const run = await createdRun(store, old);
      const kept = await store.findRun(run.id, run.owner);
      assert.deepEqual(kept?.request, { ...request, mode });
      assert.deepEqual(kept?.limits, { ...limits, attended: null });
      assert.deepEqual((await store.getRun(run.id))?.request, { ...request, mode });
    }
  });

  test("a run is running from when it is accepted, with everything that was said of it", async () => {
    const { store } = database();
    const request = aRequest({
      options: { standard: "c++23", größe: "o2" },
      code: "import sys # Grüße, 你好, 🙂\n",
      stdin: "1 2\n",
      args: ["-x", "", "a b"],
      files: [{ path: "lib/util.py", content: "x = 1\n" }],
      tests: [
        aTest({ name: "größer 🙂", compare: { tolerance: 1e-6 } }),
        aTest({ compare: "exact", expected: "3 \r\n" }),
      ],
      mode: "interactive",
      foreign: { api: "judge0", asked: '{"expected_output":"größer\\u0000"}' },
    });
    const run = aRun({
      request,
      plan: "pro",
      limits: PLANS.pro.limits,
      image: "sha256:abc",
      expiresAt: new Date("2030-01-01T00:00:00Z"),
    });
    await accept(store, run);
    const found = await store.findRun(run.id, run.owner);
    assert.deepEqual(found, {
      id: run.id,
      owner: run.owner,
      request,
      title: null,
      visibility: "private",
      takedown: null,
      pinned: false,
      program: null,
      plan: "pro",
      limits: PLANS.pro.limits,
      image: "sha256:abc",
      createdAt: run.createdAt,
      finishedAt: null,
      expiresAt: new Date("2030-01-01T00:00:00Z"),
      status: "running",
      result: null,
    });
    assert.equal((await store.getRun(run.id))?.result, null);
  });

  test("a finished run has its result, and the owner's quota is for `getRun` alone", async () => {
    const { store } = database();
    const run = await createdRun(store);
    const result = aResult(run, { options: { standard: "c++23" } });
    assert.equal(await store.finishRun(run.id, result, { image: "sha256:built" }), true);
    const { usage: _, ...kept } = result;
    const found = await store.findRun(run.id, run.owner);
    assert.deepEqual(found?.result, kept);
    assert.equal(found?.status, "success");
    assert.equal(found?.image, "sha256:built");
    assert.ok(found?.finishedAt instanceof Date);
    assert.deepEqual((await store.getRun(run.id))?.result, result);
  });

  test("a run that chose nothing of its language's options has none in its record", async () => {
    const { store } = database();
    const run = await finishedRun(store);
    const found = await store.findRun(run.id, run.owner);
    assert.ok(found?.result);
    assert.deepEqual(["options" in found.request, "options" in found.result], [false, false]);
  });

  test("of many that finish a run one does, and its result stays", async () => {
    const { store } = database();
    const run = await createdRun(store);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => store.finishRun(run.id, aResult(run, { message: `by ${n}` }))),
    );
    assert.equal(answers.filter(Boolean).length, 1);
    const kept = await store.findRun(run.id, run.owner);
    assert.equal(kept?.result?.message, `by ${answers.indexOf(true)}`);
    assert.equal(await store.finishRun(run.id, aResult(run, { message: "later" })), false);
    assert.deepEqual(await store.findRun(run.id, run.owner), kept);
  });

  test("what is absent is null or false", async () => {
    const { store } = database();
    const id = newId();
    assert.equal(await store.getRun(id), null);
    assert.equal(await store.findRun(id, newOwner()), null);
    assert.equal(await store.findRun(id, null), null);
    assert.equal(await store.finishRun(id, aResult({ id })), false);
    assert.equal(await store.updateRun(id, newOwner(), { title: "x" }), null);
    assert.equal(await store.deleteRun(id, newOwner()), false);
    assert.equal(await store.deleteRuns(newOwner()), 0);
    assert.equal(await store.findArtifact(id, "x", null), null);
    assert.deepEqual(await store.listRuns(newOwner(), {}), { runs: [], nextCursor: null });
    assert.deepEqual(await collect(store.exportRuns(newOwner())), []);
  });

  test("an id that is taken is a conflict, and the run that has it stays", async () => {
    const { store } = database();
    const run = await createdRun(store);
    await assert.rejects(
      accept(store, aRun({ id: run.id })),
      (error) => error instanceof AppError && error.code === "conflict",
    );
    assert.equal((await store.getRun(run.id))?.owner, run.owner);
  });

  test("output of every character comes back as it was, NUL included", async () => {
    const { store } = database();
    const bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code));
    const text = `${bytes}\u0000\u2028\ufeff\ufffd\u{10ffff}e\u0301🙂 $where {"$ne":1} '; DROP TABLE runs; --\r\n`;
    const run = await createdRun(store);
    const output = { stdout: text, stderr: text.repeat(3), exitCode: 1, signal: "SIGSEGV", truncated: true };
    await store.finishRun(run.id, aResult(run, { output, message: text, status: "error" }));
    const found = await store.findRun(run.id, run.owner);
    assert.deepEqual(found?.result?.output, output);
    assert.equal(found?.result?.message, text);
  });

  test("the order of output comes back as it was, and counts as little as it is", async () => {
    const { store } = database();
    const order = Array.from({ length: MAX_ORDER_PIECES }, (_, index) => (index % 3) + 1);
    const texts = { stdout: "o".repeat(10_000), stderr: "e".repeat(10_000) };
    const plain = { ...texts, exitCode: 0, signal: null, truncated: false };
    const without = await finishedRun(store, { owner: newOwner() }, { output: plain });
    const ordered = await finishedRun(store, { owner: newOwner() }, { output: { ...plain, order } });
    const found = await store.findRun(ordered.id, ordered.owner);
    assert.deepEqual(found?.result?.output, { ...plain, order });
    const more = (await store.kept(ordered.owner)).bytes - (await store.kept(without.owner)).bytes;
    // At least a byte for each, and at most what BSON takes for a number in a list.
    assert.ok(more >= order.length && more <= 16 * order.length, `${more} bytes`);
  });

  test("a megabyte of output, and code, files and input at their limits, come back whole", async () => {
    const { store } = database();
    const request = aRequest({
      code: "é".repeat(51_200),
      stdin: "x".repeat(1_048_576),
      files: Array.from({ length: 20 }, (_, n) => ({ path: `f${n}`, content: "y".repeat(52_428) })),
      tests: [aTest({ stdin: "s".repeat(500_000), expected: "t".repeat(548_576) })],
    });
    const run = await createdRun(store, { request });
    const stdout = "\u0000".repeat(1_048_576);
    const output = { stdout, stderr: "", exitCode: null, signal: null, truncated: true };
    await store.finishRun(run.id, aResult(run, { status: "output_limit", output }));
    const found = await store.findRun(run.id, run.owner);
    assert.deepEqual(found?.request, request);
    assert.equal(found?.result?.output.stdout, stdout);
  });

  test("results beyond what can be kept are cut at a whole character, and say so", async () => {
    const { store } = database();
    const run = await createdRun(store);
    const tests = Array.from({ length: 50 }, () => ({
      status: "failed" as const,
      actual: "é".repeat(524_287),
      durationMs: 1,
      stderr: "é",
    }));
    assert.equal(await store.finishRun(run.id, aResult(run, { tests })), true);
    const result = (await store.findRun(run.id, run.owner))?.result;
    assert.equal(result?.output.truncated, true);
    assert.equal(result?.output.stdout, "4\n");
    assert.equal(result?.tests.length, 50);
    assert.equal(result?.tests[0]?.actual, tests[0]?.actual);
    assert.ok(result?.tests.every((each) => /^é*$/u.test(each.actual)));
    assert.deepEqual([result?.tests[49]?.actual, result?.tests[49]?.stderr], ["", ""]);
  });

  test("test cases of a version without names and ways to compare are read with those that they had", async () => {
    const { store } = database();
    const old = [
      { stdin: "1", expected: "2" },
      { stdin: "", expected: "" },
    ];
    const request = { ...aRequest(), tests: old } as unknown as NewRun["request"];
    const run = await finishedRun(store, { request });
    assert.deepEqual((await store.findRun(run.id, run.owner))?.request.tests, [
      { name: "Test 1", stdin: "1", expected: "2", compare: "trimmed" },
      { name: "Test 2", stdin: "", expected: "", compare: "trimmed" },
    ]);
  });

  test("its owner names, pins and shares a run; the list shows it", async () => {
    const { store } = database();
    const run = await finishedRun(store);
    const changed = await store.updateRun(run.id, run.owner, {
      title: "Größer",
      pinned: true,
      visibility: "public",
    });
    assert.deepEqual([changed?.title, changed?.pinned, changed?.visibility], ["Größer", true, "public"]);
    assert.deepEqual((await store.listRuns(run.owner, {})).runs, [changed]);
    const again = await store.updateRun(run.id, run.owner, { title: null });
    assert.deepEqual(again, { ...changed, title: null });
    assert.deepEqual(await store.updateRun(run.id, run.owner, {}), again);
  });

  test("a deleted run is gone everywhere and cannot be finished", async () => {
    const { store } = database();
    const run = await createdRun(store, { visibility: "public" });
    assert.equal(
      await store.putArtifacts(run.id, [{ name: "a", type: "text/plain", bytes: Buffer.from("a") }]),
      true,
    );
    assert.equal(await store.deleteRun(run.id, run.owner), true);
    assert.equal(await store.deleteRun(run.id, run.owner), false);
    assert.equal(await store.finishRun(run.id, aResult(run)), false);
    assert.equal(await store.getRun(run.id), null);
    assert.equal(await store.findRun(run.id, null), null);
    assert.equal(await store.findArtifact(run.id, "a", run.owner), null);
    assert.deepEqual(await listedIds(store, run.owner), []);
  });

  test("a run deleted while it is finished leaves nothing behind", async () => {
    const { store } = database();
    for (let round = 0; round < 10; round++) {
      const run = await createdRun(store, { visibility: "public" });
      const artifact = { name: "a", type: "text/plain", bytes: Buffer.from("a") };
      const [, , deleted] = await Promise.all([
        store.putArtifacts(run.id, [artifact]),
        store.finishRun(run.id, aResult(run)),
        store.deleteRun(run.id, run.owner),
      ]);
      assert.equal(deleted, true);
      assert.equal(await store.findRun(run.id, run.owner), null);
      assert.equal(await store.findArtifact(run.id, "a", run.owner), null);
      // A new run with the same id would find leftovers such as an old result or file.
      await accept(store, run);
      assert.equal((await store.getRun(run.id))?.result, null);
      assert.equal(await store.findArtifact(run.id, "a", run.owner), null);
      assert.equal(await store.finishRun(run.id, aResult(run)), true);
    }
  });

  test("deleting everything leaves other owners alone", async () => {
    const { store } = database();
    const owner = newOwner();
    const other = await finishedRun(store);
    for (let n = 0; n < 12; n++) await finishedRun(store, { owner });
    const running = await createdRun(store, { owner });
    assert.equal(await store.deleteRuns(owner), 13);
    assert.deepEqual(await listedIds(store, owner), []);
    assert.equal(await store.finishRun(running.id, aResult(running)), false);
    assert.deepEqual(await listedIds(store, other.owner), [other.id]);
  });

  test("an export has everything of one owner, newest first, and survives deletions", async () => {
    const { store } = database();
    const owner = newOwner();
    const runs = Array.from({ length: 130 }, (_, n) =>
      aStoredRun({ owner, createdAt: new Date(1_700_000_000_000 + Math.floor(n / 2) * 1000) }),
    );
    await store.importRuns(runs);
    await finishedRun(store);
    const exported = await collect(store.exportRuns(owner));
    const expected = [...runs].sort(
      (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1),
    );
    assert.deepEqual(exported, expected);
    const seen: string[] = [];
    for await (const run of store.exportRuns(owner)) {
      seen.push(run.id);
      if (seen.length === 1) await store.deleteRun(expected[1]?.id ?? "", owner);
    }
    assert.deepEqual(
      seen,
      expected.filter((_, n) => n !== 1).map((run) => run.id),
    );
  });

  test("what is exported can be imported, once", async () => {
    const { store } = database();
    const owner = newOwner();
    const runs = [aStoredRun({ owner }), aStoredRun({ owner, createdAt: new Date("2026-11-22T10:00:00Z") })];
    assert.equal(await store.importRuns(runs), 2);
    const changed = runs.map((run) => ({ ...run, owner: newOwner(), title: "stolen" }));
    assert.equal(await store.importRuns([...changed, aStoredRun({ owner: newOwner() })]), 1);
    assert.deepEqual(await collect(store.exportRuns(owner)), runs);
    assert.deepEqual(
      await listedIds(store, owner, { q: "PRINT(2" }),
      runs.map((run) => run.id),
    );
  });
}
