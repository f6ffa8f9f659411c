// @ts-check
import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { QuicksandError } from "../../lib/client/node/error.mjs";
import { COMMANDS, chosenOptions, durationMs, memoryBytes, readArguments } from "./arguments.mjs";
import { colours } from "./colours.mjs";
import { configFile, forgetLogin, isOpenToOthers, keepLogin, readLogin, settings } from "./config.mjs";
import { failureText } from "./failure.mjs";
import { helpText } from "./help.mjs";
import { historyTable } from "./lists.mjs";
import { languageOf, readProgram } from "./program.mjs";
import { startByName } from "./request.mjs";
import { compareOf, readCases, testRows } from "./tests.mjs";
import { exitCodeOf } from "./verdict.mjs";

/** @import { LanguageInfo, RunSummary } from "../../lib/client/node/types" */

const folder = mkdtempSync(path.join(os.tmpdir(), "qs-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Makes files below the test's folder; answers its path. @param {string} name @param {Record<string, string | Uint8Array>} files */
function made(name, files) {
  const root = path.join(folder, name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
  return root;
}

/** @param {string} id @param {string} extension @param {string[]} [aliases] */
const language = (id, extension, aliases = []) =>
  /** @type {LanguageInfo} */ ({ id, extension, aliases, mainFile: `main.${extension}` });
const LANGUAGES = [language("python", "py"), language("pypy", "py"), language("cpp", "cpp", ["cxx"])];
const HOW = {
  lang: undefined,
  languages: async () => LANGUAGES,
  readStdin: async () => "print(1)",
  say: () => {},
};

test("options, files and what comes after -- are told apart", () => {
  const asked = readArguments(["run", "-l", "python", "a.py", "--arg=-x", "b.py", "--", "-y", "--", "z"]);
  assert.equal(asked.command, "run");
  assert.deepEqual(asked.paths, ["a.py", "b.py"]);
  assert.deepEqual(asked.programArgs, ["-y", "--", "z"]);
  assert.deepEqual({ ...asked.values }, { lang: "python", arg: ["-x"] });
});

test("what no command has is refused with what to do", () => {
  assert.throws(() => readArguments(["run", "--foo"]), {
    message: "Unknown option '--foo'.",
    remedy: ["qs run --help says what there is."],
  });
  assert.throws(() => readArguments(["hello.py"]), { remedy: ["To run a program: qs run hello.py"] });
  assert.throws(() => readArguments(["constructor"]), { message: "`constructor` is no command of qs." });
  assert.throws(() => readArguments(["history", "--limit"]), /argument missing/);
});

test("every command has a page of help that names each of its options", () => {
  for (const [name, options] of Object.entries(COMMANDS)) {
    assert.deepEqual(readArguments([name, "--help"]).paths, [name]);
    const missing = Object.keys(options).filter(
      (option) => option !== "help" && !helpText(name).includes(`--${option}`),
    );
    assert.deepEqual([name, missing], [name, []]);
    assert.match(helpText(undefined), new RegExp(`qs ${name}\\b`));
  }
});

test("times and sizes are as they are written", () => {
  assert.deepEqual(["2", "1.5s", "500ms", "1m"].map(durationMs), [2_000, 1_500, 500, 60_000]);
  assert.deepEqual(["64M", "64MiB", "64mb", "1g", "512k", "1048576"].map(memoryBytes), [
    ...[67_108_864, 67_108_864, 67_108_864, 1_073_741_824, 524_288, 1_048_576],
  ]);
  for (const wrong of ["", "-1", "2h", "0", "1e3"])
    assert.throws(() => durationMs(wrong), /Expected `--timeout`/);
  for (const wrong of ["", "M", "64X", "0"]) assert.throws(() => memoryBytes(wrong), /Expected `--memory`/);
  assert.deepEqual(chosenOptions(["standard=c++23", "define=a=b"]), { standard: "c++23", define: "a=b" });
  assert.throws(() => chosenOptions(["standard"]), /NAME=VALUE/);
});

test("a login is kept for its owner's eyes, also where a file with other rights was", () => {
  const environment = { XDG_CONFIG_HOME: path.join(folder, "config") };
  assert.equal(readLogin(environment), null);
  const login = { server: "https://code.example.org", apiKey: "qs_1" };
  const file = keepLogin(environment, login);
  chmodSync(file, 0o644);
  keepLogin(environment, login);
  assert.equal(file, configFile(environment));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readLogin(environment), login);
  writeFileSync(file, "{}");
  assert.throws(() => readLogin(environment), { remedy: ["Log in again: qs login"] });
  forgetLogin(environment);
  assert.equal(readLogin(environment), null);
});

test("an option goes before the environment, that before the login, and a kept key to its own server only", () => {
  const environment = { XDG_CONFIG_HOME: path.join(folder, "other") };
  assert.deepEqual(settings({ environment }), { server: "http://localhost:3000", apiKey: undefined });
  keepLogin(environment, { server: "https://a.example", apiKey: "qs_a" });
  assert.deepEqual(settings({ environment }), { server: "https://a.example", apiKey: "qs_a" });
  assert.deepEqual(settings({ server: "https://a.example/", environment }), {
    server: "https://a.example",
    apiKey: "qs_a",
  });
  const elsewhere = { ...environment, QUICKSAND_SERVER: "https://b.example" };
  assert.deepEqual(settings({ environment: elsewhere }), { server: "https://b.example", apiKey: undefined });
  assert.deepEqual(
    settings({ server: "https://c.example", environment: { ...elsewhere, QUICKSAND_API_KEY: "qs_e" } }),
    {
      ...{ server: "https://c.example", apiKey: "qs_e" },
    },
  );
  assert.throws(() => settings({ server: "code.example.org", environment }), /no address of a server/);
  assert.deepEqual(
    ["http://localhost:3000", "http://[::1]", "https://x.example", "http://10.0.0.1"].map(isOpenToOthers),
    [...[false, false, false, true]],
  );
});

test("a program's language is by its ending, the first of those that have it; files keep their places beside it", async () => {
  const root = made("app", { "solve.py": "1", "lib/util.py": "2", "lib/.git/x": "3", "data.txt": "4" });
  const other = made("other", { "more.txt": "5" });
  const program = await readProgram(
    [path.join(root, "solve.py"), path.join(root, "lib"), path.join(other, "more.txt")],
    HOW,
  );
  assert.deepEqual(program, {
    ...{ language: "python", code: "1", mainFile: "solve.py" },
    files: [
      { path: "lib/util.py", content: "2" },
      { path: "more.txt", content: "5" },
    ],
  });
  assert.equal(languageOf("a.CXX", LANGUAGES), "cpp");
  assert.throws(() => languageOf("a.zzz", LANGUAGES), {
    message: "No language here has files that end with .zzz.",
  });
  assert.throws(() => languageOf("Makefile", LANGUAGES), /has no ending/);
});

test("a folder is the program of its main file", async () => {
  const root = made("folder", { "main.py": "1", "util.py": "2", "data/x.txt": "3" });
  assert.deepEqual(await readProgram([root], HOW), {
    ...{ language: "python", code: "1", mainFile: "main.py" },
    files: [
      { path: "data/x.txt", content: "3" },
      { path: "util.py", content: "2" },
    ],
  });
  assert.equal((await readProgram([root], { ...HOW, lang: "pypy" })).language, "pypy");
  await assert.rejects(
    readProgram([made("none", { "a.py": "" })], HOW),
    /no file that is called as a main file is/,
  );
});

test("links in a folder are not followed out of it, and a broken one keeps nobody from running", async () => {
  const outside = made("outside", { "secret.txt": "secret" });
  const root = made("linked", { "main.py": "1", "a/data.txt": "2", ".env": "KEY=1" });
  const link = (/** @type {string} */ to, /** @type {string} */ name) =>
    symlinkSync(to, path.join(root, name));
  link(path.join(outside, "secret.txt"), "away.txt");
  link("../../outside/secret.txt", "a/up.txt");
  link("nowhere", "broken.txt");
  link(".env", "hidden.txt");
  link(outside, "folder");
  link("a/data.txt", "same.txt");
  /** @type {string[]} */
  const said = [];
  const { files } = await readProgram([root], { ...HOW, say: (text) => void said.push(text) });
  assert.deepEqual(files, [
    { path: "a/data.txt", content: "2" },
    { path: "same.txt", content: "2" },
  ]);
  const out = "it is a link that leads out of the folder.";
  assert.deepEqual(
    said.map((text) => text.replace(`${root}${path.sep}`, "")),
    [
      `a/up.txt is left out: ${out}`,
      `away.txt is left out: ${out}`,
      "broken.txt is left out: it is a link to what is not there.",
      `folder is left out: ${out}`,
      "hidden.txt is left out: it is a link to what is not read.",
    ],
  );
  const named = await readProgram([path.join(root, "main.py"), path.join(root, "away.txt")], HOW);
  assert.deepEqual(named.files, [{ path: "away.txt", content: "secret" }]);
  const bad = made("bad-main", { "x.txt": "" });
  symlinkSync(path.join(outside, "secret.txt"), path.join(bad, "main.py"));
  await assert.rejects(
    readProgram([bad], HOW),
    /main\.py is not run with its folder: it is a link that leads out/,
  );
});

test("files that are too large together are not read", async () => {
  const root = made("large", { "main.py": "1", "a.txt": Uint8Array.of(0xff), "b.txt": "" });
  truncateSync(path.join(root, "b.txt"), 9 * 1_048_576);
  await assert.rejects(readProgram([root], HOW), /b\.txt the files are more than 8 MB together/);
  await assert.rejects(readProgram([path.join(root, "b.txt")], { ...HOW, lang: "python" }), /more than 8 MB/);
});

test("a program from standard input needs its language said", async () => {
  assert.deepEqual(await readProgram(["-"], { ...HOW, lang: "python" }), {
    ...{ language: "python", code: "print(1)", files: [] },
  });
  await assert.rejects(readProgram(["-"], HOW), { remedy: ["Say it: qs run --lang python -"] });
});

test("what cannot be read says so", async () => {
  const root = made("bad", { "a.py": Uint8Array.of(0xff, 0xfe) });
  await assert.rejects(
    readProgram([path.join(root, "a.py")], HOW),
    /is not text; a program's files are text in UTF-8/,
  );
  await assert.rejects(readProgram([path.join(root, "b.py")], HOW), /b\.py is not there\./);
  await assert.rejects(readProgram([], HOW), /Which program\?/);
});

test("a file's name that the language does not take is left out, and only that is tried again", async () => {
  /** @type {(string | undefined)[]} */
  const names = [];
  /** @param {string} field */
  const refusing =
    (field) =>
    async (/** @type {{ mainFile?: string | undefined }} */ { mainFile }) => {
      names.push(mainFile);
      if (mainFile === undefined) return "started";
      throw new QuicksandError("invalid_request", "no", { details: [{ path: field, message: "no" }] });
    };
  const request = { language: "java", code: "", mainFile: "solve.java" };
  assert.equal(await startByName(request, refusing("mainFile")), "started");
  assert.deepEqual(names, ["solve.java", undefined]);
  await assert.rejects(startByName(request, refusing("code")), { code: "invalid_request" });
});

test("test cases are pairs of files, or a list in JSON; all are compared as was asked", () => {
  const root = made("cases", {
    ...{ "2.in": "2", "2.out": "4", "10.in": "1", "10.out": "1", "readme.md": "", "3.in": "" },
    "more.json": JSON.stringify({ tests: [{ name: "listed", stdin: "7", expected: "8" }] }),
  });
  const { tests, problems } = readCases([root], { tolerance: 0.1 });
  assert.deepEqual(
    tests.map(({ name, stdin, expected, compare }) => [name, stdin, expected, compare]),
    [
      ["listed", "7", "8", { tolerance: 0.1 }],
      ["2", "2", "4", { tolerance: 0.1 }],
      ["10", "1", "1", { tolerance: 0.1 }],
    ],
  );
  assert.equal(problems.length, 2);
  assert.throws(
    () => readCases([path.join(made("j", { "t.json": "{}" }), "t.json")], undefined),
    /holds no tests/,
  );
  assert.deepEqual(["exact", "1e-6", "tolerance=0.5"].map(compareOf), [
    "exact",
    { tolerance: 1e-6 },
    { tolerance: 0.5 },
  ]);
  assert.throws(() => compareOf("almost"), /Expected `--compare`/);
});

test("a row says how a test case ended, and of a wrong answer the first line that is another", () => {
  const tests = [
    { name: "small", stdin: "", expected: "1\n2\n3\n" },
    { name: "", stdin: "", expected: "" },
  ];
  const rows = testRows(tests, {});
  assert.equal(
    rows.row(0, { status: "failed", actual: "1\nx\n", durationMs: 12.4 }),
    '  small   wrong answer       12 ms\n    line 2: expected "2"\n                 got "x"\n',
  );
  assert.equal(
    rows.rest([
      { status: "failed", actual: "", durationMs: 1 },
      { status: "error", actual: "", durationMs: 3, exitCode: 1, stderr: "Traceback\nValueError: no\n" },
    ]),
    "  Test 2  error               3 ms\n    exit code 1: ValueError: no\n",
  );
});

test("the history is a table, in which a program's text commands no terminal", () => {
  const run = /** @type {RunSummary} */ ({
    ...{ id: "r1", language: "python", status: "success", durationMs: 12.6, title: null },
    ...{ preview: `\x1b[31m${"x".repeat(60)}`, createdAt: "2026-11-27T10:00:00Z" },
  });
  const [, row = ""] = historyTable([run]).split("\n");
  assert.match(row, /^ {2}r1 {2}2026-11-2\d \d\d:\d\d {2}python {4}success {2}13 ms {3}\[31mx+…$/);
});

test("a shell is told how a run ended", () => {
  const output = { stdout: "", stderr: "", exitCode: null, signal: null, truncated: false };
  /** @param {Parameters<typeof exitCodeOf>[0]["status"]} status @param {number | null} [exitCode] */
  const code = (status, exitCode = null) =>
    exitCodeOf({ status, output: { ...output, exitCode }, compile: null });
  assert.deepEqual(
    [code("success", 0), code("error", 7), code("error", 139), code("timeout"), code("memory_limit", 137)],
    [0, 7, 139, 124, 137],
  );
  assert.deepEqual(
    [code("output_limit"), code("cancelled"), code("system_error"), code("compile_error")],
    [153, 130, 125, 1],
  );
});

test("a failure comes with its remedy and all its details, and without a stack where it is known", () => {
  const details = ["`a` is wrong.", "`b` is wrong."].map((message) => ({ path: "", message }));
  assert.equal(
    failureText(new QuicksandError("invalid_request", "Two are wrong.", { details })),
    "Two are wrong.\n  `a` is wrong.\n  `b` is wrong.",
  );
  assert.match(
    failureText(new QuicksandError("unauthorized", "No.")),
    /^No\.\n\n {2}Log in with a key that works: qs login$/,
  );
  assert.match(failureText(new Error("unforeseen")), /at .*qs\.test\.mjs/);
});

test("colours are for terminals that want them", () => {
  const shown = (/** @type {{ isTTY?: boolean }} */ stream, environment = {}) =>
    colours(stream, environment).red("x");
  assert.equal(shown({ isTTY: true }), "\x1b[31mx\x1b[39m");
  assert.deepEqual(
    [shown({}), shown({ isTTY: true }, { NO_COLOR: "1" }), shown({ isTTY: true }, { TERM: "dumb" })],
    [...["x", "x", "x"]],
  );
});

test("the package has both names of the command", () => {
  const { bin } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  assert.deepEqual(bin, { qs: "bin/qs.mjs", quicksand: "bin/qs.mjs" });
  assert.equal(statSync(new URL("../qs.mjs", import.meta.url)).mode & 0o111, 0o111);
});
