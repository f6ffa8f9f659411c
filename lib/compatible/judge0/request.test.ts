import assert from "node:assert/strict";
import { test } from "node:test";
import { strToU8, zipSync } from "fflate";
import { LANGUAGES } from "../../languages";
import type { LanguageInfo } from "../../schemas/language";
import { filesOf, ZipProblem } from "./additional-files";
import { decode64, encode64 } from "./base64";
import { idsOf, judge0Languages, MULTI_FILE_ID } from "./languages";
import { mainScript } from "./multi-file";
import { choicesOf, wordsOf } from "./options";
import { readSubmission } from "./submission-request";
import { comparable } from "./verdict";

/** What these tests need of a language's description. */
const offered = LANGUAGES.map(({ id, name, version, options = [], compile }) => ({
  ...{ id, name, version, options: [...options], compiled: compile !== undefined },
})) as unknown as LanguageInfo[];

const optionsOf = (id: string) => offered.find((language) => language.id === id)?.options ?? [];

const zip = (files: Record<string, string | Uint8Array>) =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [
          name,
          typeof content === "string" ? strToU8(content) : content,
        ]),
      ),
    ),
  ).toString("base64");

function read(body: unknown, base64 = false) {
  const token = "d85cd024-1548-4165-96c7-7bc88673f194";
  return readSubmission(body, { base64, token, offered, callbackProblem: () => null });
}

function requestOf(body: object, base64 = false) {
  const outcome = read(body, base64);
  assert.ok("submission" in outcome, JSON.stringify(outcome));
  return outcome.submission.request;
}

function errorsOf(body: object, base64 = false) {
  const outcome = read(body, base64);
  assert.ok("errors" in outcome);
  return outcome.errors;
}

test("each number is one language's, Judge0's languages have Judge0's numbers, and ours are far from them", () => {
  const ids = judge0Languages(offered).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual([idsOf("python"), idsOf("cpp"), idsOf("sql")], [[71], [54, 52, 53], [82]]);
  for (const { id } of offered) for (const number of idsOf(id)) assert.ok(number < 90 || number >= 1_000, id);
  assert.equal(
    judge0Languages(offered.filter(({ id }) => id !== "bash")).some(({ id }) => id === MULTI_FILE_ID),
    false,
  );
  const names = judge0Languages(offered).map(({ name }) => name);
  assert.deepEqual(
    names,
    names.toSorted((a, b) => a.localeCompare(b, "en")),
  );
});

test("arguments are split as a shell splits them, without what Judge0 takes out of them", () => {
  for (const [text, words] of [
    ["", []],
    ["  a  b\t\nc ", ["a", "b", "c"]],
    [`'a b' "c \\" \\x d" e\\ f ''`, ["a b", 'c " \\x d', "e f", ""]],
    ["a;b && $(rm) `x` > y | z <q", ["ab", "(rm)", "x", "y", "z", "q"]],
    ["'open", ["open"]],
  ] as const) {
    assert.deepEqual(wordsOf(text), words, text);
  }
});

test("compiler options are those that a language has here, and any other is named", () => {
  const cpp = optionsOf("cpp");
  assert.deepEqual(choicesOf("-std=c++20 -O2", cpp), { chosen: { standard: "c++20", optimization: "o2" } });
  assert.deepEqual(choicesOf("-std=gnu++17 -Wextra -Wall", cpp), {
    chosen: { standard: "c++17", warnings: "extra" },
  });
  assert.deepEqual(choicesOf("-Wall -lpthread", cpp), { unknown: "-lpthread" });
  assert.deepEqual(choicesOf("-std=c++98", cpp), { unknown: "-std=gnu++98" });
});

test("only limits that are asked for lower anything, and memory is never less than was asked", () => {
  const plain = { source_code: "1", language_id: 71 };
  assert.deepEqual(requestOf(plain).limits, { timeoutMs: 10_000 });
  const asked = {
    ...plain,
    cpu_time_limit: "0.5",
    wall_time_limit: 2,
    memory_limit: 128_000,
    max_file_size: 1,
  };
  assert.deepEqual(requestOf(asked).limits, {
    ...{ timeoutMs: 2_000, cpuMs: 1_500, memoryBytes: 128 * 1_048_576, outputBytes: 1_024 },
  });
  assert.equal(requestOf({ ...plain, memory_limit: 2_048 }).limits?.memoryBytes, 16 * 1_048_576);
});

test("a form's texts are read as JSON's values are", () => {
  const request = requestOf({
    ...{ source_code: "1", language_id: "71", redirect_stderr_to_stdout: "true" },
    ...{ enable_network: "false", number_of_runs: "2", wall_time_limit: "" },
  });
  const asked = JSON.parse(request.foreign?.asked ?? "");
  assert.deepEqual(
    [asked.redirect_stderr_to_stdout, asked.number_of_runs, asked.wall_time_limit, asked.language_id],
    [true, 2, 10, 71],
  );
});

