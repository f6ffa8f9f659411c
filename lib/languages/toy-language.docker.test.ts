import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { connectDocker } from "../sandbox/docker";
import { readRecipe } from "../sandbox/image-recipe";
import type { LanguageEditor } from "./editor";
import { TOY } from "./testing/toy-language";

/** A copy of the project with one more language. */
let project = "";

before(async () => {
  project = await mkdtemp(path.join(os.tmpdir(), "quicksand-toy-"));
  const apart = new Set([
    ".git",
    ".next",
    ".data",
    ".cache",
    "node_modules",
    "test-results",
    "playwright-report",
  ]);
  await cp(".", project, { recursive: true, filter: (source) => !apart.has(source) });
  await symlink(path.resolve("node_modules"), path.join(project, "node_modules"));
  for (const [name, content] of Object.entries(TOY.files)) {
    const file = path.join(project, "lib/languages/toy", name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const list = path.join(project, "lib/languages/index.ts");
  const before = await readFile(list, "utf8");
  await writeFile(list, before.replace(/^\];$/m, `${TOY.line}\n];`));
  assert.equal((await readFile(list, "utf8")).split("\n").length, before.split("\n").length + 1, "one line");
});

after(async () => {
  const { digest } = await readRecipe(path.join(project, "lib/languages/toy"));
  await connectDocker().getImage(`quicksand/toy:${digest}`).remove({ force: true });
  await rm(project, { recursive: true, force: true });
});

/** Runs a program of Node.js in the copy, to its success. */
function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    // A test runner that finds itself below another one reports to that one, in a form of its own.
    const { NODE_TEST_CONTEXT: _, ...own } = process.env;
    // Named, it is tested whole; others that are not core are tested by their sample only.
    const env = { ...own, ...environment, QUICKSAND_TEST_LANGUAGES: "toy" };
    execFile(process.execPath, args, { cwd: project, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${args.join(" ")}\n${stdout}\n${stderr}`, { cause: error })) : resolve(),
    );
  });
}

/** Names of the tests of the toy that a file ran; all of them must pass. */
async function passed(file: string): Promise<readonly string[]> {
  const report = path.join(project, "test-outcomes.jsonl");
  await rm(report, { force: true });
  const options = [
    ...["--import", "tsx", "--import", "./bin/testing/report-all-before-exit.mjs"],
    ...["--test", "--test-force-exit", "--test-name-pattern=Toy"],
    ...["--test-reporter=./bin/testing/node-test-counts.mjs", "--test-reporter-destination=stderr"],
    // Shown where something fails.
    ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
  ];
  await run([...options, file], { QUICKSAND_TEST_REPORT: report });
  const outcomes = (await readFile(report, "utf8")).trim().split("\n");
  return outcomes
    .map((line): Outcome => JSON.parse(line))
    .flatMap(({ name, outcome, reason }) => {
      // The suites of the other languages have nothing to run.
      if (outcome === "skipped") return [];
      assert.equal(outcome, "passed", `${name}: ${reason}`);
      return [name];
    });
}

// The compiler goes through the whole project once more.
if (process.env.QUICKSAND_TEST_ALL) {
  test("a language that is a folder and a line has its types, its style and its imports checked", async () => {
    await run(["node_modules/typescript/bin/tsc", "--noEmit", "--incremental", "false"]);
    await run(["node_modules/@biomejs/biome/bin/biome", "check", "--vcs-enabled=false", "lib/languages"]);
    await run(["bin/check/imports.mjs"]);
  });
}

test("the tests of all languages run for it, in the real sandbox", async () => {
  assert.deepEqual(
    (await passed("lib/languages/languages.test.ts")).map((name) => name.replace(/^Toy('s)? /, "")),
    [
      "has a first program that prints something, with a line end",
      "options each have a default among their values, under plain names that are no other's",
      "packages are each used by a program of its tests",
      "editor knows whether the server formats it",
      "editor finds nothing in what is no message",
      "editor reads a megabyte of anything in time",
    ],
  );
  const eachIsolation = [
    "its sample reads its input and prints what it should",
    "its image has the version that it claims",
    "time zones and locales are known in its image; neither is set to any but the default",
    "two commands",
    "an unknown command is error, and the editor marks its line",
    "half a line is there when the run is cancelled",
    "half a line is there when the time is over: say",
  ];
  assert.deepEqual(await passed("lib/sandbox/languages.docker.test.ts"), [
    ...eachIsolation,
    ...eachIsolation,
  ]);
});

test("its part for the browser becomes a chunk that the others do not carry, without any of the server's", async () => {
  const options = [
    "--bundle",
    "--splitting",
    "--format=esm",
    "--platform=browser",
    "--external:monaco-editor/*",
  ];
  const output = ["--outdir=toy-chunks", "--out-extension:.js=.mjs", "--metafile=toy-chunks.json"];
  await run(["node_modules/esbuild/bin/esbuild", "lib/languages/editor-loader.ts", ...options, ...output]);
  const bundled: Bundled = JSON.parse(await readFile(path.join(project, "toy-chunks.json"), "utf8"));
  const { inputs, outputs } = bundled;
  assert.deepEqual(
    Object.keys(inputs).filter((file) => !/^lib\/languages\/([^/]+\/)?editor[^/]*\.ts$/.test(file)),
    [],
  );
  const chunks = Object.entries(outputs).filter(([, chunk]) => "lib/languages/toy/editor.ts" in chunk.inputs);
  assert.deepEqual(
    chunks.map(([, chunk]) => Object.keys(chunk.inputs)),
    [["lib/languages/toy/editor.ts"]],
  );
  const loaded = await import(pathToFileURL(path.join(project, chunks[0]?.[0] ?? "")).href);
  const { editor }: { editor: LanguageEditor } = loaded;
  assert.equal(editor.findDiagnostics("main.toy:7: no\n", "main.toy")[0]?.line, 7);
});

/** A line of `node-test-counts.mjs`. */
interface Outcome {
  name: string;
  outcome: "passed" | "failed" | "skipped";
  reason: string;
}

/** What esbuild says of a bundle: the files that went into it, and into each of its chunks. */
interface Bundled {
  inputs: Readonly<Record<string, unknown>>;
  outputs: Readonly<Record<string, { inputs: Readonly<Record<string, unknown>> }>>;
}
