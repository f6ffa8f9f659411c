import assert from "node:assert/strict";
import { test } from "node:test";
import { readEvents } from "./events";

const STREAM =
  '\uFEFF: keep-alive\n\nid: 1\nevent: stdout\ndata: {"text":"ä🏜"}\n\nid: 2\r\nevent: done\r\ndata: a\r\ndata: b\r\n\r\ndata: cut off';
const EVENTS = [
  { id: "1", event: "stdout", data: '{"text":"ä🏜"}' },
  { id: "2", event: "done", data: "a\nb" },
];

function bodyOf(bytes: Uint8Array, chunkBytes: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        controller.enqueue(bytes.slice(at, at + chunkBytes));
      }
      controller.close();
    },
  });
}

test("events are read whole however the stream is cut, also within a character", async () => {
  const bytes = new TextEncoder().encode(STREAM);
  for (let size = 1; size <= bytes.length; size++) {
    const events = [];
    for await (const event of readEvents(bodyOf(bytes, size))) events.push(event);
    assert.deepEqual(events, EVENTS, `cut every ${size} bytes`);
  }
});

test("leaving early cancels the body", async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("data: 1\n\ndata: 2\n\n")),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const _ of readEvents(body)) break;
  assert.equal(cancelled, true);
});
