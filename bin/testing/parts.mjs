import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ended, run } from "../setup/child.mjs";
import { faultRows, faultTable, writeFaults } from "./fault-table.mjs";
import { scratchFolder } from "./scratch.mjs";
import { nodeOutcomes, playwrightOutcomes } from "./tally.mjs";
import { testFiles } from "./test-files.mjs";

/**
 * After it a test that hangs is a failure, so that one cannot take all the time that CI has. Node 20 holds each file to it as a whole; the
 * longest, all suites under gVisor, take about 5 minutes.
 */
const HANGS_AFTER_MS = 20 * 60_000;

const CELLS = { QUICKSAND_TEST_ISOLATION: "cell" };
const sandboxTest = (name) => path.join("lib/sandbox", `${name}.docker.test.ts`);
/** Tests on real Docker that hold for every isolation: those that `npm test` runs in cells too, and the others. */
const IN_CELLS = ["system-calls", "supervisor", "test-cases"].map(sandboxTest);
const MORE_IN_CELLS = [
  ...["artifacts", "compile", "files", "neighbours", "standby", "streams"],
  ...["../languages/cpp/options", "../runs/format", "../runs/runs"],
].map(sandboxTest);

/**
 * Tests on real Docker that hold beside others, as programs do beside others' programs. The others need the engine to themselves: they break
 * it, count what it has, fill it, or remove images.
 */
const BESIDE_OTHERS = [
  ...["languages", "isolation", "../../app/testing/many-processes", "limits", "stopping"],
  ...["attended", "verdicts", "terminal", "standby", "streams", "test-cases", "../languages/toy-language"],
  ...["artifacts", "compile", "files", "cell/forking-launcher", "cell/forking-ends", "cell/second-filter"],
  ...[
    "cell/deaths",
    "cell/between-runs",
    "cell/plain-steps",
    "children",
    "signals",
    "system-calls",
    "requested-limits",
  ],
  ...["engine-slow", "engine-ssh", "engine-tls", "../languages/cpp/options", "../runs/format"],
].map(sandboxTest);

/**
 * The parts of `npm test`, in the order in which they run. `needs` names the set-up that a part waits for; of it `images` makes those of the core
 * languages, `all-images` every one. `run` returns the outcomes of its tests, and throws when they could not be run. `node` is the Node version to
 * use: the one that runs `npm test` (`this`), the current `lts`, or the release line after it (`next`). A `full` part only runs in
 * `npm run test:all`. A check (types, lint …) counts as one test.
 */
