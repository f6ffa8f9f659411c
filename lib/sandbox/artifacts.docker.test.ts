import assert from "node:assert/strict";
import { test } from "node:test";
import { testSandbox } from "./testing/sandbox-fixture";

const sandbox = testSandbox();

const PNG = `import struct, zlib
def png():
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\\0\\xff\\0\\0")) + chunk(b"IEND", b"")
`;

test("files that a program leaves in the output folder come back whole, with their types", async () => {
  const ran = await sandbox.run(
    "python",
    `${PNG}
import os
open(os.environ["OUTPUT_DIR"] + "/plot.png", "wb").write(png())
open("/output/data.csv", "w").write("a,b\\n1,2\\n")
open("/output/all bytes.bin", "wb").write(bytes(range(256)) * 100)
print("done")`,
  );
  assert.equal(ran.status, "success", ran.stderr);
  assert.equal(ran.stdout, "done\n");
  const byName = new Map(ran.artifacts.map((file) => [file.name, file]));
  assert.deepEqual([...byName.keys()].sort(), ["all bytes.bin", "data.csv", "plot.png"]);
  assert.equal(byName.get("plot.png")?.type, "image/png");
  assert.equal(byName.get("data.csv")?.bytes.toString(), "a,b\n1,2\n");
  assert.equal(byName.get("all bytes.bin")?.bytes.length, 25_600);
  assert.equal(ran.message, null);
});

test("a program that fails, and one that is interactive, still give back their files", async () => {
  const failed = await sandbox.run("python", 'open("/output/a.txt", "w").write("x"); raise SystemExit(3)');
  assert.equal(failed.status, "error");
  assert.deepEqual(
    failed.artifacts.map(({ name }) => name),
    ["a.txt"],
  );
  const interactive = await sandbox.run("python", 'open("/output/b.txt", "w").write(input())', {
    stdin: (async function* () {
      yield "typed\n";
    })(),
  });
  assert.deepEqual(
    interactive.artifacts.map(({ bytes }) => bytes.toString()),
    ["typed"],
  );
});

test("files and a folder that their writer made unreadable come back all the same", async () => {
  const ran = await sandbox.run(
    "python",
    `import os
for name in ("a.txt", "-b.txt"):
    open("/output/" + name, "w").write(name)
    os.chmod("/output/" + name, 0)
os.symlink("/etc/shadow", "/output/link")
os.chmod("/output", 0)`,
  );
  assert.equal(ran.status, "success", ran.stderr);
  assert.deepEqual(ran.artifacts.map(({ name, bytes }) => [name, bytes.toString()]).sort(), [
    ["-b.txt", "-b.txt"],
    ["a.txt", "a.txt"],
  ]);
});

/** Names that people use and the file system takes. */
const NAMES = [
  "Umsätze 2026.csv",
  "it's, here – now.txt",
  `${"日本語のとても長い名前".repeat(6)}.txt`,
  "x".repeat(255),
  "-rf",
  ".hidden",
  "..two dots",
  " spaces around ",
  "100%25 & more; <b>.html",
  'quo"ted\\back',
  "🙂.png",
];

test("a file comes back under its own name, whatever the file system takes", async () => {
  for (const names of [NAMES.slice(0, 6), NAMES.slice(6)]) {
    const program =
      "import json, sys\nfor n in json.load(sys.stdin): open('/output/' + n, 'w').write('in ' + n)";
    const ran = await sandbox.run("python", program, { stdin: JSON.stringify(names) });
    assert.equal(ran.status, "success", ran.stderr);
    assert.deepEqual(
      new Map(ran.artifacts.map(({ name, bytes }) => [name, bytes.toString()])),
      new Map([...names].map((name) => [name, `in ${name}`])),
    );
    assert.equal(ran.message, null);
  }
});

test("a file with two names comes back under both", async () => {
  const ran = await sandbox.run("bash", "cd /output; echo once >a.txt; ln a.txt b.txt");
  const found = ran.artifacts.map(({ name, bytes }) => [name, bytes.toString()]).sort();
  assert.deepEqual(found, [
    ["a.txt", "once\n"],
    ["b.txt", "once\n"],
  ]);
});

test("links, devices, folders and names that are no text are not taken; each is named once, with its reason", async () => {
  const ran = await sandbox.run(
    "python",
    `import os
os.symlink("/etc/passwd", "/output/link.txt")
os.symlink("/nowhere", "/output/.0")
open("/output/real.txt", "w").write("real")
os.mkfifo("/output/pipe")
os.mkdir("/output/folder"); open("/output/folder/inner.txt", "w").write("inner")
open("/output/new\\nline", "w").write("x"); open(b"/output/caf\\xe9.txt", "w").write("x")`,
  );
  assert.equal(ran.status, "success", ran.stderr);
  assert.deepEqual(
    ran.artifacts.map(({ name }) => name),
    ["real.txt"],
  );
  const said = ran.message ?? "";
  assert.match(said, /^6 of the files in \$OUTPUT_DIR were not kept: /);
  for (const reason of [
    '"link.txt" (a link)',
    '".0" (a link)',
    '"pipe" (not a plain file)',
    '"folder" (a folder)',
    '"new\\nline" (its name has control characters)',
    '"caf\\xe9.txt" (its name is not UTF-8)',
  ])
    assert.equal(said.split(reason).length, 2, `${reason} in ${said}`);
  assert.doesNotMatch(said, /inner/);
});

test("an output folder turned into a link shows nothing but the sandbox's own image", async () => {
  const ran = await sandbox.run(
    "python",
    'import os\nos.rmdir("/tmp/output"); os.symlink("/etc", "/tmp/output")',
  );
  assert.equal(ran.status, "success", ran.stderr);
  assert.ok(ran.artifacts.every(({ bytes }) => !bytes.toString().includes("root:$")));
});

test("of more than ten files, or more than 5 MB, the smallest are kept and the rest is said", async () => {
  const many = await sandbox.run(
    "python",
    'for n in range(30): open(f"/output/{n}.txt", "w").write("x" * n)',
  );
  assert.deepEqual(
    many.artifacts.map(({ name }) => name).sort(),
    Array.from({ length: 10 }, (_, n) => `${n}.txt`),
  );
  assert.match(many.message ?? "", /^20 of the files .* "10\.txt" \(a run keeps 10 files\), .* and 10 more/);
  const program = `open("/output/plot.txt", "w").write("kept")
for name in ("large", "larger"): open(f"/output/{name}", "wb").truncate(40_000_000 + len(name))`;
  const large = await sandbox.run("python", program);
  assert.deepEqual([large.status, large.artifacts.map(({ name }) => name)], ["success", ["plot.txt"]]);
  assert.match(large.message ?? "", /"large" \(a run keeps 5 MB\), and what is larger/);
});

test("folders full of files, and files without end, delay nothing and hide nothing", async () => {
  const program = `import os
os.mkdir("/output/folder")
for n in range(3000): open(f"/output/folder/{n}", "w").write("x" * 4000)
for n in range(3000): os.symlink("/etc", f"/output/link{n}")
open("/output/small.txt", "w").write("kept")`;
  const ran = await sandbox.run("python", program);
  assert.deepEqual([ran.status, ran.artifacts.map(({ name }) => name)], ["success", ["small.txt"]]);
  assert.match(ran.message ?? "", /^More than 999 of the files in \$OUTPUT_DIR were not kept: /);
});
