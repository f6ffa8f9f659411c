import assert from "node:assert/strict";
import { test } from "node:test";
import { imageArguments } from "./image-arguments.mjs";
import { madeTable } from "./images-made.mjs";
import { SetupProblem } from "./problem.mjs";
import { size, textTable } from "./table.mjs";

function refused(words, message) {
  assert.throws(
    () => imageArguments(words),
    (error) => error instanceof SetupProblem && message.test(error.message) && error.remedy.length > 0,
    words.join(" "),
  );
}

test("without words the images are listed, with words they are made", () => {
  assert.deepEqual(imageArguments([]), { action: "list", which: [] });
  assert.deepEqual(imageArguments(["python", "go"]), { action: "make", which: ["python", "go"] });
  assert.deepEqual(imageArguments(["all"]), { action: "make", which: ["all"] });
});

test("an option says what is done to the languages, wherever it stands", () => {
  for (const words of [
    ["--rebuild", "python"],
    ["python", "--rebuild"],
  ]) {
    assert.deepEqual(imageArguments(words), { action: "rebuild", which: ["python"] });
  }
  assert.deepEqual(imageArguments(["--remove", "lua"]), { action: "remove", which: ["lua"] });
  assert.deepEqual(imageArguments(["--prune"]), { action: "prune", which: [] });
});

test("what cannot be meant is refused, with how it is used", () => {
  refused(["--purge"], /no option --purge/);
  refused(["-x"], /no option -x/);
  refused(["--prune=yes"], /--prune/);
  refused(["--prune", "python"], /--prune takes no languages; it was given python/);
  refused(["--rebuild"], /--rebuild needs to know which/);
  refused(["--remove"], /--remove needs to know which/);
  refused(["--remove", "--rebuild", "python"], /do not go together/);
});

test("sizes are in thousands, with three digits", () => {
  assert.deepEqual([0, 999, 1000, 94_282_444, 999_600_000, 2_608_125_733].map(size), [
    "0 B",
    "999 B",
    "1 kB",
    "94.3 MB",
    "1 GB",
    "2.61 GB",
  ]);
});

test("a table's columns are as wide as their widest cell", () => {
  const rows = [
    ["language", "size"],
    ["C", "1.5 GB"],
  ];
  assert.equal(textTable(rows, [1]), "  language    size\n  C         1.5 GB");
});

test("what was made is told with its time and size, and the totals", () => {
  const made = [
    { name: "Lua", ms: 4210, bytes: 94_282_444 },
    { name: "Go", ms: 61_000, bytes: null },
  ];
  assert.equal(
    madeTable(made, { bytes: 1_500_000_000, ms: 62_000 }),
    `
  language  seconds     size
  Lua           4.2  94.3 MB
  Go           61.0        –

2 images in 62.0 s. All images of ours take 1.5 GB together.`,
  );
  assert.equal(
    madeTable([], { bytes: 1_500_000_000, ms: 20 }),
    "No image was made. All images of ours take 1.5 GB together.",
  );
});
