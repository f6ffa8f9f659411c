import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { LANGUAGES, type Language } from "../languages";
import { USUAL_SIZE } from "../schemas/run";
import type { RunOutcome } from "./sandbox";
import { collect, LIMITS, openSandbox, type TestSandbox } from "./testing/sandbox-fixture";

let sandbox: TestSandbox;
before(async () => {
  sandbox = await openSandbox();
});
after(() => sandbox.close());

interface Program {
  code: string;
  args?: readonly string[];
  /** All of the input, or each piece as it is typed. */
  stdin?: string | readonly string[];
  files?: readonly { path: string; content: string }[];
}

async function outcomeOf(
  language: Language,
  { code, args = [], stdin = "", files = [] }: Program,
): Promise<RunOutcome> {
  const mode = "batch" as const;
  const never = { terminal: USUAL_SIZE, repl: false };
  const spec = { id: "x", language, code, files, args, tests: [], mode, ...never, limits: LIMITS };
  return collect(sandbox.underTest, spec, { stdin: typeof stdin === "string" ? stdin : typed(stdin) });
}

async function* typed(pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces;
}

/** Runs a program as a standby and started on demand, which must not differ. */
async function bothWays(id: string, program: Program): Promise<RunOutcome> {
  const language = LANGUAGES.find((each) => each.id === id);
  assert.ok(language?.standby, `${id} has no standby`);
  const { standby: _, ...started } = language;
  const [stoodBy, plain] = [await outcomeOf(language, program), await outcomeOf(started, program)];
  // Which of two pipes was read first is chance.
  const told = ({ status, output: { order: _, ...output } }: RunOutcome) => [status, output];
  assert.deepEqual(told(stoodBy), told(plain));
  return stoodBy;
}

/** Everything that a program can see of how it was started. */
const PROBES = {
  python: `
import os, signal, sys
print(sys.argv, sys.flags, sys.path, sys._xoptions, __name__, __file__, sys.executable)
print(sorted(name for name in sys.modules), sorted(vars(sys.modules["sitecustomize"])))
print([(int(s), repr(signal.getsignal(s)).split(" at 0x")[0]) for s in signal.valid_signals() if s < 32])
print(sorted(os.environ.items()), os.getcwd(), os.getppid(), os.umask(0), sys.gettrace())
print([(fd, os.path.exists(f"/proc/self/fd/{fd}")) for fd in range(20)])
print([f.isatty() for f in (sys.stdin, sys.stdout, sys.stderr)], sys.stdout.line_buffering)
import resource
print(resource.getrlimit(resource.RLIMIT_CPU), repr(sys.stdin.read()))
`,
  javascript: `
const fs = require("node:fs");
const open = Array.from({ length: 30 }, (_, fd) => { try { fs.fstatSync(fd); return fd <= 2 && fd; } catch { return null; } });
console.log(process.argv, process.execArgv, Object.entries(process.env).sort(), process.cwd(), process.ppid, open.slice(0, 3));
console.log(Object.keys(require.cache), process.stdin.isTTY, process.eventNames().length, module.paths, require.main === module);
console.log(JSON.stringify(fs.readFileSync(0, "utf8")));
`,
} as const;

const ODD_ARGS = ["", "a b", "$HOME", "é\\0101", "line\nfeed", "'\"`", "-X"];

for (const [id, code] of Object.entries(PROBES)) {
  test(`${id}: a program cannot tell that it stood by: arguments, input, environment, descriptors, signals`, async () => {
    const { output } = await bothWays(id, { code, args: ODD_ARGS, stdin: "some\ninput" });
    assert.equal(output.stderr, "");
    assert.match(output.stdout, /some\\ninput/);
    await bothWays(id, { code });
    const interactive = await bothWays(id, { code, stdin: ["typed ", "in pieces"] });
    assert.match(interactive.output.stdout, /typed in pieces/);
  });
}

test("python: errors, other files and names of its own are as ever", async () => {
  const files = [
    { path: "random.py", content: "print('mine')" },
    { path: "sitecustomize.py", content: "print('never')" },
    { path: "package/inner.py", content: "def fail():\n    raise ValueError('inner')\n" },
  ];
  const { output } = await bothWays("python", {
    code: "import random\nfrom package.inner import fail\nfail()\n",
    files,
  });
  assert.equal(output.stdout, "mine\n");
  assert.match(
    output.stderr,
    /^Traceback \(most recent call last\):\n {2}File "\/tmp\/work\/main\.py", line 3, in <module>\n {4}fail\(\)/,
  );
  await bothWays("python", { code: "def broken(:\n" });
  await bothWays("python", { code: "" });
});

