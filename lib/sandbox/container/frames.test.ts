import assert from "node:assert/strict";
import { PassThrough, Readable } from "node:stream";
import { test } from "node:test";
import type { Frame } from "../cell";
import { readFrames } from "./frames";

function frame(kind: number, data: Buffer | string): Buffer {
  const body = Buffer.from(data);
  const header = Buffer.from([kind, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

/** The output of a stream that arrives in these pieces, joined by stream. */
async function joined(pieces: Iterable<Buffer>): Promise<Record<Frame["stream"], string>> {
  const out = { stdout: "", stderr: "" };
  for await (const { stream, data } of readFrames(Readable.from(pieces) as never))
    out[stream] += data.toString("latin1");
  return out;
}

const RECORDED = Buffer.concat([
  frame(1, "first\n"),
  frame(2, "problem\n"),
  frame(1, ""),
  frame(1, frame(2, "looks like a frame")),
  frame(2, "\x00\x01\x02"),
]);
const EXPECTED = {
  stdout: `first\n${frame(2, "looks like a frame").toString("latin1")}`,
  stderr: "problem\n\x00\x01\x02",
};

test("a stream cut in two at any place gives the same output", async () => {
  for (let cut = 0; cut <= RECORDED.length; cut++) {
    assert.deepEqual(
      await joined([RECORDED.subarray(0, cut), RECORDED.subarray(cut)]),
      EXPECTED,
      `cut at ${cut}`,
    );
  }
});

test("a stream in pieces of any one size gives the same output", async () => {
  for (let size = 1; size <= 20; size++) {
    const pieces: Buffer[] = [];
    for (let at = 0; at < RECORDED.length; at += size) pieces.push(RECORDED.subarray(at, at + size));
    assert.deepEqual(await joined(pieces), EXPECTED, `pieces of ${size}`);
  }
});

test("pieces of an unfinished frame are handed on as they come", async () => {
  const socket = new PassThrough();
  const frames = readFrames(socket);
  socket.write(frame(1, "0123456789").subarray(0, 12));
  const { value } = await frames.next();
  assert.equal((value as Frame).data.toString(), "0123");
  socket.destroy();
  assert.equal((await frames.next()).done, true);
});

test("a stream that breaks off ends; one that is not Docker's is an error", async () => {
  assert.deepEqual(await joined([frame(1, "whole"), frame(2, "cut short").subarray(0, 11)]), {
    stdout: "whole",
    stderr: "cut",
  });
  assert.deepEqual(await joined([frame(1, "whole").subarray(0, 5)]), { stdout: "", stderr: "" });
  await assert.rejects(joined([frame(7, "what")]), /frame of kind 7; expected 1 or 2/);
});

test("a reset of the connection is an end, any other failure is not", async () => {
  for (const code of ["ECONNRESET", "EPIPE"]) {
    const socket = new PassThrough();
    socket.write(frame(1, "kept"));
    const frames = readFrames(socket);
    assert.equal(((await frames.next()).value as Frame).data.toString(), "kept");
    socket.destroy(Object.assign(new Error("gone"), { code }));
    assert.equal((await frames.next()).done, true);
  }
  const socket = new PassThrough();
  const frames = readFrames(socket);
  socket.destroy(new Error("something else"));
  await assert.rejects(frames.next(), /something else/);
});
