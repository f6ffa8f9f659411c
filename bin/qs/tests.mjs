// @ts-check
import path from "node:path";
import { createClient } from "../../lib/client/node/index.mjs";
import { pairTests } from "../../lib/client/test-pairs.mjs";
import { SetupProblem } from "../setup/problem.mjs";
import { textOf, textsOf } from "./arguments.mjs";
import { colours } from "./colours.mjs";
import { settings } from "./config.mjs";
import { filesOf, readTexts } from "./files.mjs";
import { createNotes } from "./notes.mjs";
import { requestOf, startByName } from "./request.mjs";
import { exitCodeOf } from "./verdict.mjs";

/** @import { RunRequestInput, RunResult } from "../../lib/client/node/types" */
/** @import { Asked } from "./arguments.mjs" */

/** @typedef {NonNullable<RunRequestInput["tests"]>[number]} Test */
/** @typedef {RunResult["tests"][number]} TestResult */

/** Of a line that is not what was expected. */
const SHOWN_CHARS = 70;

/** How a run ends before its test cases, or in the midst of them. */
const WITHOUT_ROWS = new Set(["compile_error", "cancelled", "system_error"]);

/** `qs test`. @param {Asked} asked @returns {Promise<number>} 0 when all passed, 1 when one did not */
export async function testCommand(asked) {
  const { values, paths } = asked;
  const [program, ...sources] = paths;
  if (program === undefined || sources.length === 0) {
    throw new SetupProblem("Which program, and which test cases? qs test solve.py cases/");
  }
  const { tests, problems } = readCases(sources, compareOf(textOf(values, "compare")));
  const notes = createNotes(process.stderr);
  for (const problem of problems) notes.say(problem);
  if (tests.length === 0) {
    throw new SetupProblem(`There are no test cases in ${sources.join(", ")}.`, {
      remedy: ["A test case is a pair of files: 1.in with the input, 1.out with what is to be printed."],
    });
  }
  const client = createClient(settings({ server: textOf(values, "server"), environment: process.env }));
  const readStdin = () => Promise.reject(new SetupProblem("qs test reads no program from standard input."));
  const own = [program, ...textsOf(values, "file")];
  const request = { ...(await requestOf(client, asked, { paths: own, readStdin, say: notes.say })), tests };
  const run = await startByName(request, async (named) => {
    const started = client.run(named);
    await started.id;
    return started;
  });
  for (const name of ["SIGINT", "SIGTERM"])
    process.on(name, () => void run.cancel().catch(() => process.exit(130)));

  const json = values.json === true;
  const rows = testRows(tests, process.stdout);
  for await (const event of run) {
    if (event.type === "queued" || event.type === "preparing") notes.progress(event);
    else notes.clear();
    if (event.type === "test" && !json) process.stdout.write(rows.row(event.index, event.result));
  }
  const result = await run.result;
  if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    process.stderr.write(compileText(result));
    process.stdout.write(rows.rest(result.tests));
    // Of test cases it says what the rows say.
    if (result.message !== null && WITHOUT_ROWS.has(result.status)) notes.say(result.message);
    process.stdout.write(`${summary(result.tests)}\n`);
  }
  if (result.status === "cancelled" || result.status === "system_error") return exitCodeOf(result);
  return result.tests.length > 0 && result.tests.every(({ status }) => status === "passed") ? 0 : 1;
}

/**
 * Test cases of files and folders.
 * @param {readonly string[]} sources
 * @param {Test["compare"]} compare
 * @returns {{ tests: Test[], problems: string[] }}
 */
export function readCases(sources, compare) {
  /** @type {string[]} */
  const leftOut = [];
  const files = readTexts(sources.flatMap((source) => filesOf(source, (message) => leftOut.push(message))));
  const json = files.filter(({ path: file }) => path.extname(file).toLowerCase() === ".json");
  const { pairs, problems } = pairTests(files.filter((file) => !json.includes(file)));
  const listed = json.flatMap(({ path: file, text }) => ofJson(file, text));
  const how = compare === undefined ? {} : { compare };
  return {
    tests: [...listed.map((test) => ({ ...test, ...how })), ...pairs.map((pair) => ({ ...pair, ...how }))],
    problems: [...leftOut, ...problems],
  };
}