test("texts in base64 must be UTF-8, and what cannot be carried into a program is refused by its field", () => {
  const bytes = Buffer.from([0xff, 0xfe]).toString("base64");
  assert.deepEqual(
    errorsOf({ source_code: bytes, language_id: 71 }, true).source_code?.[0],
    "must be UTF-8 text here",
  );
  const nul = errorsOf({ source_code: "a\0b", language_id: 71 });
  assert.deepEqual(nul, { source_code: ["contains a NUL character (at offset 1); remove it"] });
  const long = errorsOf({ source_code: "x".repeat(102_401), language_id: 71 });
  assert.deepEqual(long, { source_code: ["is 102,401 bytes; the limit is 102,400 bytes"] });
  const expected = errorsOf({ source_code: "x", language_id: 71, expected_output: "x".repeat(1_048_577) });
  assert.deepEqual(expected, { expected_output: ["is too long (maximum is 1048576 bytes)"] });
});

test("additional files are the texts of a zip, in their folders", () => {
  assert.deepEqual(filesOf(zip({ "lib/": "", "lib/a.py": "A = 'é'\n", "b.txt": "" })), [
    { path: "lib/a.py", content: "A = 'é'\n" },
    { path: "b.txt", content: "" },
  ]);
});

test("nothing is decoded, parsed or kept that is longer than its field may be", () => {
  const plain = { source_code: "MQ==", language_id: 71 };
  const blanks = (count: number) => " ".repeat(count);
  const rows: [string, unknown, string][] = [
    ["source_code", `MQ==${blanks(150_000)}`, "is too long (maximum is 102400 bytes)"],
    ["stdin", `MQ==${blanks(1_500_000)}`, "is too long (maximum is 1048576 bytes)"],
    ["expected_output", `MQ==${blanks(1_500_000)}`, "is too long (maximum is 1048576 bytes)"],
    ["additional_files", zip({ a: "x" }) + blanks(3_000_000), "is too large (maximum is 2097152 bytes)"],
    ["callback_url", `https://a.org/${"x".repeat(2_000)}`, "is too long (maximum is 2000 characters)"],
    ["number_of_runs", `${blanks(200)}1`, "is not a number"],
    ["language_id", `${blanks(200)}71`, "language with id 0 doesn't exist"],
  ];
  for (const [field, value, why] of rows)
    assert.deepEqual(errorsOf({ ...plain, [field]: value }, true), { [field]: [why] }, field);
});

test("options and arguments have at most 512 characters, of which each may be two units", () => {
  const why = ["is too long (maximum is 512 characters)"];
  for (const char of ["x", "\u{1f600}"]) {
    const { args } = requestOf({
      source_code: "1",
      language_id: 71,
      command_line_arguments: char.repeat(512),
    });
    assert.deepEqual(args, [char.repeat(512)]);
    for (const count of [513, 2_000_000]) {
      const long = { command_line_arguments: char.repeat(count), compiler_options: char.repeat(count) };
      const errors = errorsOf({ source_code: "1", language_id: 50, ...long });
      assert.deepEqual(errors, { command_line_arguments: why, compiler_options: why });
    }
  }
});

test("a text in base64 may be as long as its field allows, with line ends", () => {
  const code = "x".repeat(102_400);
  const lines = (encode64(code).match(/.+/g) ?? []).join("\r\n");
  assert.equal(requestOf({ source_code: lines, language_id: 71 }, true).code, code);
});

test("of additional files their base64 alone is kept, and of blank ones nothing", () => {
  const base64 = zip({ a: "x" });
  const kept = (additional_files: string) => {
    const { foreign } = requestOf({ source_code: "1", language_id: 71, additional_files });
    return JSON.parse(foreign?.asked ?? "").additional_files;
  };
  assert.equal(kept(base64.replace(/.{10}/g, "$&\r\n !")), base64);
  assert.equal(kept(" ".repeat(5_000)), null);
});

test("a flag that is no single value counts as not sent", () => {
  for (const sent of [{ toString: "x" }, [["true"]], {}])
    requestOf({ source_code: "1", language_id: 71, enable_network: sent });
  const long = errorsOf({ source_code: "1", language_id: 71, enable_network: "x".repeat(1_000) });
  assert.deepEqual(long, { enable_network: ["enabling network is not allowed"] });
});

