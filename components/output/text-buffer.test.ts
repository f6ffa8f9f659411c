import assert from "node:assert/strict";
import { test } from "node:test";
import { TextBuffer } from "./text-buffer";

function buffer(...chunks: string[]): TextBuffer {
  const made = new TextBuffer();
  for (const chunk of chunks) made.append(chunk);
  return made;
}

function plain(...chunks: string[]): string {
  return buffer(...chunks)
    .blocks()
    .map((block) => block.text)
    .join("");
}

function looks(...chunks: string[]) {
  return buffer(...chunks)
    .blocks()
    .flatMap((block) =>
      block.segments.map(({ text, style }) => [text, style?.color, style?.background, style?.classes]),
    );
}

test("colours and decorations become looks, and end where they are reset", () => {
  assert.deepEqual(looks("a\x1b[31mb\x1b[1;4mc\x1b[0md"), [
    ["a", undefined, undefined, undefined],
    ["b", "var(--ansi-red)", null, ""],
    ["c", "var(--ansi-red)", null, "ansi-bold ansi-underline"],
    ["d", undefined, undefined, undefined],
  ]);
  assert.deepEqual(looks("\x1b[38;5;208mx")[0], ["x", "rgb(255 135 0)", null, ""]);
  assert.deepEqual(looks("\x1b[38;2;1;2;3mx")[0], ["x", "rgb(1 2 3)", null, ""]);
  assert.deepEqual(looks("\x1b[38:2::1:2:3mx")[0], ["x", "rgb(1 2 3)", null, ""]);
  assert.deepEqual(looks("\x1b[92mx")[0], ["x", "var(--ansi-bright-green)", null, ""]);
});

test("text on one of the theme's colours is drawn in a colour that can be read on it", () => {
  assert.deepEqual(looks("\x1b[37;41mx")[0], ["x", "var(--surface)", "var(--ansi-red)", ""]);
  assert.deepEqual(looks("\x1b[7mx")[0], ["x", "var(--surface)", "var(--ink)", ""]);
  assert.deepEqual(looks("\x1b[48;2;255;255;0mx")[0], ["x", "#000", "rgb(255 255 0)", ""]);
});

test("hidden text is shown", () => {
  assert.deepEqual(looks("\x1b[8msecret")[0], ["secret", null, null, ""]);
});

test("links, titles, the clipboard, cursor moves and questions to the terminal leave only their text", () => {
  assert.equal(plain("\x1b]8;;https://evil.example\x07click\x1b]8;;\x07!"), "click!");
  assert.equal(plain("\x1b]0;title\x1b\\a"), "a");
  assert.equal(plain("\x1b]52;c;aGk=\x07a"), "a");
  assert.equal(plain("\x1b[2J\x1b[H\x1b[10;20Ha\x1b[6n\x1b[?25l\x1b[?1049hb"), "ab");
  assert.equal(plain("\x1bP1$r\x1b\\a\x1b_x\x1b\\b\x1b(Bc\x1b=d\x1bce"), "abcde");
  assert.equal(plain("\x9b31ma\x9d0;t\x9cb\x00c\x07\x7fd"), "abcd");
});

test("markup is only text", () => {
  const html = '<img src=x onerror="alert(1)"><script>1</script>&amp;';
  assert.equal(plain(html), html);
});

test("an unfinished title does not swallow the lines after it", () => {
  assert.equal(plain("\x1b]0;never ends\nnext\n"), "\nnext\n");
  assert.equal(plain("\x1b]0;", "x".repeat(5000), "\nnext"), "\nnext");
});

test("sequences cut anywhere read as if they were whole", () => {
  const text = "a\x1b[1;31mred\x1b[0m\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ 50%\r\x1b[K100%\r\nend";
  const whole = looks(text);
  for (let size = 1; size < text.length; size++) {
    const chunks = [];
    for (let at = 0; at < text.length; at += size) chunks.push(text.slice(at, at + size));
    assert.deepEqual(looks(...chunks), whole, `cut every ${size}`);
  }
});

test("a carriage return starts the line over, as progress bars want it", () => {
  assert.equal(plain("10%\r50%\r100%\n"), "100%\n");
  assert.equal(plain("abcdef\rXY"), "XYcdef");
  assert.equal(plain("abcdef\r\x1b[KXY"), "XY");
  assert.equal(plain("a\r\nb\r\n"), "a\nb\n");
  assert.equal(plain("abc\b\bX"), "aXc");
  assert.equal(plain("abc\x1b[2K\rX\x1b[1Gy"), "y  ");
});

test("the colour of what is written over goes with it", () => {
  assert.deepEqual(
    looks("\x1b[31mabc\x1b[0m\rX").map(([text, color]) => [text, color]),
    [
      ["X", undefined],
      ["bc", "var(--ansi-red)"],
    ],
  );
});

test("a wide character takes two cells, and overwriting one half of it blanks the other", () => {
  assert.equal(plain("🙂🙂🙂\r8🚀"), "8🚀 🙂");
  assert.equal(plain("🙂🙂🙂\rab"), "ab🙂🙂");
  assert.equal(plain("日本語\rxyz"), "xyz 語");
  assert.equal(plain("ｗｉｄｅ\r1"), "1 ｉｄｅ");
  assert.equal(plain("abcdef\r🚀"), "🚀cdef");
  assert.equal(plain("🙂\bX"), " X");
  assert.equal(plain("🙂🙂\x1b[2G!"), " !🙂");
  assert.equal(plain("🙂🙂\b\x1b[K|"), "🙂 |");
});

