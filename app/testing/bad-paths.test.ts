import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { GOOD, refusals } from "./refusals";
import { Client, openRoutes } from "./routes";

const routes = await openRoutes();
const { refused, accepted } = refusals(routes, new Client());

afterEach(() => {
  routes.sandbox.specs.length = 0;
});

const BAD_PATHS = [
  ["", /empty/],
  [".", /`\.`/],
  ["..", /`\.\.`/],
  ["../x", /`\.\.`/],
  ["a/../../x", /`\.\.`/],
  ["a/./b", /`\.`/],
  ["/etc/passwd", /absolute/],
  ["//x", /absolute/],
  ["a//b", /empty part/],
  ["a/", /empty part/],
  ["a\\b", /backslash/],
  ["..\\x", /backslash/],
  ["C:\\x", /backslash/],
  ["a\u0000b", /NUL|control/],
  ["a\nb", /control/],
  ["a\u001b[31m", /control/],
  ["a\u007f", /control/],
  ["x".repeat(300), /300 bytes; the limit is 255/],
  ["é".repeat(128), /256 bytes/],
  ["main.py", /clashes with "main\.py"/],
  ["main.py/x", /clashes with "main\.py"/],
] as const;

for (const [path, reason] of BAD_PATHS) {
  test(`files[0].path ${JSON.stringify(path.slice(0, 20))} is refused`, async () => {
    const code = path.length > 100 ? "body_too_large" : "invalid_request";
    const error = await refused({ ...GOOD, files: [{ path, content: "" }] }, code);
    assert.equal(error.details[0]?.path, "files[0].path");
    assert.match(error.message, reason);
  });
}

test("two files that cannot lie side by side are refused, naming the second", async () => {
  for (const [first, second] of [
    ["a", "a"],
    ["a", "a/b"],
    ["a/b", "a"],
    ["a/b/c", "a/b"],
  ]) {
    const files = [
      { path: "other", content: "" },
      { path: first, content: "" },
      { path: second, content: "" },
    ];
    const error = await refused({ ...GOOD, files }, "invalid_request");
    assert.equal(error.details[0]?.path, "files[2].path");
  }
});

test("ordinary paths are accepted", async () => {
  const paths = [
    "util.py",
    "a/b/c.txt",
    "x".repeat(255),
    ".hidden",
    "..a",
    "a..b",
    "Main.py",
    "sub/main.py",
    "ü ber.py",
    "-rf",
    "main.pyc",
  ];
  await accepted({ ...GOOD, files: paths.map((path) => ({ path, content: "" })) });
});