test("a zip that leads out of its folder, is none, is not text or is too large is refused", () => {
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`${at}.txt`, "x"]));
  for (const [base64, why] of [
    [zip({ "../up.txt": "x" }), /has a file whose path contains `\.` or `\.\.`/],
    [zip({ "/etc/passwd": "x" }), /has a file whose path is absolute/],
    [zip({ "a\\..\\b": "x" }), /has a file whose path contains a backslash/],
    [Buffer.from("PK not a zip").toString("base64"), /is not a valid zip archive/],
    [zip({ "a.txt": "x" }).slice(0, 40), /is not a valid zip archive/],
    [zip({ "a.bin": Uint8Array.of(0xff, 0) }), /has a file that is not text: a\.bin/],
    [zip(many), /has too many files \(maximum is 20\)/],
    [
      zip({ "a.txt": "x".repeat(1_048_577) }),
      /is too large when extracted here \(maximum is 1048576 bytes\)/,
    ],
    [
      zip({ "a.txt": new Uint8Array(11 << 20) }),
      /is too large when extracted \(maximum is 10240 kilobytes\)/,
    ],
    ["A".repeat(4 << 20), /is too large \(maximum is 2097152 bytes\)/],
  ] as const) {
    assert.throws(
      () => filesOf(base64),
      (error: unknown) => error instanceof ZipProblem && why.test(error.message),
      String(why),
    );
  }
});

test("a zip that hides how large it is is given up as soon as too much has come out", () => {
  const bomb = zipSync({ "a.txt": new Uint8Array(64 << 20) }, { level: 9 });
  // What it says of its size, here and in its directory, is nothing.
  const lie = Buffer.from(bomb);
  for (let at = 0; at + 4 <= lie.length; at++)
    if (lie.readUInt32LE(at) === 64 << 20) lie.writeUInt32LE(1, at);
  assert.throws(() => filesOf(lie.toString("base64")), /is too large when extracted/);
});

test("a zip of too many entries is given up at the first that is too many", () => {
  const entries = (count: number, name: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}${name}`, ""]));
  // What follows is never unpacked.
  const large = { last: new Uint8Array(11 << 20) };
  assert.throws(
    () => filesOf(zip({ ...entries(21, ".txt"), ...large })),
    /has too many files \(maximum is 20\)/,
  );
  assert.throws(
    () => filesOf(zip({ ...entries(1_001, "/"), ...large })),
    /has too many folders \(maximum is 1000\)/,
  );
  assert.equal(filesOf(zip({ ...entries(1_000, "/"), ...entries(20, ".txt") })).length, 20);
});

test("a file that clashes with the program's own is for the server to refuse; two of one name are refused here", () => {
  assert.match(
    errorsOf({ source_code: "1", language_id: 71, additional_files: zip({ a: "x", "a/b": "y" }) })
      .additional_files?.[0] ?? "",
    /clashes with files\[0\]/,
  );
});

test("a multi-file program is run by its own scripts", () => {
  const files = (...names: string[]) => names.map((path) => ({ path, content: "" }));
  assert.equal(mainScript(files("run"), "t"), "exec bash ./run\n");
  assert.match(
    mainScript(files("run.sh", "compile"), "t") ?? "",
    /^if ! bash \.\/compile >[\s\S]*exec bash \.\/run\.sh\n$/,
  );
  assert.equal(mainScript(files("compile"), "t"), null);
  const multi = (rest: object) => ({ language_id: 89, ...rest });
  assert.deepEqual(errorsOf(multi({ additional_files: zip({ compile: "x" }) })), {
    additional_files: ["must have a file called run, which is run by Bash"],
  });
  assert.deepEqual(errorsOf(multi({ additional_files: zip({ run: "x" }), source_code: "x" })), {
    source_code: ["must be blank"],
  });
  const request = requestOf(multi({ additional_files: zip({ run: "echo 1" }), command_line_arguments: "a" }));
  assert.deepEqual([request.language, request.args, request.code], ["bash", [], "exec bash ./run\n"]);
});

test("base64 is Ruby's", () => {
  assert.equal(encode64(""), "");
  assert.equal(encode64("a"), "YQ==\n");
  assert.equal(encode64("a".repeat(45)), `${"YWFh".repeat(15)}\n`);
  assert.equal(encode64("a".repeat(46)), `${"YWFh".repeat(15)}\nYQ==\n`);
  assert.equal(decode64("aM\nOp\n"), "hé");
  assert.equal(decode64("/w=="), null);
});

test("two outputs are compared without white space at the ends, in time that their length alone decides", () => {
  assert.equal(comparable("a \t\r\n\n b\0\n\n"), "a\n\n b");
  assert.equal(comparable(" \n \n"), "");
  assert.equal(comparable(`${" ".repeat(1_000_000)}x`).length, 1_000_001);
});