test("what is drawn as one character is overwritten as one", () => {
  for (const one of ["👩‍💻", "🇩🇪", "👍🏽", "❤️", "1️⃣", "👨‍👩‍👧‍👦"]) {
    assert.equal(plain(`${one}!\rab`), "ab!", one);
    assert.equal(plain(`${one}!\ra`), "a !", one);
  }
  assert.equal(plain("e\u0301t\u0303x\rab"), "abx");
  assert.equal(plain("नमस्ते\rab"), "abस्ते");
  assert.equal(plain("x\u200by\rab"), "ab");
});

test("a tab keeps its columns when something before or in it is overwritten", () => {
  assert.equal(plain("abc\tdef\rX"), "Xbc\tdef");
  assert.equal(plain("abc\tdef\r12345"), "12345   def");
  assert.equal(plain("a\tb\b\bX"), "a      Xb");
});

test("progress bars of other than Latin letters are drawn over in place", () => {
  assert.equal(plain("⠋ 日本\r⠙ 日本\r✓ done\n"), "✓ done\n");
  assert.equal(plain("\x1b[32m██░░\x1b[0m 50%\r\x1b[32m███\x1b[0m"), "███░ 50%");
});

test("a character that is cut between two chunks stays one", () => {
  const text = "🙂👩‍💻e\u0301🇩🇪\r👩‍💻e\u0301🇫🇷\b\b🚀";
  const whole = plain(text);
  assert.equal(whole, "👩‍💻e\u0301🚀🇩🇪");
  for (let size = 1; size < text.length; size++) {
    const chunks = [];
    for (let at = 0; at < text.length; at += size) chunks.push(text.slice(at, at + size));
    assert.equal(plain(...chunks), whole, `cut every ${size}`);
  }
});

test("erasing takes whole characters", () => {
  assert.equal(plain("🙂🙂🙂\x1b[4G\x1b[K"), "🙂 ");
  assert.equal(plain("🙂🙂🙂\x1b[3G\x1b[1K"), "    🙂");
});

test("a line that is cut is cut between characters", () => {
  for (const one of ["🙂", "👩‍💻", "e\u0301"]) {
    const text = plain(`x${one.repeat(10_000)}`);
    assert.equal(text.replaceAll("\n", "") === `x${one.repeat(10_000)}`, true, `${one} is lost`);
    const broken = text.split("\n").filter((line) => line.replace(/^x/, "").replaceAll(one, "") !== "");
    assert.deepEqual(broken.length, 0, `${one} is cut`);
  }
});

test("what was typed is told apart and keeps the dialogue's lines", () => {
  const dialogue = buffer("Name? ");
  dialogue.appendTyped("Ada\x1b[31m\n");
  dialogue.append("Hi\n");
  assert.deepEqual(
    dialogue.blocks()[0]?.segments.map(({ text, style }) => [text, style?.classes]),
    [
      ["Name? ", undefined],
      ["Ada[31m\n", "ansi-typed"],
      ["Hi\n", undefined],
    ],
  );
});

test("blocks that are full never change again", () => {
  const text = buffer("line\n".repeat(450));
  const before = text.blocks();
  text.append("more\n");
  const after = text.blocks();
  assert.deepEqual(
    after.map((block) => block.lines),
    [200, 200, 51],
  );
  assert.equal(after[0], before[0]);
  assert.equal(after[1], before[1]);
});

test("a line without end is cut, and nothing of it is lost", () => {
  const text = plain("x".repeat(20_000));
  assert.equal(text.replaceAll("\n", "").length, 20_000);
  assert.ok(text.split("\n").every((line) => line.length <= 8192));
});

test("a megabyte of the worst kind is read in time", () => {
  const cases = {
    newlines: "\n".repeat(1_000_000),
    colours: "\x1b[1m\x1b[31mx".repeat(100_000),
    overwriting: "ab\r".repeat(333_000),
    backspaces: `${"x".repeat(8000)}${"\b y".repeat(300_000)}`,
    oneLine: "x".repeat(1_000_000),
    emojiOverwritten: "🙂👩‍💻\r".repeat(120_000),
    emojiBackspaces: `${"🙂".repeat(4000)}${"\b🚀".repeat(300_000)}`,
    marks: `a${"\u0301".repeat(1_000_000)}`,
    marksOverwriting: `ab\ra${"\u0301".repeat(1_000_000)}`,
    manyLooks: Array.from({ length: 60_000 }, (_, at) => `\x1b[38;5;${at % 256}mx`).join(""),
  };
  for (const [name, text] of Object.entries(cases)) {
    const before = process.cpuUsage();
    buffer(text).blocks();
    // Processor time: whatever else the machine does, only work that grows with the square of the length takes so much.
    const usedMs = process.cpuUsage(before).user / 1000;
    assert.ok(usedMs < 10_000, `${name} used ${Math.round(usedMs)} ms`);
  }
});
