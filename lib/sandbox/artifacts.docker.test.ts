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

test("links, devices, folders and odd names are not taken, and the run says how many", async () => {
  const ran = await sandbox.run(
    "python",
    `import os
os.symlink("/etc/passwd", "/output/link.txt")
open("/output/real.txt", "w").write("real")
os.link("/output/real.txt", "/output/zhard.txt")
os.mkfifo("/output/pipe")
os.mkdir("/output/folder"); open("/output/folder/inner.txt", "w").write("inner")
open("/output/-rf", "w").write("x"); open("/output/new\\nline", "w").write("x"); open("/output/.hidden", "w").write("x")`,
  );
  assert.equal(ran.status, "success", ran.stderr);
  const names = ran.artifacts.map(({ name }) => name);
  assert.equal(names.length, 1, names.join());
  assert.ok(["real.txt", "zhard.txt"].includes(names[0] ?? ""));
  assert.match(ran.message ?? "", /7 of the files .* were not kept/);
});

test("an output folder turned into a link shows nothing but the sandbox's own image", async () => {
  const ran = await sandbox.run(
    "python",
    'import os\nos.rmdir("/tmp/output"); os.symlink("/etc", "/tmp/output")',
  );
  assert.equal(ran.status, "success", ran.stderr);
  assert.ok(ran.artifacts.every(({ bytes }) => !bytes.toString().includes("root:$")));
});

test("more than ten files, or more than 5 MB, are not taken", async () => {
  const many = await sandbox.run("python", 'for n in range(30): open(f"/output/{n}.txt", "w").write("x")');
  assert.equal(many.artifacts.length, 10);
  const large = await sandbox.run("python", 'open("/output/large.bin", "wb").truncate(40_000_000)');
  assert.equal(large.status, "success");
  assert.equal(large.artifacts.length, 0);
  assert.match(large.message ?? "", /too large/);
});
