import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureBuild } from "../setup/build.mjs";
import { ended, run } from "../setup/child.mjs";
import { nodeOutcomes, playwrightOutcomes } from "./tally.mjs";
import { testFiles } from "./test-files.mjs";

/**
 * The parts of `npm test`, in the order they run. `needs` names the set-up a part waits for; `run` answers the outcomes of its tests, or
 * throws when it could not do its work. A check (types, lint …) is one test.
 */
export const PARTS = [
  check("types", "Types", "tsc", ["--noEmit", "--incremental", "false"]),
  check("lint", "Lint and format", "biome", ["check", "."]),
  script("imports", "Import directions", "bin/check/imports.mjs"),
  script("declarations", "Declared once", "bin/check/declarations.mjs"),
  script("walk", "The way of a run in the documents", "bin/check/walk.mjs"),
  script("documents", "Links, decisions and tables of the documents", "bin/check/documents.mjs"),
  script("lock", "Package lock", "bin/check/lock.mjs"),
  check("dead-code", "Dead code", "knip", []),
  nodeTests("unit", "Unit tests", { needs: [] }),
  nodeTests("sandbox", "Sandbox on real Docker", { needs: ["images", "registry"], serial: true }),
  nodeTests("contract", "Contract of the stores", { needs: ["mongodb"], serial: true }),
  { ...script("compose", "Docker Compose file", "bin/check/compose.mjs"), needs: ["compose"] },
  {
    id: "build",
    title: "Production build",
    needs: [],
    async run({ terminal, root }) {
      await ensureBuild(terminal, root);
      return [passed("next build")];
    },
  },
  {
    id: "e2e",
    title: "End to end in a real browser",
    needs: ["images", "chromium"],
    async run({ terminal, root }) {
      await ensureBuild(terminal, root);
      return playwright(root);
    },
  },
];

function check(id, title, tool, args) {
  return {
    id,
    title,
    needs: [],
    run: ({ root }) => runCheck(root, title, path.join(root, "node_modules/.bin", tool), args),
  };
}

function script(id, title, file) {
  return { id, title, needs: [], run: ({ root }) => runCheck(root, title, process.execPath, [file]) };
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

function nodeTests(id, title, { needs, serial = false }) {
  return { id, title, needs, run: ({ root }) => runNodeTests(root, testFiles(root, id), serial) };
}

async function runNodeTests(root, files, serial) {
  if (files.length === 0) return [];
  const report = temporary("node-test.jsonl");
  const args = [
    ...["--import", "tsx", "--test", "--test-force-exit"],
    ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
    ...["--test-reporter=./bin/testing/node-test-counts.mjs", `--test-reporter-destination=${report}`],
    ...(serial ? ["--test-concurrency=1"] : []),
    ...files,
  ];
  const code = await shown(process.execPath, args, root, { NODE_ENV: "test" });
  const outcomes = fs.existsSync(report) ? nodeOutcomes(fs.readFileSync(report, "utf8")) : [];
  return withExitCode(outcomes, code, "node --test");
}

async function playwright(root) {
  const report = temporary("playwright.json");
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
  const code = await shown(process.execPath, args, root, { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  const outcomes = fs.existsSync(report)
    ? playwrightOutcomes(JSON.parse(fs.readFileSync(report, "utf8")))
    : [];
  return withExitCode(outcomes, code, "playwright test");
}

/** A runner that fails while all its tests passed (a crash, an error outside of a test) has failed. */
function withExitCode(outcomes, code, name) {
  if (code === 0 || outcomes.some(({ outcome }) => outcome === "failed")) return outcomes;
  return [...outcomes, { name: `${name} ended with exit code ${code}`, outcome: "failed", reason: "" }];
}

async function shown(file, args, cwd, environment) {
  const child = spawn(file, args, {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment },
  });
  const { code, signal } = await ended(child, file);
  return code ?? signal;
}

function temporary(name) {
  return path.join(fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-test-")), name);
}

function passed(name) {
  return { name, outcome: "passed", reason: "" };
}
