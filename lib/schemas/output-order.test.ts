import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, MAX_ORDER_PIECES, OrderNotes, type OutputPiece, type OutputStream } from "./output-order";

/** Both texts and their order, as a sandbox that was told the pieces keeps them. */
function split(pieces: readonly OutputPiece[]) {
  const texts = { stdout: "", stderr: "" };
  const notes = new OrderNotes();
  for (const { stream, text } of pieces) {
    texts[stream] += text;
    notes.add(stream, text.length);
  }
  return { ...texts, order: notes.order };
}

/** The same, with pieces of one stream that follow one another made one. */
function joined(pieces: readonly OutputPiece[]): OutputPiece[] {
  const all: OutputPiece[] = [];
  for (const { stream, text } of pieces) {
    const last = all.at(-1);
    if (text === "") continue;
    if (last?.stream === stream) last.text += text;
    else all.push({ stream, text });
  }
  return all;
}

/** The same numbers on each machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function somePieces(next: () => number): OutputPiece[] {
  return Array.from({ length: Math.floor(next() * 30) }, () => ({
    stream: next() < 0.5 ? ("stdout" as const) : ("stderr" as const),
    text: "🙂e\u0301\nx".repeat(2).slice(0, Math.floor(next() * 8)),
  }));
}

test("whatever is written in whatever turns comes back in those turns", () => {
  const next = random(14);
  for (let round = 0; round < 500; round++) {
    const pieces = somePieces(next);
    assert.deepEqual(inOrder(split(pieces)), joined(pieces), JSON.stringify(pieces));
  }
});

test("where the texts alone tell the order, none is kept", () => {
  const out: OutputPiece = { stream: "stdout", text: "o" };
  const err: OutputPiece = { stream: "stderr", text: "e" };
  for (const pieces of [[], [out], [err], [out, out], [out, err], [out, out, err, err]]) {
    assert.equal(split(pieces).order, undefined, JSON.stringify(pieces));
  }
  assert.deepEqual(split([err, out]).order, [0, 1, 1]);
});

test("beyond the most that is kept the rest follows stream by stream, and nothing is lost", () => {
  const streams: OutputStream[] = ["stdout", "stderr"];
  const pieces = Array.from({ length: 3 * MAX_ORDER_PIECES }, (_, index): OutputPiece => {
    return { stream: streams[index % 2] ?? "stdout", text: `${index}\n` };
  });
  const { stdout, stderr, order } = split(pieces);
  assert.equal(order?.length, MAX_ORDER_PIECES);
  const back = inOrder({ stdout, stderr, order });
  assert.deepEqual(back.slice(0, MAX_ORDER_PIECES - 1), pieces.slice(0, MAX_ORDER_PIECES - 1));
  for (const stream of streams) {
    const whole = back.filter((piece) => piece.stream === stream).map(({ text }) => text);
    assert.equal(whole.join(""), stream === "stdout" ? stdout : stderr);
  }
});

test("an order that does not fit its texts loses and repeats nothing", () => {
  for (const order of [[1], [0, 0, 9], [9, 9, 9], [0, 1, 0, 1, 0, 1, 7]]) {
    const text = { stdout: "abc", stderr: "xyz" };
    const back = inOrder({ ...text, order });
    for (const stream of ["stdout", "stderr"] as const) {
      const parts = back.filter((piece) => piece.stream === stream).map((piece) => piece.text);
      assert.equal(parts.join(""), text[stream], JSON.stringify(order));
    }
  }
});
