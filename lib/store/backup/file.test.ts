import assert from "node:assert/strict";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { AppError } from "../../errors";
import { readBackup, verifyBackup, writeBackup } from "./file";
import { type BackupRecord, decodeRecord, encodeRecord } from "./records";
import { FIRST_LINE, HEADER, made } from "./testing/made";

const SECRET: BackupRecord = { kind: "secret", secret: "a\n\0\u2028 \ud800" };
const FILE: BackupRecord = {
  ...{ kind: "artifact", run: "r", name: "n", type: "t" },
  // A view into a larger buffer, whose other bytes are nobody's business.
  bytes: new Uint8Array(Buffer.from("before after").buffer, 0, 0),
};

async function written(records: readonly BackupRecord[]): Promise<Buffer> {
  const out = new PassThrough();
  const [all] = await Promise.all([buffer(out), writeBackup(out, HEADER, Readable.from(records))]);
  return all;
}

async function read(bytes: Buffer): Promise<BackupRecord[]> {
  const found: BackupRecord[] = [];
  for await (const record of readBackup(Readable.from([bytes]))) found.push(record);
  return found;
}

const refused = (bytes: Buffer, words: RegExp) =>
  assert.rejects(verifyBackup(Readable.from([bytes])), (error) => {
    assert.ok(error instanceof AppError && error.code === "invalid_request", String(error));
    assert.match(error.message, words);
    return true;
  });

test("what is written is read again, whatever is in it, and counted", async () => {
  const bytes = Buffer.from("x before after").subarray(2, 8);
  const all = await written([SECRET, FILE, { ...FILE, name: "view", bytes }]);
  const [secret, empty, view] = await read(all);
  assert.deepEqual(secret, SECRET);
  assert.deepEqual(empty, { ...FILE, bytes: Buffer.alloc(0) });
  assert.deepEqual(view, { ...FILE, name: "view", bytes: Buffer.from("before") });
  const { header, records } = await verifyBackup(Readable.from(all));
  assert.deepEqual([header, records], [HEADER, { secret: 1, artifact: 2 }]);
});

test("a later format is refused with what to do; what a later version adds to a header is not", async () => {
  await refused(
    made({ ...FIRST_LINE, format: 2, version: "9.0.0" }),
    /format 2, written by Quicksand 9\.0\.0; .*reads up to 1\. Update/,
  );
  await verifyBackup(Readable.from([made({ ...FIRST_LINE, added: true })]));
});

test("an end that does not fit, is missing, or is not the end is told apart", async () => {
  const whole = gunzipSync(await written([SECRET])).toString();
  const lines = whole.trimEnd().split("\n");
  await refused(gzipSync(whole.replace("secret", "secrEt")), /SHA-256/);
  await refused(gzipSync(`${lines.slice(0, -1).join("\n")}\n`), /its end is missing/);
  await refused(gzipSync(whole.trimEnd()), /cut short/);
  await refused(gzipSync(`${whole}${lines[1]}\n`), /something follows its end/);
  await refused(gzipSync("[1]\n"), /no backup of Quicksand/);
  await refused(gzipSync(""), /its end is missing/);
  await refused(Buffer.from(whole), /no backup of Quicksand/);
});

test("a record that no version writes is refused, and a year beyond 9999 is a date", async () => {
  const unread = /a record that this Quicksand cannot read/;
  for (const record of [
    { kind: "of later" },
    { kind: "count", key: "k", points: "many", expiresAt: "never" },
  ]) {
    const bytes = made(FIRST_LINE, record);
    await refused(bytes, unread);
    await assert.rejects(read(bytes), unread);
  }
  const count: BackupRecord = { kind: "count", key: "k", points: 1, expiresAt: new Date(8.6e15) };
  assert.deepEqual(decodeRecord(encodeRecord(count)), count);
  assert.throws(() => decodeRecord('{"kind":"count","key":"k","points":1,"expiresAt":"never"}'));
});
