import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../lib/errors";
import { printing } from "../../lib/runs/testing/runs-fixture";
import { tempStore } from "../../lib/runs/testing/temp-store";
import { runDetailSchema } from "../../lib/schemas/history";
import type { RunResult } from "../../lib/schemas/run";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

const store = tempStore();
const routes = await openRoutes({ store });
routes.sandbox.script = printing('=cmd|"calc"!A1');

/** RFC 4180, read strictly. */
function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  for (const [, cell = "", end] of text.matchAll(cells)) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\r\n") rows.push([]);
  }
  assert.deepEqual(rows.pop(), []);
  const [names = [], ...data] = rows;
  return data.map((row) => {
    assert.equal(row.length, names.length);
    return Object.fromEntries(row.map((cell, index) => [names[index], cell]));
  });
}

async function visitorWithRuns(...codes: string[]) {
  const visitor = new Visitor(routes);
  for (const code of codes) {
    await visitor.json<RunResult>("POST", "/api/editor/run", { language: "python", code });
  }
  return visitor;
}

test("JSON has every run whole, newest first, and nobody else's", async () => {
  const visitor = await visitorWithRuns("1", "2", "3");
  await visitorWithRuns("not mine");
  const response = await visitor.ask("GET", "/api/runs/export");
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.match(
    response.headers.get("content-disposition") ?? "",
    /^attachment; filename="quicksand-runs.json"/,
  );
  const { runs } = (await response.json()) as { runs: unknown[] };
  assert.deepEqual(
    runs.map((run) => runDetailSchema.strict().parse(run).request.code),
    ["3", "2", "1"],
  );
});

test("CSV survives quotes, commas and line ends, and none of its cells is a formula", async () => {
  const codes = ['a,"b"\r\nc', "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "plain"];
  const visitor = await visitorWithRuns(...codes);
  const { runs } = (await (await visitor.ask("GET", "/api/runs")).json()) as { runs: { id: string }[] };
  await visitor.json("PATCH", `/api/runs/${runs[0]?.id}`, { title: "=HYPERLINK(1)" });
  const response = await visitor.ask("GET", "/api/runs/export?format=csv");
  assert.equal(response.headers.get("content-type"), "text/csv; charset=utf-8");
  const rows = readCsv(await response.text());
  assert.deepEqual(
    rows.map(({ code }) => code),
    ["plain", "'\t'=1", "'@SUM(A1)", "'-1", "'+1", "'=1+1", codes[0]],
  );
  assert.equal(rows[0]?.title, "'=HYPERLINK(1)");
  assert.equal(rows[0]?.stdout, `'=cmd|"calc"!A1`);
  for (const row of rows) {
    for (const [name, cell] of Object.entries(row)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/, name);
  }
});

test("both forms have what was chosen of a language's options", async () => {
  const visitor = new Visitor(routes);
  for (const options of [undefined, { standard: "c++23", optimization: "o2" }])
    await visitor.json<RunResult>("POST", "/api/editor/run", { language: "cpp", code: "", options });
  const csv = readCsv(await (await visitor.ask("GET", "/api/runs/export?format=csv")).text());
  assert.deepEqual(
    csv.map(({ options }) => options),
    ["standard=c++23 optimization=o2", ""],
  );
  const { runs } = (await (await visitor.ask("GET", "/api/runs/export")).json()) as { runs: RunResult[] };
  assert.deepEqual(
    runs.map(({ options }) => options),
    [{ standard: "c++23", optimization: "o2" }, undefined],
  );
});

test("a CSV that is read with another separator, or without its quotes, has no formula either", async () => {
  const codes = [
    "x;=HYPERLINK(1)",
    "x\t+1;\t@A1",
    "x|-1",
    '"a"\n=1\r\n-1',
    "f(1, -1)\n\tindented",
    "＝1;＠A",
  ];
  const visitor = await visitorWithRuns(...codes);
  const text = await (await visitor.ask("GET", "/api/runs/export?format=csv")).text();
  for (const separator of [";", "\t", "|"]) {
    for (const cell of text.split(/\r\n|\n|\r/).flatMap((line) => line.split(separator)))
      assert.doesNotMatch(cell, /^"?[=+\-@＝＋－＠]/, JSON.stringify([separator, cell]));
  }
  // What no reader takes for a formula is as it was.
  assert.equal(readCsv(text)[1]?.code, codes[4]);
});

test("of nothing it is a well-formed file of nothing", async () => {
  const visitor = new Visitor(routes);
  assert.deepEqual(await visitor.json("GET", "/api/runs/export"), { runs: [] });
  assert.deepEqual(readCsv(await (await visitor.ask("GET", "/api/runs/export?format=csv")).text()), []);
});

test("it is read from the store as the client takes it, and no further when the client goes", async () => {
  const visitor = await visitorWithRuns("1", "2", "3", "4", "5");
  let read = 0;
  const { findRun } = store;
  store.findRun = (...asked) => {
    read++;
    return findRun.apply(store, asked);
  };
  const response = await visitor.ask("GET", "/api/runs/export");
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.read();
  await reader?.cancel();
  store.findRun = findRun;
  assert.ok(read >= 2 && read <= 3, `${read} runs were read`);
});

test("a store that is away is a 503, not a file that breaks off", async () => {
  const visitor = await visitorWithRuns("1");
  const { listRuns } = store;
  store.listRuns = () => Promise.reject(new AppError("store_unavailable", "The database does not answer."));
  for (const address of ["/api/runs", "/api/runs/export", "/api/runs/export?format=csv"]) {
    const response = await visitor.ask("GET", address);
    assert.equal(response.status, 503, address);
    assert.ok(response.headers.get("retry-after"));
  }
  store.listRuns = listRuns;
});
