import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkLock } from "../check/lock.mjs";
import { SetupProblem } from "../setup/problem.mjs";
import { faultRows, faultTable } from "./fault-table.mjs";
import { PARTS } from "./parts.mjs";
import { notRun } from "./run-parts.mjs";
import { closingLine, count, nodeOutcomes, playwrightOutcomes } from "./tally.mjs";
import { testFiles } from "./test-files.mjs";

const reporter = fileURLToPath(new URL("node-test-counts.mjs", import.meta.url));
const allBeforeExit = fileURLToPath(new URL("report-all-before-exit.mjs", import.meta.url));

function folderWith(t, files) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-testing-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

function outcomesOf(t, files, options = []) {
  const folder = folderWith(t, files);
  const report = path.join(folder, "report.jsonl");
  const args = ["--test", `--test-reporter=${reporter}`, "--test-reporter-destination=stderr", ...options];
  // The runner marks its children, and a child so marked would report to it instead of to the file.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  env.QUICKSAND_TEST_REPORT = report;
  spawnSync(process.execPath, [...args, ...Object.keys(files)], { cwd: folder, env });
  return nodeOutcomes(fs.readFileSync(report, "utf8"));
}

test("tests are counted, suites are not, and a skip keeps its reason", (t) => {
  const outcomes = outcomesOf(t, {
    "a.test.mjs": `
      import { describe, it, test } from "node:test";
      describe("suite", () => { it("passes", () => {}); it("fails", () => { throw new Error("x"); }); });
      test("skipped", { skip: "no database" }, () => {});
      test("to do", { todo: true }, () => {});
    `,
  });
  assert.deepEqual(count(outcomes), { passed: 1, failed: 1, skipped: 2 });
  assert.equal(outcomes.find(({ name }) => name === "skipped")?.reason, "no database");
});

test("every test is counted, however many there are and however the runner ends", (t) => {
  const hundred =
    'import { test } from "node:test"; for (let n = 0; n < 100; n++) test("number " + n, () => {});';
  const files = Object.fromEntries(["a", "b", "c", "d"].map((name) => [`${name}.test.mjs`, hundred]));
  const outcomes = outcomesOf(t, files, ["--import", allBeforeExit, "--test-force-exit"]);
  assert.deepEqual(count(outcomes), { passed: 400, failed: 0, skipped: 0 });
});

test("a failure keeps what was wrong, which stands in the summary", (t) => {
  const failing = 'import { test } from "node:test"; test("adds", () => { throw new Error("3 is not 4"); });';
  const [outcome] = outcomesOf(t, { "d.test.mjs": failing });
  assert.match(outcome?.reason ?? "", /^3 is not 4/);
});

test("a file that cannot be loaded is a failure", (t) => {
  const outcomes = outcomesOf(t, { "b.test.mjs": 'import "./missing.mjs";' });
  assert.deepEqual(count(outcomes), { passed: 0, failed: 1, skipped: 0 });
});

test("a test that never ends is a failure once its time is over", (t) => {
  const never =
    'import { test } from "node:test"; test("never", () => new Promise(() => setInterval(() => {}, 1000)));';
  const outcomes = outcomesOf(t, { "c.test.mjs": never }, ["--test-timeout=1000", "--test-force-exit"]);
  assert.deepEqual(count(outcomes), { passed: 0, failed: 1, skipped: 0 });
});

test("Playwright's report is counted by test, with its errors outside of tests", () => {
  const spec = (title, status, annotations = []) => ({ title, tests: [{ status, annotations }] });
  const outcomes = playwrightOutcomes({
    suites: [
      {
        title: "run.spec.ts",
        specs: [spec("prints", "expected"), spec("streams", "unexpected")],
        suites: [
          {
            title: "Docker",
            specs: [spec("again", "flaky"), spec("later", "skipped", [{ type: "skip", description: "why" }])],
          },
        ],
      },
    ],
    errors: [{ message: "the server did not start\nat x" }],
  });
  assert.deepEqual(count(outcomes), { passed: 2, failed: 2, skipped: 1 });
  assert.ok(outcomes.some(({ name, reason }) => name === "run.spec.ts › Docker › later" && reason === "why"));
});

test("the closing line has just this form", () => {
  assert.equal(closingLine({ passed: 12, failed: 0, skipped: 1 }), "12 passed, 0 failed, 1 skipped");
});

