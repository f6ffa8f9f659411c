import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { test } from "node:test";
import type { Step } from "../cell";
import { SUPERVISOR } from "./supervisor";
import { encodeLine, encodeStep, encodeWord, parseTrailer, trailerMark } from "./supervisor-protocol";

const step: Step = {
  files: [],
  argv: ["true"],
  input: { kind: "none" },
  terminal: null,
  last: true,
  measure: false,
  collect: false,
  cpuSeconds: 12,
  standby: false,
  flushes: false,
  endable: false,
};

test("plain words stay as they are, everything else is octal", () => {
  assert.equal(encodeWord("src/main-1.py:a=b,c@d+e%f_"), "src/main-1.py:a=b,c@d+e%f_");
  assert.equal(encodeWord("a b"), "a\\0040b");
  assert.equal(encodeWord("é\n"), "\\0303\\0251\\0012");
  assert.equal(encodeWord("\\"), "\\0134");
  assert.equal(encodeWord(""), "");
});

test("a shell's printf gives back every word, whatever is in it", () => {
  const everything = Array.from({ length: 127 }, (_, index) => String.fromCharCode(index + 1)).join("");
  for (const word of [
    everything,
    "é€😀",
    "%s%n\\n",
    "-n",
    "1\u00002".replace("\u0000", ""),
    "trailing\n\n",
    "\\0101",
  ]) {
    const out = execFileSync("/bin/sh", ["-c", `printf '%b' "$1"`, "sh", encodeWord(word)]);
    assert.equal(out.toString("utf8"), word);
  }
});

test("a shell's printf gives back every small file, and no other is sent as a line", () => {
  const everything = Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1));
  for (const content of [everything, Buffer.from(" a\n\tb \\n %s \\c é\n\n"), Buffer.from("-n")]) {
    const line = encodeLine(content) ?? "";
    assert.match(line, /^[ -~]+$/);
    assert.deepEqual(execFileSync("/bin/sh", ["-c", `printf '%b' "$1"`, "sh", line]), content);
  }
  for (const content of ["", "a\0b", "x".repeat(1_501), "\n".repeat(400)])
    assert.equal(encodeLine(Buffer.from(content)), null);
});

test("a step is a header, the files, the words and the input, in this order", () => {
  const encoded = encodeStep("f00d", {
    files: [
      { path: "main.py", content: "é" },
      { path: "a b", content: "", executable: true },
    ],
    argv: ["python3", "main.py", "x y"],
    input: { kind: "bytes", bytes: Buffer.from("in\n") },
    terminal: null,
    last: false,
    measure: true,
    collect: true,
    cpuSeconds: 62,
    standby: false,
    flushes: true,
    endable: false,
  });
  assert.equal(
    encoded.toString("utf8"),
    "f00d 0 2 3 3 1 1 62 0 1\nline main.py\n\\0303\\0251\nx0 a\\0040b\npython3\nmain.py\nx\\0040y\nin\n",
  );
  assert.equal(encodeStep("n", step).toString(), "n 1 0 1 none 0 0 12 0 0\ntrue\n");
  assert.equal(
    encodeStep("n", { ...step, input: { kind: "stream" } }).toString(),
    "n 1 0 1 stream 0 0 12 0 0\ntrue\n",
  );
});

test("a trailer says how a step ended", () => {
  assert.deepEqual(parseTrailer("137 1 2500000 100 4096 2 0 1"), {
    exitCode: 137,
    signaled: true,
    cpuMs: 2.5,
    memoryBytes: 4096,
    ownPeak: true,
    oomKills: 2,
    written: true,
  });
  assert.equal(trailerMark("ab").toString("latin1"), "\x1eab ");
});

test("a peak that an earlier step reached is not this step's", () => {
  assert.equal(parseTrailer("0 0 0 9000 9000 0 3 0")?.memoryBytes, 3 * 1024);
  assert.equal(parseTrailer("0 0 0 9000 9500 0 3 0")?.memoryBytes, 9500);
  assert.equal(parseTrailer("0 0 0 9000 9000 0 0 0")?.memoryBytes, 9000);
});

test("what is not a trailer is none", () => {
  for (const line of [
    ...["", "0", "0 0 0 0 0 0 0", "0 0 0 0 0 0 0 0 0"],
    ...["a 0 0 0 0 0 0 0", "0 0 1.5 0 0 0 0 0", "0 0 1e99 0 0 0 0 0", "0 0 0 0 0 0 0 Infinity"],
  ]) {
    assert.equal(parseTrailer(line), null, line);
  }
});

test("the supervisor is a script that a POSIX shell understands", () => {
  assert.equal(spawnSync("/bin/sh", ["-n", "-c", SUPERVISOR], { encoding: "utf8" }).stderr, "");
  assert.doesNotMatch(SUPERVISOR, /\\\$\{|^\s*#|\n\n/m);
});
