import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { anchorsOf, checkDocuments, citationsOf, importTableProblems, linksOf } from "./documents.mjs";

const made = [];
after(() => {
  for (const folder of made) fs.rmSync(folder, { recursive: true, force: true });
});

function tree(files) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-documents-"));
  made.push(root);
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  }
  return root;
}

function problems(files) {
  return checkDocuments(tree(files)).problems;
}

const DECISION = "# 0001 One\n\n## Context\n\n## Decision\n\n## Consequences\n";

test("our own documents have no broken link, no unlisted decision and no wrong import table", () => {
  const { problems, links } = checkDocuments(path.resolve(import.meta.dirname, "../.."));
  assert.deepEqual(problems, []);
  assert.ok(links > 20, `${links} links`);
});

test("a link to a file that is not there is found, with its line", () => {
  assert.deepEqual(problems({ "README.md": "One\n\n[two](docs/two.md) ![three](docs/three.png)\n" }), [
    "README.md:3: there is no docs/two.md",
    "README.md:3: there is no docs/three.png",
  ]);
});

test("a link is followed from its own folder, and to the heading that it names", () => {
  const found = problems({
    "README.md": "[api](docs/api.md#errors) [here](#there)\n\n## There\n",
    "docs/api.md": "## Errors\n\n[up](../README.md#there) [lost](../README.md#nowhere)\n",
  });
  assert.deepEqual(found, ["docs/api.md:3: README.md has no heading #nowhere"]);
});

test("headings have the anchors that GitHub gives them", () => {
  const text = "# A `b.ts` & [c](d)\n## Same\n## Same\n```sh\n# not a heading\n```\n";
  assert.deepEqual([...anchorsOf(text)], ["a-bts--c", "same", "same-1"]);
});

test("what stands in code, and links to the web, are not links", () => {
  assert.deepEqual(linksOf("`[a](b)` [web](https://example.org/x)\n```\n[c](d)\n```\n"), []);
});

test("a decision that is not listed, has no number or lacks a part is found", () => {
  assert.deepEqual(
    problems({
      "README.md": "[list](docs/README.md)",
      "docs/README.md": "- [1](decisions/0001-one.md)\n",
      "docs/decisions/0001-one.md": DECISION,
      "docs/decisions/0002-two.md": "# Two\n\n## Context\n\n## Decision\n",
    }),
    [
      "docs/decisions/0002-two.md: docs/README.md does not list it",
      "docs/decisions/0002-two.md: its title does not begin with 0002",
      'docs/decisions/0002-two.md: it has no part "## Consequences"',
    ],
  );
});

test("two decisions with one number are found", () => {
  const files = {
    "docs/README.md": "- [1](decisions/0001-one.md) [1](decisions/0001-uno.md)\n",
    "docs/decisions/0001-one.md": DECISION,
    "docs/decisions/0001-uno.md": DECISION,
  };
  assert.deepEqual(problems(files), [
    "docs/decisions/0001-one.md: the number 0001 is taken twice",
    "docs/decisions/0001-uno.md: the number 0001 is taken twice",
  ]);
});

test("a comment that cites a page or a decision which is not there is found", () => {
  const found = problems({
    "docs/README.md": "[1](decisions/0001-one.md)",
    "docs/decisions/0001-one.md": DECISION,
    "lib/a.ts":
      "// As docs/README.md says, and ADR 1.\n/** See design.md section 5. */\nconst x = 1; // ADR 7\n",
    "lib/Dockerfile": "# README.md\nRUN x\n",
  });
  assert.deepEqual(found, [
    "lib/Dockerfile:1: cites README.md, which is not in the repository",
    "lib/a.ts:2: cites design.md, which is not in the repository",
    "lib/a.ts:3: cites ADR 0007, which there is not",
  ]);
});

test("a page's name in code, as in a test's own files, is no citation", () => {
  assert.deepEqual(
    citationsOf('const md = "text/markdown"; write("notes.md");\nconst url = "http://x/ADR 9.md";\n'),
    [],
  );
});

test("a README that grows over its length is found", () => {
  assert.match(problems({ "README.md": "word ".repeat(1_201) })[0], /README\.md has 1201 words/);
});

test("a table of imports that says more or less than the rules is found", () => {
  const layers = [
    { name: "app", may: ["ui", "server"] },
    { name: "ui", may: [] },
    { name: "tools", may: "*" },
  ];
  const table = "| layer | files | may import |\n| `app` | `app/` | `ui`, `server` |\n| `ui` | `ui/` | – |\n";
  assert.deepEqual(importTableProblems(table, layers), []);
  assert.deepEqual(importTableProblems(table.replace("`ui`, `server`", "`ui`, `store`"), layers), [
    "docs/architecture.md: app may not import store",
    "docs/architecture.md: app may import server, which the table leaves out",
  ]);
  assert.deepEqual(importTableProblems("| `app` | x | `ui`, `server` |\n| `old` | x | |", layers), [
    "docs/architecture.md: the layer ui is missing from the table of imports",
    "docs/architecture.md: there is no layer old",
  ]);
});

test("CONTRIBUTING.md names every part of `npm test`, in their order", async () => {
  const { PARTS } = await import("../testing/parts.mjs");
  const text = fs.readFileSync(path.resolve(import.meta.dirname, "../../CONTRIBUTING.md"), "utf8");
  const rows = [...text.matchAll(/^\| ((?:`[a-z0-9-]+` ?)+) \|/gm)].flatMap(([, names]) =>
    names.match(/[a-z0-9-]+/g),
  );
  assert.deepEqual(
    rows,
    PARTS.map(({ id }) => id),
  );
});

test("what CONTRIBUTING.md shows of Lua is Lua's folder as it stands", () => {
  const root = path.resolve(import.meta.dirname, "../..");
  const text = fs.readFileSync(path.join(root, "CONTRIBUTING.md"), "utf8");
  const shown = [...text.matchAll(/^ {3}```(?:ts|dockerfile)\n(.*?)^ {3}```$/gms)].map(([, block = ""]) =>
    block.replace(/^ {3}/gm, ""),
  );
  const files = ["Dockerfile", "index.ts", "editor.ts"];
  const folder = path.join(root, "lib/languages/lua");
  assert.deepEqual(
    shown,
    files.map((file) => fs.readFileSync(path.join(folder, file), "utf8")),
  );
});