/** What the interpreter does after a program's last line, each by a way of its own in `_shorten_end` (sitecustomize.py). */
const ENDS = {
  "objects are finalized, in order": `
class A:
    def __init__(self, name): self.name = name
    def __del__(self): print("gone", self.name)
cycle = A("cycle"); cycle.self = cycle
_private, plain = A("private"), A("plain")
def steps():
    try: yield 1
    finally: print("generator")
running = steps(); next(running)
print("half a line", end="")`,
  "what is registered is called, and what it holds is gone afterwards": `
import atexit, weakref
class A:
    def __del__(self): print("gone")
kept = A(); kept.self = kept
weakref.finalize(kept, print, "finalized")
atexit.register(lambda: print("at exit", kept))`.replace("kept))", "type(kept).__name__))"),
  "a file that is still open is written": `
import subprocess, sys
code = "held = open('/tmp/written', 'w'); held.write('all of it'); me = lambda: held"
subprocess.run([sys.executable, "-c", code])
print(open("/tmp/written").read())`,
  "objects in modules that were there before, and in the program's own": `
import os, json, own
class A:
    def __del__(self): print("gone", A)
os.kept, json.kept, own.kept = A(), A(), A()`,
  "a replaced function of such a module": `
import os, io
class A:
    def __del__(self): print("gone")
kept = A(); kept.self = kept
os.getcwd = lambda: kept
print("done")`,
  "nothing can be imported any more": `
class A:
    def __del__(self):
        try: import os
        except ImportError as problem: print(problem)
kept = A(); kept.self = kept`,
  "another stdout": `
import sys
class Loud:
    def write(self, text): sys.__stdout__.write(text.upper())
    def flush(self): sys.__stdout__.flush()
sys.stdout = Loud()
print("loud")`,
  "a closed stdout": "import sys\nprint('before')\nsys.stdout.close()",
  "threads, of which daemons are not waited for": `
import threading, time
def late(name, seconds): time.sleep(seconds); print(name)
threading.Thread(target=late, args=("waited for", 0.05)).start()
threading.Thread(target=late, args=("never", 60), daemon=True).start()`,
  "what C has buffered": `
import ctypes
ctypes.CDLL(None).printf(b"from C\\n")`,
  "an exit code that a function at the end does not change": `
import atexit, sys
sys.unraisablehook = lambda report: print(repr(report.exc_value))
atexit.register(sys.exit, 7)`,
  "no module left to look at":
    "import sys\nclass A:\n    def __del__(self): print('gone')\nkept = A()\nsys.modules.clear()",
  "modules that are none":
    "import sys\nsys.modules['odd'] = 3\nclass A:\n    def __del__(self): print('gone')\nkept = A()",
  "an exit in the middle":
    "import sys\nclass A:\n    def __del__(self): print('gone')\nkept = A()\nsys.exit(3)",
  "a child that comes to the end, too": `
import os
pid = os.fork()
print("child" if pid == 0 else os.waitpid(pid, 0)[1], flush=True)`,
  "asynchronous generators and tasks": `
import asyncio
async def numbers():
    try: yield 1
    finally: print("closed")
async def main():
    async for number in numbers(): print(number); break
asyncio.run(main())`,
};

for (const [what, code] of Object.entries(ENDS)) {
  test(`python: at its end, ${what}`, async () => {
    const { output } = await bothWays("python", { code, files: [{ path: "own.py", content: "" }] });
    assert.notEqual(output.stdout, "");
  });
}

test("python: a program that comes to its last line ends without much ado", async () => {
  const code = `
import os, resource, sys
counts = []
for soon in True, False:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt
    pid = os.fork()
    if pid == 0:
        if not soon: sys.exit()
        break
    os.waitpid(pid, 0)
    counts.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt - before)
else:
    print(counts[0] < counts[1] / 2, counts)`;
  const { output } = await outcomeOf(languageOf("python"), { code });
  assert.match(output.stdout, /^True /);
});

test("python: what the garbage collector leaves alone are not a program's objects, in whichever way it is started", async () => {
  const { output } = await bothWays("python", { code: ENDS["objects are finalized, in order"] });
  assert.equal(output.stdout, "half a linegone cycle\ngone private\ngone plain\ngenerator\n");
});

for (const [signal, name] of [
  [9, "SIGKILL"],
  [2, "SIGINT"],
  [3, "SIGQUIT"],
  [15, "SIGTERM"],
  [11, "SIGSEGV"],
] as const) {
  test(`python: ${name} ends it as it would any, and exit codes that look like it do not`, async () => {
    const kill = await bothWays("python", { code: `import os; os.kill(os.getpid(), ${signal})` });
    assert.equal(kill.output.signal, name);
    const exit = await outcomeOf(languageOf("python"), { code: `import sys; sys.exit(${128 + signal})` });
    assert.deepEqual([exit.output.exitCode, exit.output.signal], [128 + signal, null]);
  });
}

