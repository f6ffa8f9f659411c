import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES } from "../languages";
import { createCatalogue } from "../languages/catalogue";
import { sampleOf } from "../languages/examples";
import { createLog } from "../log";
import { RunFigures } from "../metrics";
import type { Queue } from "../queue";
import { openMemoryQueue } from "../queue/memory";
import { createRates } from "../rates";
import { eventually, openSandbox, type TestSandbox } from "../sandbox/testing/sandbox-fixture";
import { Backlog, createExecutor, createRuns, type Executor, type Runs, type SubmittedRun } from "./index";
import { bytesOf, collect, firstOutput, GUEST, ROOMY_PLANS, request, textOf } from "./testing/runs-fixture";
import { tempStore } from "./testing/temp-store";

const MB = 1_048_576;
let sandbox: TestSandbox;
let queue: Queue;
let runs: Runs;
let executor: Executor;

before(async () => {
  sandbox = await openSandbox({ warm: 4 });
  const ports = openMemoryQueue({ limit: 200 });
  queue = ports.queue;
  const log = createLog("silent");
  const catalogue = createCatalogue(LANGUAGES, "*");
  const shared = { ...ports, store: tempStore(), catalogue, backlog: new Backlog(log), log };
  runs = createRuns({ ...shared, plans: ROOMY_PLANS, rates: createRates() });
  const figures = new RunFigures();
  executor = createExecutor({ ...shared, sandbox: sandbox.underTest, figures, concurrency: 8 });
  await executor.begin();
});

after(async () => {
  runs.close();
  await executor.close();
  await sandbox.close(); // fails when a container is left
});

function submit(changes: Parameters<typeof request>[0], signal?: AbortSignal): Promise<SubmittedRun> {
  return runs.submit(GUEST, request(changes), signal ? { signal } : {});
}

/** Waits until no program runs and no turn is held. */
async function idle(): Promise<void> {
  await eventually("nothing runs any more", async () => {
    const { running } = await sandbox.underTest.health();
    return running === 0 && (await queue.state()).running === 0;
  });
}

test("every core language's sample runs and gives what it should", async () => {
  for (const language of LANGUAGES.filter(({ core }) => core)) {
    const { id } = language;
    const sample = sampleOf(language);
    const run = await submit({ language: id, code: sample.code, stdin: sample.stdin });
    const { status, output } = await run.result;
    assert.deepEqual([id, status, output.stdout], [id, "success", sample.expected]);
  }
});

test("output arrives while the program still runs", async () => {
  // It goes on only when it is told that its first line was seen.
  const run = await submit({
    code: 'print("first", flush=True)\ninput()\nprint("second")',
    mode: "interactive",
  });
  await firstOutput(run);
  await runs.input(GUEST, run.id, { text: "seen\n", eof: true });
  const events = await collect(run.events());
  assert.equal(textOf(events), "first\nsecond\n");
  assert.equal((await run.result).output.stdout, "first\nsecond\n");
});

test("an interactive program is answered line by line until the end of input", async () => {
  const code = "import sys\nfor line in sys.stdin: print('got', line.strip(), flush=True)\nprint('end')";
  const run = await submit({ code, stdin: "one\n", interactive: true });
  await firstOutput(run);
  await runs.input(GUEST, run.id, { text: "two\n", eof: false });
  await runs.input(GUEST, run.id, { text: "three", eof: true });
  const { status, output } = await run.result;
  assert.deepEqual([status, output.stdout], ["success", "got one\ngot two\ngot three\nend\n"]);
});

test("a compile error is told apart, and costs no run stage", async () => {
  const run = await submit({ language: "c", code: "int main(void) { return x; }" });
  const { status, compile, output } = await run.result;
  assert.equal(status, "compile_error");
  assert.match(compile?.stderr ?? "", /undeclared/);
  assert.equal(output.exitCode, null);
});

test("files left in $OUTPUT_DIR are kept with the run, and with the image they were made in", async () => {
  const code = [
    "import os",
    "out = os.environ['OUTPUT_DIR']",
    "open(f'{out}/plot.png', 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n' + bytes(range(256)))",
    "open(f'{out}/t.csv', 'w').write('1,2\\n')",
  ].join("\n");
  const run = await submit({ code });
  const { status, artifacts } = await run.result;
  assert.equal(status, "success");
  assert.deepEqual(artifacts.map(({ name, type, bytes }) => [name, type, bytes]).sort(), [
    ["plot.png", "image/png", 264],
    ["t.csv", "text/csv", 4],
  ]);
  const bytes = await bytesOf(await runs.artifact(GUEST, run.id, "plot.png"));
  assert.equal(bytes.indexOf(Buffer.from("\x89PNG\r\n\x1a\n\0\x01", "latin1")), 0);
  assert.match((await runs.get(GUEST, run.id)).image ?? "", /^sha256:[0-9a-f]{64}$/);
});

test("a client that goes away ends its program, which would not end by itself, and frees its turn", async () => {
  const client = new AbortController();
  const run = await submit({ code: 'print("up", flush=True)\nwhile True: pass' }, client.signal);
  await firstOutput(run);
  client.abort();
  const { status, output } = await run.result;
  assert.deepEqual([status, output.stdout], ["cancelled", "up\n"]);
  await idle();
});

test("a flood that nobody reads is cut at 1 MB, ends by itself, and costs little memory", async () => {
  const before = process.memoryUsage().rss;
  const run = await submit({ code: 'import sys\nwhile True: sys.stdout.write("x" * 10_000 + "\\n")' });
  const events = run.events();
  await events.next(); // and reads no more until it has ended
  const { status, output } = await run.result;
  assert.equal(status, "output_limit");
  assert.ok(output.truncated);
  const grown = (process.memoryUsage().rss - before) / MB;
  assert.ok(grown < 50, `${grown.toFixed(1)} MB`);
  const text = textOf(await collect(events));
  assert.equal(text, output.stdout);
  assert.ok(text.length > 0.9 * MB && text.length <= MB);
});

test("a hundred thousand unbuffered one-byte writes are few events, with every byte", async () => {
  const run = await submit({ code: "import os\nfor i in range(100_000): os.write(1, b'%d' % (i % 10))" });
  const events = await collect(run.events());
  assert.equal(textOf(events), "0123456789".repeat(10_000));
  assert.ok(events.length < 2_000, `${events.length} events`);
});

test("200 at once each get their own output, none waits for ever, and nothing is left", async () => {
  const results = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const viewer = { ...GUEST, id: `guest_${index}`, account: `address_${index}` };
      const run = await runs.submit(viewer, request({ code: `print(${index} * 7)` }));
      return (await run.result).output.stdout;
    }),
  );
  assert.deepEqual(
    results,
    results.map((_, index) => `${index * 7}\n`),
  );
  await idle();
  assert.deepEqual(await queue.state(), { running: 0, concurrency: 8, waiting: 0, limit: 200 });
});