export const PARTS = [
  check("types", "Types", "typescript/bin/tsc", ["--noEmit", "--incremental", "false"]),
  check("lint", "Lint and format", "@biomejs/biome/bin/biome", ["check", "."]),
  script("imports", "Import directions", "bin/check/imports.mjs"),
  script("declarations", "Declared once", "bin/check/declarations.mjs"),
  script("walk", "The way of a run in the documents", "bin/check/walk.mjs"),
  script("documents", "Links, decisions and tables of the documents", "bin/check/documents.mjs"),
  script("lock", "Package lock", "bin/check/lock.mjs"),
  check("dead-code", "Dead code", "knip/bin/knip.js", []),
  nodeTests("unit", "Unit tests", { kind: "unit" }),
  nodeTests("unit-lts", "Unit tests", { kind: "unit", node: "lts", full: true }),
  nodeTests("unit-next", "Unit tests", { kind: "unit", node: "next", full: true }),
  nodeTests("contract", "Contract of stores and queues", { kind: "contract", needs: ["mongodb", "redis"] }),
  nodeTests("contract-lts", "Contract of stores and queues", {
    ...{ kind: "contract", needs: ["mongodb", "redis"], node: "lts", full: true },
  }),
  nodeTests("contract-next", "Contract of stores and queues", {
    ...{ kind: "contract", needs: ["mongodb", "redis"], node: "next", full: true },
  }),
  script("compose", "Docker Compose file", "bin/check/compose.mjs", ["compose"]),
  script("kubernetes", "Kubernetes manifests", "bin/check/kubernetes.mjs"),
  nodeTests("image", "The container image, by Docker Compose", {
    ...{ kind: "image", needs: ["images", "compose", "mongodb", "redis"], full: true },
  }),
  nodeTests("programs", "Programs on real Docker", {
    ...{ files: BESIDE_OTHERS, needs: ["all-images", "ssh", "mongodb", "redis"] },
    // Half of them wait for programs, half have compilers at work.
    atOnce: os.availableParallelism() + 1,
  }),
  nodeTests("sandbox", "Sandbox on real Docker", {
    ...{
      kind: "sandbox",
      except: BESIDE_OTHERS,
      needs: ["all-images", "registry"],
    },
  }),
  // The suites of `testing/walls.ts` meet both isolations in one run; these are written for whichever the sandbox has.
  nodeTests("cells", "Attacks, the supervisor and test cases in cells", {
    ...{ files: IN_CELLS, needs: ["images"], environment: CELLS },
  }),
  nodeTests("cells-suites", "What else runs programs, in cells", {
    ...{ files: MORE_IN_CELLS, needs: ["images"], environment: CELLS, full: true },
  }),
  nodeTests("gvisor", "Sandbox under gVisor", { kind: "gvisor", needs: ["images", "gvisor"] }),
  nodeTests("gvisor-suites", "All suites of the sandbox under gVisor", {
    ...{ kind: "gvisor-suites", needs: ["images", "gvisor"], full: true },
  }),
  faultTests("faults", "Faults"),
  nodeTests("sandbox-lts", "Sandbox on real Docker", {
    ...{
      kind: "sandbox",
      needs: ["all-images", "registry", "ssh", "mongodb", "redis"],
      node: "lts",
      full: true,
      sampled: true,
    },
  }),
  {
    ...{ id: "build", title: "Production build", needs: ["build"], node: "this" },
    // The build is part of the set-up; when it failed, that is reported as this part's failure.
    run: async () => [passed("next build")],
  },
  endToEnd("e2e", { title: "End to end in a real browser", node: "this" }),
  endToEnd("e2e-lts", {
    ...{ title: "Running programs, end to end", node: "lts", files: ["e2e/running.spec.ts"] },
    sample: "@node",
  }),
  endToEnd("e2e-next", {
    ...{ title: "Running programs, end to end", node: "next", files: ["e2e/running.spec.ts"], full: true },
  }),
];

function part(id, title, { needs = [], node = "this", full = false }, run) {
  return { id, title, node, full, needs: node === "this" ? needs : [...needs, `node-${node}`], run };
}

function check(id, title, program, args) {
  return part(id, title, {}, ({ root, node }) =>
    runCheck(root, title, node, [path.join("node_modules", program), ...args]),
  );
}

function script(id, title, file, needs = []) {
  return part(id, title, { needs }, ({ root, node }) => runCheck(root, title, node, [file]));
}

/**
 * The tests of a kind, `except` for some, or of some files. `atOnce`: how many files, where it is not the kind that says so. `sampled`: the sample that `npm test` has, in `npm run test:all` too: what images hold does not depend on the
 * server's Node.
 */
function nodeTests(
  id,
  title,
  { kind, files, except = [], atOnce, sampled = false, environment = {}, ...options },
) {
  const added = { ...environment, ...(sampled && { QUICKSAND_TEST_ALL: undefined }) };
  return part(id, title, options, ({ root, node }) => {
    const chosen = (files ?? testFiles(root, kind)).filter((file) => !except.includes(file));
    return runNodeTests(root, node, chosen, atOnce ?? filesAtOnce(kind), added);
  });
}

/** Each file has servers, an engine's proxy and databases of its own, and mostly waits, so three run at once. Prints the table of what they saw. */
function faultTests(id, title) {
  return part(id, title, { needs: ["images", "mongodb", "redis"] }, async ({ root, node }) => {
    const report = temporary("faults.jsonl");
    fs.writeFileSync(report, "");
    const outcomes = await runNodeTests(root, node, testFiles(root, "faults"), 3, {
      QUICKSAND_FAULTS_REPORT: report,
    });
    const rows = faultRows(fs.readFileSync(report, "utf8"));
    console.log(`\n${faultTable(rows)}`);
    const failed = outcomes.some(({ outcome }) => outcome !== "passed");
    if (process.env.QUICKSAND_FAULTS_WRITE && !failed) writeFaults(root, rows);
    return outcomes;
  });
}

