import assert from "node:assert/strict";
import { test } from "node:test";
import type { TranscriptPart } from "@/lib/client/transcript";
import { seenText } from "./seen-text";
import { groupByStream } from "./stream-groups";
import { TextBuffer } from "./text-buffer";

function groups(...parts: [TranscriptPart["kind"], string][]) {
  const buffer = new TextBuffer();
  for (const [kind, text] of parts) buffer.appendPart({ kind, text });
  const segments = buffer.blocks().flatMap((block) => block.segments);
  return groupByStream(segments).map(({ errors, segments }) => [
    errors,
    segments.map(({ text }) => text).join(""),
  ]);
}

test("lines of standard error stand together between the others", () => {
  assert.deepEqual(groups(["stdout", "1\n"], ["stderr", "2\n3\n"], ["stdout", "4\n"], ["stderr", "5"]), [
    [false, "1\n"],
    [true, "2\n3\n"],
    [false, "4\n"],
    [true, "5"],
  ]);
});

test("empty lines of standard error are its own, colours and typed text keep theirs", () => {
  assert.deepEqual(groups(["stderr", "a\n\n\x1b[31mb\x1b[0m c\n"], ["typed", "t\n"]), [
    [true, "a\n\nb c\n"],
    [false, "t\n"],
  ]);
});

test("a line that both have written is not all standard error, and its part of it is marked", () => {
  const buffer = new TextBuffer();
  buffer.append("Name? ");
  buffer.append("oops\n", "stderr");
  const [group, ...rest] = groupByStream(buffer.blocks().flatMap((block) => block.segments));
  assert.deepEqual(rest, []);
  assert.deepEqual(
    group?.segments.map(({ text, style }) => [text, style?.error ?? false]),
    [
      ["Name? ", false],
      ["oops\n", true],
    ],
  );
});

test("a control sequence or character that one stream has begun is not ended by the other", () => {
  const buffer = new TextBuffer();
  buffer.append("\x1b[3", "stderr");
  buffer.append("out\n");
  buffer.append("1mred\n", "stderr");
  buffer.append("🙂".slice(0, 1));
  buffer.append("e\n", "stderr");
  buffer.append("🙂".slice(1));
  const text = buffer
    .blocks()
    .map((block) => block.text)
    .join("");
  assert.equal(text, "out\nred\ne\n🙂");
});

test("what is copied is what is seen, in its order", () => {
  const parts: TranscriptPart[] = [
    { kind: "stdout", text: "10%\r100%\n" },
    { kind: "stderr", text: "\x1b[31mbad\x1b[0m\n" },
    { kind: "typed", text: "yes\n" },
    { kind: "stdout", text: "end" },
  ];
  assert.equal(seenText(parts), "100%\nbad\nyes\nend");
});

test("text without control characters is copied as it was written, however long its lines are", () => {
  const line = "x".repeat(20_000);
  assert.equal(
    seenText([
      { kind: "stdout", text: `${line}\t\n` },
      { kind: "stderr", text: line },
    ]),
    `${line}\t\n${line}`,
  );
});