test("each test file belongs to one kind", (t) => {
  const root = folderWith(t, {
    "lib/a.test.ts": "",
    "lib/sandbox/b.docker.test.ts": "",
    "lib/sandbox/gvisor.docker.test.ts": "",
    "lib/sandbox/gvisor-suites.docker.test.ts": "",
    "lib/store/c.contract.test.ts": "",
    "app/testing/faults/f.faults.test.ts": "",
    "components/d.test.tsx": "",
    "bin/e.test.mjs": "",
    "lib/not-a-test.ts": "",
  });
  assert.deepEqual(testFiles(root, "unit"), ["bin/e.test.mjs", "components/d.test.tsx", "lib/a.test.ts"]);
  assert.deepEqual(testFiles(root, "sandbox"), ["lib/sandbox/b.docker.test.ts"]);
  assert.deepEqual(testFiles(root, "gvisor"), ["lib/sandbox/gvisor.docker.test.ts"]);
  assert.deepEqual(testFiles(root, "gvisor-suites"), ["lib/sandbox/gvisor-suites.docker.test.ts"]);
  assert.deepEqual(testFiles(root, "contract"), ["lib/store/c.contract.test.ts"]);
  assert.deepEqual(testFiles(root, "faults"), ["app/testing/faults/f.faults.test.ts"]);
});

test("a lock that names an optional package without describing it is found, wherever npm would put it", () => {
  const next = { version: "16.0.0", optionalDependencies: { "@next/swc-darwin": "16.0.0" } };
  const described = { version: "16.0.0" };
  const missing = checkLock({ packages: { "": {}, "node_modules/next": next } }).missing;
  assert.deepEqual(missing, ["next@16.0.0 wants @next/swc-darwin@16.0.0"]);
  for (const where of ["node_modules/@next/swc-darwin", "node_modules/next/node_modules/@next/swc-darwin"]) {
    assert.deepEqual(
      checkLock({ packages: { "": {}, "node_modules/next": next, [where]: described } }).missing,
      [],
    );
  }
});

test("the tests on real Docker wait for every language's image, those in the browser for the core ones", () => {
  const needs = (id) => PARTS.find((part) => part.id === id).needs;
  for (const id of ["sandbox", "sandbox-lts"]) assert.ok(needs(id).includes("all-images"), id);
  for (const id of ["e2e", "gvisor"]) {
    assert.ok(needs(id).includes("images") && !needs(id).includes("all-images"), id);
  }
});

test("a missing tool skips a part outside of CI; an image that could not be made fails it, and says why", (t) => {
  const { CI } = process.env;
  t.after(() => (CI === undefined ? delete process.env.CI : Object.assign(process.env, { CI })));
  delete process.env.CI;
  t.mock.method(console, "log", () => {});
  const tool = new SetupProblem("gVisor is missing.");
  const image = Object.assign(
    new SetupProblem("1 image(s) could not be made.", { remedy: ["Lua: no disk"] }),
    {
      isFailure: true,
    },
  );
  assert.deepEqual(notRun({ title: "Part" }, [tool]), [
    { name: "Part", outcome: "skipped", reason: "gVisor is missing." },
  ]);
  assert.deepEqual(notRun({ title: "Part" }, [tool, image]), [
    {
      name: "Part",
      outcome: "failed",
      reason: "gVisor is missing. 1 image(s) could not be made. Lua: no disk",
    },
  ]);
  process.env.CI = "true";
  assert.equal(notRun({ title: "Part" }, [tool])[0].outcome, "failed");
});

test("the table of faults is Markdown by kind, in its order, and an unknown kind is an error", () => {
  const row = { kind: "clock", fault: "a | b", seen: "x\ny", lost: "nothing", recoveredMs: 1_240 };
  const other = { ...row, kind: "engine", fault: "c", recoveredMs: null };
  const rows = faultRows(`${JSON.stringify(row)}\n${JSON.stringify(other)}\n`);
  const table = faultTable(rows);
  assert.match(table, /^## Docker as a whole\n\n\| fault .*\n.*\n\| c \| x y \| nothing \| – \|\n\n## /);
  assert.match(table, /\n\| a \\\| b \| x y \| nothing \| 1\.2 s \|\n$/);
  assert.throws(() => faultTable([{ ...row, kind: "weather" }]), /weather/);
});