/**
 * Files that share the engine run one at a time; each contract file has a database server of its own. Node's own choice is one processor fewer
 * than there are, which on a machine with two is one file at a time.
 */
function filesAtOnce(kind) {
  const processors = os.availableParallelism();
  // Much of a contract's time goes by in waiting for those that are dead to be missed.
  return { unit: processors, contract: processors + 1 }[kind] ?? 1;
}

/** `sample`: a tag of the tests that `npm test` has time for. */
function endToEnd(id, { title, files = [], sample, ...options }) {
  // Only the part that runs every file meets the specs of other people's clients.
  const clients = files.length === 0 ? ["clients"] : [];
  const needs = ["images", "chromium", "build", ...clients];
  return part(id, title, { ...options, needs }, ({ root, node }) =>
    playwright(root, node, id, files, process.env.QUICKSAND_TEST_ALL ? undefined : sample),
  );
}

async function runCheck(root, title, file, args) {
  try {
    const output = await run(file, args, { cwd: root, tailLines: 400 });
    const last = output.trimEnd().split("\n").at(-1);
    if (last && last.length < 100) console.log(`  ${last}`);
    return [passed(title)];
  } catch (error) {
    console.log(error.log ?? error.message);
    return [{ name: title, outcome: "failed", reason: "" }];
  }
}

/** Runs test files, shown as they run, so many at once. `environment` is added to ours. @returns {Promise<import("./tally.mjs").Outcome[]>} */
export async function runNodeTests(root, node, files, atOnce, environment = {}) {
  if (files.length === 0) return [];
  const report = temporary("node-test.jsonl");
  const args = [
    ...["--import", "tsx", "--import", "./bin/testing/report-all-before-exit.mjs"],
    ...["--test", "--test-force-exit", `--test-timeout=${HANGS_AFTER_MS}`],
    ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
    ...["--test-reporter=./bin/testing/node-test-counts.mjs", "--test-reporter-destination=stderr"],
    `--test-concurrency=${atOnce}`,
    ...files,
  ];
  const code = await shown(node, args, root, {
    ...{ NODE_ENV: "test", QUICKSAND_TEST_REPORT: report },
    ...environment,
  });
  const outcomes = fs.existsSync(report) ? nodeOutcomes(fs.readFileSync(report, "utf8")) : [];
  return withExitCode(outcomes, code, "node --test");
}

async function playwright(root, node, id, files, grep) {
  const report = temporary("playwright.json");
  // Each part has a folder for its traces: Playwright empties it at the start.
  const options = [
    "--reporter=list,json",
    `--output=test-results/${id}`,
    ...(grep ? [`--grep=${grep}`] : []),
  ];
  const args = ["node_modules/@playwright/test/cli.js", "test", ...options, ...files];
  const code = await shown(node, args, root, { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  const outcomes = fs.existsSync(report)
    ? playwrightOutcomes(JSON.parse(fs.readFileSync(report, "utf8")))
    : [];
  return withExitCode(outcomes, code, "playwright test");
}

/** A runner may fail although each test passed (a crash, an error outside of any test); that counts as a failure. */
function withExitCode(outcomes, code, name) {
  if (code === 0 || outcomes.some(({ outcome }) => outcome === "failed")) return outcomes;
  return [...outcomes, { name: `${name} ended with exit code ${code}`, outcome: "failed", reason: "" }];
}

async function shown(file, args, cwd, environment) {
  const child = spawn(file, args, {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...inScratch(), ...environment },
  });
  // Without it a runner, and the servers that it started, would outlive an `npm test` that is told to stop.
  const stop = () => {
    child.once("exit", () => process.exit(143));
    child.kill("SIGTERM");
  };
  process.once("SIGTERM", stop);
  const { code, signal } = await ended(child, file);
  process.off("SIGTERM", stop);
  return code ?? signal;
}

function inScratch() {
  const folder = scratchFolder();
  return folder === undefined ? {} : { TMPDIR: folder };
}

function temporary(name) {
  return path.join(fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-test-")), name);
}

function passed(name) {
  return { name, outcome: "passed", reason: "" };
}
