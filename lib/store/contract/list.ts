import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../errors";
import type { TestStatus } from "../../schemas/run-test";
import {
  aRequest,
  aStoredRun,
  type ContractDatabase,
  createdRun,
  everyPage,
  finishedRun,
  listedIds,
  newOwner,
} from "./fixtures";

/** Lists: what is in a row, order, pages, filters, search. */
export function listContract(database: () => ContractDatabase): void {
  test("a row says what the list needs and nothing large", async () => {
    const { store } = database();
    const run = await createdRun(store, {
      request: aRequest({ code: `\n  \n  # ${"hallo ".repeat(50)}\nprint(1)` }),
      expiresAt: new Date("2031-01-01T00:00:00Z"),
    });
    const [row] = (await store.listRuns(run.owner, {})).runs;
    assert.deepEqual(row, {
      id: run.id,
      language: "python",
      title: null,
      preview: `# ${"hallo ".repeat(50)}`.slice(0, 120).trimEnd(),
      visibility: "private",
      takedown: null,
      pinned: false,
      program: null,
      status: "running",
      createdAt: run.createdAt,
      finishedAt: null,
      expiresAt: new Date("2031-01-01T00:00:00Z"),
      durationMs: null,
      memoryUsed: null,
      exitCode: null,
      tests: null,
    });
    const ended = await finishedRun(store, {}, { durationMs: 7.5 });
    const [finished] = (await store.listRuns(ended.owner, {})).runs;
    assert.deepEqual([finished?.durationMs, finished?.memoryUsed, finished?.exitCode], [7.5, 8_421_376, 0]);
    assert.ok(finished?.finishedAt);
  });

  test("a row says how the test cases of its run ended, found by a search or not", async () => {
    const { store } = database();
    const ended = (status: TestStatus) => ({ status, actual: "x".repeat(1_000), durationMs: 1 });
    const statuses: TestStatus[] = ["passed", "failed", "error", "timeout", "skipped", "passed"];
    const run = await finishedRun(store, {}, { tests: statuses.map(ended) });
    const counts = { passed: 2, failed: 3, skipped: 1 };
    for (const query of [{}, { q: "print" }]) {
      assert.deepEqual((await store.listRuns(run.owner, query)).runs[0]?.tests, counts);
    }
    assert.deepEqual((await store.updateRun(run.id, run.owner, { pinned: true }))?.tests, counts);
    const without = await finishedRun(store, {}, { tests: [] });
    assert.equal((await store.listRuns(without.owner, {})).runs[0]?.tests, null);
  });

  test("pages have every run once, newest first, also of one millisecond", async () => {
    const { store } = database();
    const owner = newOwner();
    const runs = Array.from({ length: 95 }, (_, n) =>
      aStoredRun({ owner, createdAt: new Date(1_700_000_000_000 + Math.floor(n / 10)) }),
    );
    await store.importRuns(runs);
    const expected = [...runs]
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
      .map((run) => run.id);
    const pages = await everyPage(store, owner, { limit: 20 });
    assert.deepEqual(
      pages.map((page) => page.runs.length),
      [20, 20, 20, 20, 15],
    );
    assert.deepEqual(
      pages.flatMap((page) => page.runs.map((run) => run.id)),
      expected,
    );
    assert.deepEqual(await listedIds(store, owner, { limit: 19 }), expected);
    assert.equal((await everyPage(store, owner, { limit: 95 })).length, 1);
  });

  test("pages are stable while runs are added and removed", async () => {
    const { store } = database();
    const owner = newOwner();
    const runs = Array.from({ length: 60 }, (_, n) =>
      aStoredRun({ owner, createdAt: new Date(1_700_000_000_000 + n) }),
    );
    await store.importRuns(runs);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await store.listRuns(owner, { limit: 7, cursor });
      seen.push(...page.runs.map((run) => run.id));
      cursor = page.nextCursor;
      await finishedRun(store, { owner });
      // The last row of the page is deleted: a cursor must not depend on its row.
      await store.deleteRun(seen.at(-1) ?? "", owner);
    } while (cursor);
    assert.deepEqual(seen, runs.map((run) => run.id).reverse());
  });

  test("a page is bounded whatever is asked, and a cursor of nobody's is refused", async () => {
    const { store } = database();
    const owner = newOwner();
    await store.importRuns(
      Array.from({ length: 103 }, (_, n) =>
        aStoredRun({ owner, createdAt: new Date(1_700_000_000_000 + n) }),
      ),
    );
    const rows = async (limit?: number) => (await store.listRuns(owner, { limit })).runs.length;
    assert.deepEqual([await rows(), await rows(1e9), await rows(0), await rows(-5)], [50, 100, 1, 1]);
    for (const cursor of ["", "x", "🙂", Buffer.from("a:b").toString("base64url"), "null"]) {
      await assert.rejects(
        store.listRuns(owner, { cursor }),
        (error) => error instanceof AppError && error.code === "invalid_request",
        cursor,
      );
    }
  });

  test("filters narrow the list, alone and together, over pages", async () => {
    const { store } = database();
    const owner = newOwner();
    const languages = ["python", "c"];
    const statuses = ["success", "error", "timeout"] as const;
    const runs = Array.from({ length: 60 }, (_, n) => {
      const status = statuses[n % 3] ?? "success";
      return aStoredRun({
        owner,
        request: aRequest({ language: languages[n % 2] ?? "c" }),
        status,
        pinned: n % 5 === 0,
        createdAt: new Date(1_700_000_000_000 + n * 1000),
      });
    }).reverse();
    await store.importRuns(runs);
    const running = await createdRun(store, { owner, request: aRequest({ language: "bash" }) });
    const ids = (keep: (run: (typeof runs)[number]) => boolean) => runs.filter(keep).map((run) => run.id);

    assert.deepEqual(await listedIds(store, owner, { language: "bash" }), [running.id]);
    assert.deepEqual(await listedIds(store, owner, { status: "running" }), [running.id]);
    assert.deepEqual(
      await listedIds(store, owner, { language: "c", limit: 7 }),
      ids((run) => run.request.language === "c"),
    );
    assert.deepEqual(
      await listedIds(store, owner, { pinned: true, limit: 5 }),
      ids((run) => run.pinned),
    );
    assert.deepEqual(await listedIds(store, owner, { pinned: false }), [
      running.id,
      ...ids((run) => !run.pinned),
    ]);
    const from = new Date(1_700_000_010_000);
    const to = new Date(1_700_000_050_000);
    const within = (run: (typeof runs)[number]) => run.createdAt >= from && run.createdAt < to;
    assert.deepEqual(await listedIds(store, owner, { from, to, limit: 9 }), ids(within));
    assert.deepEqual(
      await listedIds(store, owner, {
        from,
        to,
        status: "success",
        language: "python",
        pinned: true,
        limit: 1,
      }),
      ids(
        (run) => within(run) && run.status === "success" && run.request.language === "python" && run.pinned,
      ),
    );
  });

  test("search finds text of title and code in any case, and no character is special", async () => {
    const { store } = database();
    const owner = newOwner();
    const codes = [
      "print('100%')",
      "a_b = 1",
      "path = 'C:\\\\dir'",
      "x.y*z",
      "f(a[0])+{b}|c^d$?",
      "Straße ÄÖÜ Ωμέγα",
      "axb = 1",
      "tail \u001f of \u2028 code",
    ];
    const ids: string[] = [];
    for (const code of codes) {
      ids.push((await finishedRun(store, { owner, request: aRequest({ code }) })).id);
    }
    await store.updateRun(ids[0] ?? "", owner, { title: "Percent & Co" });
    const found = async (q: string) =>
      (await listedIds(store, owner, { q })).map((id) => ids.indexOf(id)).sort();

    assert.deepEqual(await found("%"), [0]);
    assert.deepEqual(await found("_"), [1]);
    assert.deepEqual(await found("a_b"), [1]);
    assert.deepEqual(await found("A_B = 1"), [1]);
    assert.deepEqual(await found("c:\\\\DIR"), [2]);
    assert.deepEqual(await found("\\"), [2]);
    assert.deepEqual(await found("x.y*"), [3]);
    assert.deepEqual(await found(".*"), []);
    assert.deepEqual(await found("[0])+{B}|c^D$?"), [4]);
    assert.deepEqual(await found("^"), [4]);
    assert.deepEqual(await found("straßE äöü ωΜέγα"), [5]);
    assert.deepEqual(await found("percent & co"), [0]);
    assert.deepEqual(await found("co\u001fprint"), []);
    assert.deepEqual(await found("'; DROP TABLE runs; --"), []);
    assert.deepEqual((await found("")).length, codes.length);
  });

  test("a search through large runs looks at a moderate amount for one page, and goes on where it ended", async () => {
    const { store } = database();
    const owner = newOwner();
    const filler = "# nothing to be seen here, not now and not later\n".repeat(2_000);
    const runs = Array.from({ length: 70 }, (_, n) =>
      aStoredRun({
        owner,
        createdAt: new Date(1_700_000_000_000 + n),
        request: aRequest({ code: `${filler}${n === 0 ? "needle" : ""}` }),
      }),
    );
    await store.importRuns(runs);
    const pages = (await everyPage(store, owner, { q: "needle" })).map((page) => page.runs.length);
    // The oldest run matches. Seven megabytes are before it.
    assert.equal(pages.at(-1), 1, JSON.stringify(pages));
    assert.deepEqual(pages.slice(0, -1), Array(pages.length - 1).fill(0));
    assert.ok(pages.length >= 2 && pages.length <= 5, JSON.stringify(pages));
  });

  test("search goes with a new title, works over pages and with filters", async () => {
    const { store } = database();
    const owner = newOwner();
    const runs = Array.from({ length: 530 }, (_, n) =>
      aStoredRun({
        owner,
        title: null,
        pinned: n % 2 === 0,
        request: aRequest({ code: n % 100 === 7 ? `needle ${n}` : `hay ${n}` }),
        createdAt: new Date(1_700_000_000_000 + n),
      }),
    ).reverse();
    await store.importRuns(runs);
    const needles = runs.filter((run) => run.request.code.startsWith("needle")).map((run) => run.id);
    assert.equal(needles.length, 6);
    assert.deepEqual(await listedIds(store, owner, { q: "NEEDLE", limit: 4 }), needles);
    assert.deepEqual(await listedIds(store, owner, { q: "needle", limit: 6 }), needles);
    assert.deepEqual(await listedIds(store, owner, { q: "needle", pinned: true }), []);
    const first = runs[0]?.id ?? "";
    await store.updateRun(first, owner, { title: "A Needle" });
    assert.deepEqual(await listedIds(store, owner, { q: "a needle" }), [first]);
    await store.updateRun(first, owner, { title: "Other" });
    assert.deepEqual(await listedIds(store, owner, { q: "needle" }), needles);
    assert.deepEqual(await listedIds(store, owner, { q: "other" }), [first]);
    assert.deepEqual(await listedIds(store, owner, { q: runs[0]?.request.code ?? "" }), [first]);
  });
}
