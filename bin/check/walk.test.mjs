import assert from "node:assert/strict";
import { test } from "node:test";
import { walkProblems } from "./walk.mjs";

const FILES = ["a", "b", "c", "d", "e", "f"].map((name) => `lib/runs/${name}.ts`);
const exists = (file) => FILES.includes(file);

/** A document whose walk names these files, one a line. */
function documentWith(files, after = "") {
  const steps = files.map((file, index) => `${index + 1}. [\`${file}\`](../${file}) does it.`);
  return `# Architecture\n\n\`lib/gone.ts\` was here.\n\n## The way of a run\n\nFrom \`accept\`:\n\n${steps.join("\n")}\n${after}`;
}

test("a walk of files that are there, each once, passes", () => {
  assert.deepEqual(walkProblems(documentWith(FILES), exists), []);
});

test("a file that the walk names twice is found", () => {
  const problems = walkProblems(documentWith([...FILES, "lib/runs/b.ts"]), exists);
  assert.deepEqual(problems, ["The walk names lib/runs/b.ts 2 times: a reader has to go back"]);
});

test("a file that is not there, or not named from the root, is found", () => {
  const problems = walkProblems(documentWith([...FILES, "lib/runs/gone.ts", "a.ts"]), exists);
  assert.deepEqual(problems, [
    "The walk names lib/runs/gone.ts, which is no file from the root",
    "The walk names a.ts, which is no file from the root",
  ]);
});

test("other sections and pictures may name a file again", () => {
  const picture = "\n```mermaid\nA[`lib/runs/a.ts`] --> B\n```\n";
  assert.deepEqual(
    walkProblems(documentWith(FILES, `${picture}\n## Words\n\n\`lib/runs/a.ts\`\n`), exists),
    [],
  );
});

test("a document without the walk, or with next to none, fails instead of passing", () => {
  assert.match(walkProblems("# Architecture\n", exists)[0], /has no section "## The way of a run"/);
  assert.match(walkProblems(documentWith(FILES.slice(0, 2)), exists)[0], /names 2 file\(s\)/);
});
