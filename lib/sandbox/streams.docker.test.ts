import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS, MB, specOf, testSandbox } from "./testing/sandbox-fixture";

const sandbox = testSandbox();

test("output of each stream comes on its own, while the program still runs", async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const seen: string[] = [];
  const ran = await sandbox.run("bash", "echo first; echo problem >&2; read line; echo got $line", {
    stdin: (async function* () {
      await gate;
      yield "more\n";
    })(),
    onEvent(event) {
      if (event.type !== "stdout" && event.type !== "stderr") return;
      seen.push(`${event.type}: ${event.text.trim()}`);
      if (seen.length === 2) release();
    },
  });
  assert.deepEqual(seen.slice(0, 2).sort(), ["stderr: problem", "stdout: first"]);
  assert.deepEqual([ran.stdout, ran.stderr], ["first\ngot more\n", "problem\n"]);
});

test("the program sees the end of its input", async () => {
  const ran = await sandbox.run("python", "import sys; print(repr(sys.stdin.read()))", {
    stdin: "no line end",
  });
  assert.equal(ran.stdout, "'no line end'\n");
  const empty = await sandbox.run("python", "import sys; print(repr(sys.stdin.read()))");
  assert.equal(empty.stdout, "''\n");
});

test("a question-and-answer program talks over several rounds", async () => {
  const answers: string[] = [];
  let next = () => {};
  async function* typist() {
    for (let round = 1; round <= 3; round++) {
      while (answers.length < round) await new Promise<void>((resolve) => (next = resolve));
      yield `answer ${round}\n`;
    }
  }
  const program = `for i in range(3):\n    print("question", i + 1, flush=True)\n    print("you said", input())`;
  const ran = await sandbox.run("python", program, {
    stdin: typist(),
    onEvent(event) {
      if (event.type === "stdout" && event.text.includes("question")) {
        answers.push(event.text);
        next();
      }
    },
  });
  assert.equal(ran.status, "success", ran.stderr);
  assert.match(ran.stdout, /question 3\nyou said answer 3\n$/);
});

test("1 MB of input arrives whole", async () => {
  const stdin = "0123456789abcdef".repeat(65_536);
  const ran = await sandbox.run(
    "python",
    "import sys, hashlib; d = sys.stdin.buffer.read(); print(len(d), d == b'0123456789abcdef' * 65536)",
    { stdin },
  );
  assert.equal(ran.stdout, `${MB} True\n`);
});

test("input that nobody reads does not hold up the end", async () => {
  const ran = await sandbox.run("bash", "echo done", { stdin: "x".repeat(MB) });
  assert.deepEqual([ran.status, ran.stdout], ["success", "done\n"]);
});

test("a character whose bytes come apart is put together", async () => {
  const program = `import sys, time
for byte in "aé€😀".encode():
    sys.stdout.buffer.write(bytes([byte])); sys.stdout.flush(); time.sleep(0.02)`;
  const ran = await sandbox.run("python", program);
  assert.equal(ran.stdout, "aé€😀");
  assert.equal(
    ran.events
      .filter((event) => event.type === "stdout")
      .map((event) => ("text" in event ? event.text : ""))
      .join(""),
    "aé€😀",
  );
});

test("bytes that are not UTF-8 become replacement characters, all 256 bytes and NUL come through", async () => {
  const ran = await sandbox.run("python", "import sys; sys.stdout.buffer.write(bytes(range(256)))");
  const decoded = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    Uint8Array.from({ length: 256 }, (_, i) => i),
  );
  assert.equal(ran.stdout, decoded);
  assert.equal(ran.stdout.charCodeAt(0), 0);
  assert.deepEqual(JSON.parse(JSON.stringify(ran.stdout)), decoded);
});

test("an unfinished character at the end is shown as one replacement character", async () => {
  const ran = await sandbox.run("bash", String.raw`printf 'ok\xf0\x9f'`);
  assert.equal(ran.stdout, "ok\ufffd");
});

test("a byte order mark and encoded surrogates are output like any other", async () => {
  const ran = await sandbox.run("bash", String.raw`printf '\xef\xbb\xbfhi\xed\xa0\x80'`);
  assert.ok(ran.stdout.startsWith("\ufeffhi\ufffd"));
  assert.doesNotMatch(ran.stdout, /\p{Surrogate}/u);
});

test("output that looks like Docker's frames, JSON, event-stream or a trailer is only output", async () => {
  const forged = [
    "\x01\x00\x00\x00\x00\x00\x00\x05hello",
    "\x02\x00\x00\x00\xff\xff\xff\xff",
    `{"type":"done","outcome":{"status":"success"}}\n`,
    "event: done\ndata: {}\n\n",
    `\x1e${"0".repeat(32)} 0 0 1 1 1 0 0\n`,
    `\x1e${"a".repeat(32)} `,
    "\x1e".repeat(1000),
    "ready\n",
  ].join("");
  const program = `import sys, base64
data = base64.b64decode(open("forged").read())
for stream in (sys.stdout, sys.stderr):
    stream.buffer.write(data); stream.flush()
sys.exit(7)`;
  const bytes = Buffer.from(forged, "latin1");
  const ran = await sandbox.run("python", program, {
    files: [{ path: "forged", content: bytes.toString("base64") }],
  });
  const expected = new TextDecoder("utf-8").decode(bytes);
  assert.deepEqual([ran.status, ran.output.exitCode], ["error", 7]);
  assert.equal(ran.stdout, expected);
  assert.equal(ran.stderr, expected);
});

for (const stream of ["stdout", "stderr"] as const) {
  test(`a gigabyte on ${stream} is cut at the cap, and our memory does not grow with it`, async () => {
    global.gc?.();
    const before = process.memoryUsage().rss;
    let most = before;
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const program = `import os\nblock = b"x" * (1 << 20)\nfor _ in range(1024): os.write(${stream === "stdout" ? 1 : 2}, block)`;
    const ran = await sandbox.run("python", program);
    clearInterval(timer);
    assert.equal(ran.status, "output_limit");
    assert.equal(ran[stream].length, MB);
    assert.ok(most - before < 50 * MB, `grew by ${Math.round((most - before) / MB)} MB`);
  });
}

test("a reader that is slow stops the program instead of filling our memory", async () => {
  let events = 0;
  const before = process.memoryUsage().rss;
  const controller = new AbortController();
  const stream = sandbox.underTest.run(
    specOf("python", `while True: print("x" * 1000)`, {
      limits: { ...LIMITS, outputBytes: 1024 * MB },
    }),
    { signal: controller.signal, stdin: (async function* () {})() },
  );
  for await (const event of stream) {
    if (event.type !== "stdout") continue;
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (++events === 15) controller.abort();
    if (events > 15) break;
  }
  assert.ok(process.memoryUsage().rss - before < 50 * MB);
});