test("javascript: modules, workers and child processes start as they would", async () => {
  const code = `
const { Worker, isMainThread } = require("node:worker_threads");
const { fork } = require("node:child_process");
if (process.send) process.send(["child", process.argv.slice(2), process.execArgv]);
else if (isMainThread) {
  new Worker(__filename).on("exit", () => {
    fork(__filename, ["x"]).on("message", (m) => { console.log(JSON.stringify(m)); throw new Error("last"); });
  });
} else console.log("worker");
`;
  const { output, status } = await outcomeOf(languageOf("javascript"), { code });
  assert.equal(status, "error");
  assert.equal(
    output.stdout.replace(/--max-old-space-size=\d+/, "heap"),
    'worker\n["child",["x"],["heap"]]\n',
  );
  assert.match(output.stderr, /\/tmp\/work\/main\.js:\d+\n.*Error: last/s);
  const modules = [
    { path: "package.json", content: '{"type":"module"}' },
    { path: "a.js", content: "export default 7;" },
  ];
  const esm = await bothWays("javascript", {
    code: 'import a from "./a.js"; console.log(a, import.meta.url);',
    files: modules,
  });
  assert.equal(esm.output.stdout, "7 file:///tmp/work/main.js\n");
});

test("typescript: it stands by while its program is compiled, with the limits and the errors of a run", async () => {
  const code = `import { readFileSync } from "node:fs";
const input: string = readFileSync(0, "utf8");
console.log(input, process.argv.slice(2), process.execArgv, Object.keys(require.cache));
throw new Error(input);
`;
  const { output, compile } = await bothWays("typescript", { code, args: ["a b"], stdin: "typed" });
  assert.equal(compile?.exitCode, 0);
  assert.match(output.stderr, /main\.ts:4/);
  const broken = await bothWays("typescript", { code: "const = ;" });
  assert.equal(broken.status, "compile_error");
  const big = "const all: Buffer[] = []; for (;;) all.push(Buffer.alloc(8_000_000, 1));";
  assert.equal((await outcomeOf(languageOf("typescript"), { code: big })).status, "memory_limit");
  const tests = ["1", "2"].map((stdin) => ({ stdin, expected: `${stdin}\n` }));
  const ran = await sandbox.run(
    "typescript",
    'console.log(require("node:fs").readFileSync(0, "utf8") as string)',
    { tests },
  );
  assert.deepEqual(
    ran.tests.map(({ status }) => status),
    ["passed", "passed"],
  );
});

test("an `await` at the top that nothing answers ends the program, and says so, in every kind of module", async () => {
  const code = "console.log(1);\nawait new Promise(() => {});\n";
  for (const [id, source] of [
    ["javascript", code],
    ["javascript", `const fs = require("node:fs");\n${code}console.log(await fs);`],
    ["typescript", code],
  ] as const) {
    const { output, status } = await outcomeOf(languageOf(id), { code: source });
    assert.deepEqual([status, output.exitCode, output.stdout], ["error", 13, "1\n"], source);
    assert.match(output.stderr, /Warning: Detected unsettled top-level await/);
  }
});

test("a program that ends everything it can see ends as its own doing, and one for each test case starts anew", async () => {
  const code = "import os\nprint('before')\ntry:\n    os.kill(-1, 9)\nexcept OSError:\n    print('alone')\n";
  const all = await sandbox.run("python", code);
  assert.deepEqual([all.status, all.stdout], ["success", "before\nalone\n"]);
  const tests = ["1", "2", "3"].map((stdin) => ({ stdin, expected: `${stdin}\n` }));
  const ran = await sandbox.run("python", "print(input())", { tests });
  assert.deepEqual(
    ran.tests.map(({ status }) => status),
    ["passed", "passed", "passed"],
  );
});

function languageOf(id: string): Language {
  const language = LANGUAGES.find((each) => each.id === id);
  assert.ok(language);
  return language;
}

/** Process numbers, on the host, of the interpreters in the one warm sandbox: the last one stands by; a cell's launcher may be another. */
async function interpretersOf({ docker, containers, underTest }: TestSandbox): Promise<string[]> {
  const warm = (await containers()).find(({ State }) => State === "running");
  if (!warm || (await underTest.health()).warm === 0) return [];
  const top = await docker.getContainer(warm.Id).top();
  // Not the supervisor, whose command line contains the same words.
  const lines: string[][] = top.Processes;
  return lines
    .filter((line) => line.at(-1)?.startsWith("python3 -X standby"))
    .map((line) => line[top.Titles.indexOf("PID")] ?? "");
}

test("a program that stood by and died before there was anything to run is a fault of ours, not the program's", async () => {
  const own = await openSandbox({ languages: [languageOf("python")], warm: 1 });
  try {
    let pid: string | undefined;
    for (let look = 0; look < 300 && !pid; look++) {
      await sleep(100);
      pid = (await interpretersOf(own)).at(-1);
    }
    assert.ok(pid, "no standby was seen");
    process.kill(Number(pid), "SIGKILL");
    // A killed process is not dead at once: until then it may still take the line that makes it go on.
    for (let look = 0; look < 300 && (await interpretersOf(own)).includes(pid); look++) await sleep(100);
    const ran = await own.run("python", "print('never')");
    assert.deepEqual([ran.status, ran.stdout], ["system_error", ""]);
    assert.equal((await own.run("python", "print('next')")).stdout, "next\n");
  } finally {
    await own.close();
  }
});
