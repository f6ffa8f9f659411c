import assert from "node:assert/strict";
import { test } from "node:test";
import { createEventParser, readEvents } from "./events";

const STREAM =
  'id: 1\nevent: stdout\ndata: {"text":"ä"}\n\nid: 2\r\nevent: done\r\ndata: a\r\ndata: b\r\n\r\n';
const EVENTS = [
  { id: "1", name: "stdout", data: '{"text":"ä"}' },
  { id: "2", name: "done", data: "a\nb" },
];

test("events are read whole however the stream is cut", () => {
  for (let size = 1; size <= STREAM.length; size++) {
    const parser = createEventParser();
    const events = [];
    for (let at = 0; at < STREAM.length; at += size) events.push(...parser.push(STREAM.slice(at, at + size)));
    assert.deepEqual(events, EVENTS, `cut every ${size} characters`);
  }
});

test("comments, unknown fields and a byte order mark are passed over", () => {
  const parser = createEventParser();
  assert.deepEqual(parser.push("\uFEFF: keep-alive\n\nretry: 10\nevent: x\ndata\n\n"), [
    { id: "", name: "x", data: "" },
  ]);
});

test("an event without data is not an event, and its name does not stick to the next", () => {
  const parser = createEventParser();
  assert.deepEqual(parser.push("event: stage\n\ndata: 1\n\n"), [{ id: "", name: "message", data: "1" }]);
});

test("an id stays until another one comes", () => {
  const parser = createEventParser();
  const ids = parser.push("id: 7\ndata: a\n\ndata: b\n\nid: 8\ndata: c\n\n").map((event) => event.id);
  assert.deepEqual(ids, ["7", "7", "8"]);
});

test("only one space after the colon is taken away", () => {
  assert.equal(createEventParser().push("data:  x\n\n")[0]?.data, " x");
});

test("a character whose bytes come in two chunks is not broken", async () => {
  const bytes = new TextEncoder().encode("data: 🏜\n\n");
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const data = [];
  for await (const event of readEvents(body)) data.push(event.data);
  assert.deepEqual(data, ["🏜"]);
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
