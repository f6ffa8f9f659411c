import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { pack } from "tar-stream";
import { MAX_ARTIFACTS_BYTES } from "../schemas/limits";
import { readArtifactArchive } from "./artifact-archive";

const folder = mkdtempSync(path.join(os.tmpdir(), "quicksand-archive-"));
after(() => rmSync(folder, { recursive: true }));

const LONG = "ü".repeat(127);

/** A folder with a file of every sort, as tar archives it in one of its formats. */
function archiveOf(format: string): Buffer {
  const at = (name: string) => path.join(folder, format, name);
  mkdirSync(at("folder"), { recursive: true });
  for (const name of ["a.txt", LONG, "it's, here – now.txt"]) writeFileSync(at(name), `in ${name}`);
  writeFileSync(Buffer.from(`${at("")}/c\xe9`, "latin1"), "x");
  linkSync(at("a.txt"), at("twin"));
  symlinkSync("a.txt", at("link"));
  return execFileSync("tar", [
    ...["-cf", "-", `--format=${format}`, "-C", path.join(folder, format), "--sort=name"],
    ".",
  ]);
}

const GNU = archiveOf("gnu");
const PAX = archiveOf("pax");

for (const [format, archive] of Object.entries({ gnu: GNU, pax: PAX })) {
  test(`an archive in ${format} format gives its plain files under their names, and names the others once`, async () => {
    const { taken, refused, cut } = await readArtifactArchive(archive);
    assert.deepEqual(
      taken.map(({ name, bytes }) => [name, bytes.toString()]),
      [
        ["a.txt", "in a.txt"],
        ["it's, here – now.txt", "in it's, here – now.txt"],
        ["twin", "in a.txt"],
        [LONG, `in ${LONG}`],
      ],
    );
    assert.deepEqual(
      refused.map(({ name, reason }) => `${name}: ${reason}`),
      // In pax a name is text, so the reader has already lost the byte.
      [
        `${format === "gnu" ? "c\\xe9" : "c\ufffd"}: its name is not UTF-8`,
        "folder: a folder",
        "link: a link",
      ],
    );
    assert.equal(cut, false);
  });
}

test("an archive that breaks off anywhere gives what came before, and says that it does", async () => {
  const whole = await readArtifactArchive(GNU);
  const end = GNU.lastIndexOf("in ") + 512;
  for (let length = 0; length < end - 1_024; length += 97) {
    const read = await readArtifactArchive(GNU.subarray(0, length));
    assert.ok(read.cut || length % 512 === 0, `${length} bytes`);
    for (const [index, { name, bytes }] of read.taken.entries())
      assert.deepEqual([name, bytes], [whole.taken[index]?.name, whole.taken[index]?.bytes]);
  }
});

test("an archive with any of its bytes changed is read to an end", async () => {
  for (let at = 0; at < PAX.length; at += 7) {
    const changed = Buffer.from(PAX);
    changed[at] = (changed[at] ?? 0) ^ 0x55;
    const { taken } = await readArtifactArchive(changed);
    assert.ok(taken.length <= 10);
  }
});

/** An archive with entries that tar itself does not write. */
async function forged(entries: readonly Parameters<ReturnType<typeof pack>["entry"]>[0][]): Promise<Buffer> {
  const tar = pack();
  for (const entry of entries) tar.entry(entry, "");
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

test("names that mean a path, devices, and headers of pax that lie about a size are not taken", async () => {
  const archive = await forged([
    { name: "../up.txt" },
    { name: "/etc/passwd" },
    { name: "device", type: "block-device" },
    { name: "console", type: "character-device" },
    { name: "linked", type: "link", linkname: "/etc/passwd" },
    { name: "nul", pax: { path: "a\0b" } },
    { name: "gpj.\u202efig.exe", pax: { path: "gpj.\u202egnp.exe" } },
    { name: "huge", pax: { size: "99999999999999" } },
  ]);
  const { taken, refused, cut } = await readArtifactArchive(archive);
  assert.deepEqual(taken, []);
  assert.deepEqual(
    refused.map(({ name, reason }) => `${name}: ${reason}`),
    [
      ...["../up.txt: its name means a path", "/etc/passwd: its name means a path"],
      ...["device: not a plain file", "console: not a plain file", "linked: a link"],
      "a\\u0000b: its name has control characters",
      "gpj.\\u202egnp.exe: its name has control characters",
      "huge: a run keeps 5 MB",
    ],
  );
  assert.equal(cut, true);
});

test("the limits are those of all files together", async () => {
  const tar = pack();
  for (const [name, bytes] of [
    ["half", MAX_ARTIFACTS_BYTES / 2],
    ["more", MAX_ARTIFACTS_BYTES / 2 + 1],
    ["rest", MAX_ARTIFACTS_BYTES / 2],
    ["none", 0],
    ["one", 1],
  ] as const)
    tar.entry({ name }, Buffer.alloc(bytes));
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  const { taken, refused } = await readArtifactArchive(Buffer.concat(chunks));
  assert.deepEqual(
    taken.map(({ name }) => name),
    ["half", "rest", "none"],
  );
  assert.deepEqual(
    refused.map(({ name, reason }) => `${name}: ${reason}`),
    ["more: a run keeps 5 MB", "one: a run keeps 5 MB"],
  );
});

test("what is no archive has no files", async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(10_240), Buffer.from("x".repeat(10_000))])
    assert.deepEqual((await readArtifactArchive(bytes)).taken, []);
});