/** @param {string} file @param {string} text @returns {Test[]} */
function ofJson(file, text) {
  try {
    const value = JSON.parse(text);
    const tests = Array.isArray(value) ? value : value.tests;
    if (Array.isArray(tests)) return tests;
  } catch {
    // It is said below what is needed.
  }
  throw new SetupProblem(`${file} holds no tests: it needs [{ "stdin": "1\\n", "expected": "1\\n" }].`);
}

/** @param {string | undefined} text @returns {Test["compare"]} */
export function compareOf(text) {
  if (text === undefined || text === "exact" || text === "trimmed") return text;
  const tolerance = Number(text.replace(/^tolerance=/, ""));
  if (text !== "" && Number.isFinite(tolerance) && tolerance >= 0) return { tolerance };
  throw new SetupProblem(
    `Expected \`--compare\` to be exact, trimmed or a number such as 1e-6, got \`${text}\`.`,
  );
}

const WORDS = /** @type {const} */ ({
  passed: "passed",
  failed: "wrong answer",
  error: "error",
  timeout: "time-out",
  memory_limit: "out of memory",
  output_limit: "too much output",
  skipped: "skipped",
});

/** @param {readonly Test[]} tests @param {{ isTTY?: boolean }} stream */
export function testRows(tests, stream) {
  const { red, green, yellow, dim } = colours(stream);
  const names = tests.map(({ name }, at) => name || `Test ${at + 1}`);
  const width = Math.max(...names.map((name) => name.length));
  const wordWidth = Math.max(...Object.values(WORDS).map((word) => word.length));
  /** @type {Set<number>} */
  const told = new Set();

  /** @param {number} at @param {TestResult} result */
  function row(at, { status, durationMs, actual, stderr, exitCode }) {
    told.add(at);
    const colour = status === "passed" ? green : status === "skipped" ? yellow : red;
    const word = colour(WORDS[status].padEnd(wordWidth));
    const time = status === "skipped" ? "" : `${Math.round(durationMs)} ms`.padStart(9);
    const lines = [`  ${(names[at] ?? "").padEnd(width)}  ${word}${time}`.trimEnd()];
    if (status === "failed")
      lines.push(...difference(tests[at]?.expected ?? "", actual).map((line) => dim(`    ${line}`)));
    if (status === "error") {
      const last = stderr?.trimEnd().split("\n").at(-1) ?? "";
      lines.push(dim(`    exit code ${exitCode ?? "unknown"}${last === "" ? "" : `: ${shortened(last)}`}`));
    }
    return `${lines.join("\n")}\n`;
  }
  return {
    row,
    /** The rows of those that no event told of. @param {readonly TestResult[]} results */
    rest: (results) => results.map((result, at) => (told.has(at) ? "" : row(at, result))).join(""),
  };
}

/** The first line that is another. @param {string} expected @param {string} actual @returns {string[]} */
function difference(expected, actual) {
  const [wanted, got] = [expected.split("\n"), actual.split("\n")];
  let at = wanted.findIndex((line, index) => line.trimEnd() !== got[index]?.trimEnd());
  if (at < 0) at = Math.min(wanted.length, got.length - 1);
  const shown = (/** @type {string | undefined} */ line) =>
    line === undefined ? "nothing" : shortened(JSON.stringify(line));
  return [
    `line ${at + 1}: expected ${shown(wanted[at])}`,
    `${" ".repeat(`line ${at + 1}`.length)}       got ${shown(got[at])}`,
  ];
}

/** @param {string} text */
function shortened(text) {
  const characters = [...text];
  return characters.length <= SHOWN_CHARS ? text : `${characters.slice(0, SHOWN_CHARS).join("")}…`;
}

/** @param {RunResult} result */
function compileText({ status, compile }) {
  return status === "compile_error" && compile ? `${compile.stdout}${compile.stderr}` : "";
}

/** @param {readonly TestResult[]} results */
function summary(results) {
  const passed = results.filter(({ status }) => status === "passed").length;
  return `${passed} of ${results.length} passed`;
}
