import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import strictProfile from "../container/seccomp.json" with { type: "json" };
import { attack, openSandbox, type TestSandbox } from "../testing/sandbox-fixture";
import type { Architecture } from "./launcher";
import callNumbers from "./system-call-numbers.json" with { type: "json" };
import { ForkingCell } from "./testing/forking-cell";

let sandbox: TestSandbox;
let cell: ForkingCell;
before(async () => {
  sandbox = await openSandbox();
  cell = await ForkingCell.open(sandbox);
});
after(async () => {
  await cell.close();
  await sandbox.close();
});

test("one run after another sees itself alone: its processes, files, descriptors", async () => {
  const probe = `import os
print(sorted(int(p) for p in os.listdir("/proc") if p.isdigit()), os.getpid(), os.getppid(), os.getsid(0), os.getpgrp())
print(sorted(os.listdir("/tmp")), os.listdir("/tmp/work"), os.listdir("/dev/shm"), os.getcwd())
print([fd for fd in range(64) if os.path.exists(f"/proc/self/fd/{fd}")])
print(os.stat("/tmp").st_mode == 0o41777, os.umask(0))
for folder in "/tmp", "/dev/shm", "/tmp/output": open(folder + "/left", "w")
os.mkdir("/tmp/work/left"); os.chdir("/")
os.fork() or __import__("time").sleep(100)`;
  const runs = [];
  for (let run = 0; run < 3; run++) runs.push(await cell.run(probe, { collect: false }));
  for (const { stdout, stderr, trailer } of runs) {
    assert.equal(
      stdout,
      `[1, 2] 2 1 1 1\n['output', 'work'] ['main.py'] [] /tmp/work\n[0, 1, 2]\nTrue 18\n`,
      stderr,
    );
    assert.equal(trailer?.exitCode, 0);
  }
});

test("a program has no capability, may gain none, is held by two filters, and cannot make namespaces or mounts", async () => {
  const { stdout } = await cell.run(`import ctypes, errno, os
for line in open("/proc/self/status"):
    if line.startswith(("Cap", "NoNewPrivs", "Seccomp")): print(line.strip().replace("\\t", " "))
libc = ctypes.CDLL(None, use_errno=True)
for name, *args in ("unshare", 0x10000000), ("unshare", 0x20000), ("mount", b"t", b"/tmp", b"tmpfs", 0, 0), ("umount2", b"/proc", 2):
    print(name, getattr(libc, name)(*args), errno.errorcode[ctypes.get_errno()])
print(open("/proc/self/oom_score_adj").read(), open("/proc/self/uid_map").read().split()[2])`);
  const sets = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].map((set) => `${set}: 0000000000000000\n`);
  const refused = ["unshare", "unshare", "mount", "umount2"].map((name) => `${name} -1 EPERM\n`);
  const filters = "NoNewPrivs: 1\nSeccomp: 2\nSeccomp_filters: 2\n";
  assert.equal(stdout, `${sets.join("")}${filters}${refused.join("")}1000\n 1\n`);
});

test("every call that the strict profile refuses is refused by the same answer", async () => {
  const allowed = new Set(
    strictProfile.syscalls.filter(({ action }) => action === "SCMP_ACT_ALLOW").flatMap(({ names }) => names),
  );
  const numbers = callNumbers[process.arch as Architecture];
  const refused = Object.entries(numbers).filter(([name]) => !allowed.has(name) || name === "clone");
  assert.ok(refused.length > 80);
  const program = `import ctypes, json, sys
libc = ctypes.CDLL(None, use_errno=True)
for name, number in json.loads(sys.argv[1]): print(name, libc.syscall(number, -1, -1, -1, -1, -1, -1), ctypes.get_errno())`;
  const argv = [JSON.stringify(refused)];
  const strict = await sandbox.run("python", program, { args: argv });
  assert.equal(strict.status, "success", strict.stderr);
  const { stdout, stderr } = await cell.run(program, { argv });
  assert.deepEqual([stdout.split("\n"), stderr], [strict.stdout.split("\n"), ""]);
});

test("everything that a program can see of how it was started is as in a container", async () => {
  const probe = `import sys
print(sys.argv, sys.flags, sys.path, sys._xoptions, __name__, __file__, sys.executable, sys.orig_argv, sorted(globals()))
print(sorted(sys.modules), sorted(vars(sys.modules["sitecustomize"])), sorted(sys.path_importer_cache))
import os, signal, gc, threading, time
print([(int(s), repr(signal.getsignal(s)).split(" at 0x")[0]) for s in signal.valid_signals() if s < 32], signal.pthread_sigmask(0, []))
print(sorted(os.environ.items()), os.getcwd(), os.getppid(), sys.gettrace(), sys._getframe().f_back, gc.isenabled())
print(open("/proc/self/cmdline").read(), sorted(open("/proc/self/environ").read().split("\\0")))
print([(fd, os.path.exists(f"/proc/self/fd/{fd}")) for fd in range(20)], threading.current_thread().name, time.process_time() < 1)
print([f.isatty() for f in (sys.stdin, sys.stdout, sys.stderr)], sys.stdout.line_buffering)
print(open("/etc/passwd").read().replace(str(os.getuid()), "user"), open("/etc/group").read().replace(str(os.getuid()), "user"), os.uname().nodename)
import resource, ctypes, random
print([resource.getrlimit(number) for number in range(16)], repr(sys.stdin.read()))
# A name is as visible as in a container, hidden or not.
print([name for name in sorted(os.listdir("/proc")) if not name.isdigit()])
for name in "acpi", "interrupts", "keys", "pressure", "timer_list", "sys/kernel/core_pattern":
    path = "/proc/" + name
    try: print(name, os.listdir(path) if os.path.isdir(path) else len(open(path).read()) if name != "sys/kernel/core_pattern" else open(path, "w"))
    except OSError as error: print(name, type(error).__name__)
print(os.path.exists("/sys/firmware") and os.listdir("/sys/firmware"), sorted(os.listdir("/dev")))
raise ValueError("the end")`;
  const args = ["", "a b", "$HOME", "é\\0101", "line\nfeed", "'\"`", "-X"];
  const strict = await sandbox.run("python", probe, { args, stdin: "some\ninput" });
  const bytes = Buffer.from("some\ninput");
  const found = await cell.run(probe, { argv: args, input: { kind: "bytes", bytes } });
  const lines = (text: string) => text.replace(/\b2000\d{6}\b/g, "user").split("\n");
  assert.deepEqual(lines(found.stdout), lines(strict.stdout));
  assert.equal(found.stderr, strict.stderr);
  assert.match(
    found.stderr,
    /^Traceback \(most recent call last\):\n {2}File "\/tmp\/work\/main\.py", line 20, in <module>\n/,
  );
});

test("what a program needs works: sockets, threads, shared memory, terminals, children, loopback", async () => {
  const program = `import os, socket, threading, subprocess, tempfile, mmap, multiprocessing, multiprocessing.shared_memory as shm, asyncio, ctypes
a, b = socket.socketpair(); a.send(b"x"); assert b.recv(1) == b"x"
server = socket.create_server(("127.0.0.1", 8000))
client = socket.create_connection(server.getsockname()); client.close()
thread = threading.Thread(target=print, args=("thread",)); thread.start(); thread.join()
assert subprocess.run(["sh", "-c", "exit 3"]).returncode == 3
memory = shm.SharedMemory(create=True, size=4096); memory.close(); memory.unlink()
os.mkfifo("/tmp/fifo"); os.sync(); master, slave = os.openpty(); os.write(1, b"")
asyncio.run(asyncio.sleep(0.01))
with multiprocessing.Pool(2) as pool: print(pool.map(abs, [-1, -2]))
open("/dev/stdout", "w").write("opened\\n")
print("done")`;
  for (let run = 0; run < 2; run++) {
    const { stdout, stderr } = await cell.run(program);
    assert.deepEqual([stdout, stderr], ["thread\n[1, 2]\nopened\ndone\n", ""]);
  }
});

test("the nonce is not to be had: not from PID 1, not from what is inherited", async () => {
  const found = await cell.run(await attack("supervisor.py"), {
    argv: ["input"],
    input: { kind: "bytes", bytes: Buffer.from("typed\n") },
  });
  assert.equal(found.stdout, "rest of the input 'typed\\n'\ntried\n", found.stderr);
  const { stdout } = await cell.run(`import os
for name in "mem", "environ", "maps", "fd", "root", "cwd", "exe", "stack", "syscall", "auxv", "io":
    path = "/proc/1/" + name
    try: print("COULD", name, os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(64))
    except OSError as error: pass
print(b"\\x1e" in open("/proc/1/cmdline", "rb").read())`);
  assert.equal(stdout, "False\n");
  // All of its own memory, for anything that looks like a nonce: in the header of the next step it is the same program's.
  const hex = await cell.run(
    `import re
found = set()
for line in open("/proc/self/maps"):
    ends, rights, *_ = line.split()
    if "r" not in rights or "[v" in line: continue
    start, end = (int(x, 16) for x in ends.split("-"))
    memory = open("/proc/self/mem", "rb", 0); memory.seek(start)
    try: data = memory.read(end - start)
    except OSError: continue
    found |= set(re.findall(rb"(?<![0-9a-f])[0-9a-f]{32}(?= 1 1 0 none)", data))
print(found)`,
    { collect: false },
  );
  assert.equal(hex.stdout, "set()\n", hex.stderr);
});

test("nothing of one run is in the memory of the next", async () => {
  // Searched for turned round, so that the search does not find its own text.
  const marker = "8c1f6e-planted-marker";
  const search = `
count = total = 0
for line in open("/proc/self/maps"):
    ends, rights, *_ = line.split()
    start, end = (int(x, 16) for x in ends.split("-"))
    if "r" not in rights or "[v" in line: continue
    memory = open("/proc/self/mem", "rb", 0); memory.seek(start)
    try: data = memory.read(end - start)
    except OSError: continue
    total += len(data)
    at = -1
    while (at := data.find(b"-detnalp-"[::-1], at + 1)) >= 0: count += data[at - 6:at] == b"e6f1c8"[::-1]
    del data
print(count > 0, total > 4_000_000)`;
  const planted = await cell.run(`words = ["${marker}" + str(n) for n in range(10000)]${search}`, {
    argv: [marker],
    input: { kind: "bytes", bytes: Buffer.from(marker) },
    files: [{ path: "other.txt", content: marker }],
  });
  assert.equal(planted.stdout, "True True\n", planted.stderr);
  for (let run = 0; run < 2; run++) assert.equal((await cell.run(search)).stdout, "False True\n");
});

test("random numbers and clocks begin anew", async () => {
  const program = `import random, time, os, uuid, tempfile, secrets
print(random.random(), secrets.token_hex(4), uuid.uuid4(), tempfile.mktemp(), os.urandom(4).hex())
import sys; print(time.process_time() < 0.5, file=sys.stderr)`;
  const runs = [await cell.run(program), await cell.run(program), await cell.run(program)];
  assert.equal(new Set(runs.flatMap(({ stdout }) => stdout.split(" "))).size, 15);
  assert.deepEqual(
    runs.map(({ stderr }) => stderr),
    ["True\n", "True\n", "True\n"],
  );
});

const ENDS: [string, number, boolean][] = [
  ["import os, signal; os.kill(os.getpid(), signal.SIGTERM)", 143, true],
  ["import os; os.abort()", 134, true],
  ["import os; os.kill(os.getpid(), 9)", 137, true],
  ["import os; os.kill(os.getpid(), 2)", 130, true],
  ["import ctypes; ctypes.string_at(0)", 139, true],
  ["import signal, os; signal.signal(2, signal.SIG_DFL); os.killpg(0, 2)", 130, true],
  ["raise SystemExit(143)", 143, false],
  ["import sys; sys.exit(3)", 3, false],
  ["import sys; sys.exit()", 0, false],
  ["import sys; sys.exit('words')", 1, false],
  ["import sys; sys.exit(-1)", 255, false],
  ["import os; os._exit(9)", 9, false],
  ["import atexit; atexit.register(print, 'at exit')", 0, false],
  ["1 / 0", 1, false],
  ["def broken(:", 1, false],
];
test("programs end as they would anywhere: exit codes, signals, words", async () => {
  for (const [code, exitCode, signaled] of ENDS) {
    const { trailer, stdout, stderr } = await cell.run(code);
    assert.deepEqual([trailer?.exitCode, trailer?.signaled], [exitCode, signaled], code);
    const strict = await sandbox.run("python", code);
    assert.deepEqual([stdout, stderr], [strict.stdout, strict.stderr], code);
  }
});

test("files come as they were sent: folders, scripts, empty ones, any bytes", async () => {
  const content = `${String.fromCharCode(...Array(128).keys())}é\\0101 'quoted' "$HOME"`;
  const { stdout, stderr } = await cell.run(
    `import os, subprocess
for path in "odd name.txt", "a/b/c.txt", "empty", "large": print(repr(path), oct(os.stat(path).st_mode), len(open(path, newline="").read()))
print(open("odd name.txt", newline="").read() == open("a/b/c.txt", newline="").read()[1:], subprocess.run(["./run.sh"], capture_output=True).stdout)`,
    {
      files: [
        { path: "odd name.txt", content },
        { path: "a/b/c.txt", content: `x${content}` },
        { path: "empty", content: "" },
        { path: "large", content: "l".repeat(300_000) },
        { path: "run.sh", content: "#!/bin/sh\necho ran\n", executable: true },
      ],
    },
  );
  const size = content.length;
  assert.equal(
    stdout,
    `'odd name.txt' 0o100644 ${size}\n'a/b/c.txt' 0o100644 ${size + 1}\n'empty' 0o100644 0\n'large' 0o100644 300000\nTrue b'ran\\n'\n`,
    stderr,
  );
});

test("input is none, bytes, or a stream that goes on", async () => {
  const program = `import sys, os\nprint(repr(sys.stdin.read()), os.path.exists("/tmp/.input"))`;
  assert.equal((await cell.run(program)).stdout, "'' False\n");
  const bytes = Buffer.from("x".repeat(200_000));
  const long = await cell.run("import sys; print(len(sys.stdin.read()))", {
    input: { kind: "bytes", bytes },
  });
  assert.equal(long.stdout, "200000\n");
  await ForkingCell.within(sandbox, async (own) => {
    let heard = "";
    const ended = own.step(
      `import sys\nprint("begun", flush=True)\nfor line in sys.stdin: print("got", line, end="", flush=True)`,
      { input: { kind: "stream" }, files: [{ path: "a.txt", content: "é".repeat(400) }], argv: ["word"] },
      ({ data }) => {
        heard += data.toString("utf8");
        if (heard.endsWith("begun\ngot first\n")) void own.container.write("second\n");
        if (heard.endsWith("got second\n")) own.container.endInput();
      },
    );
    // At once behind the header and the files.
    void own.container.write("first\n");
    const { stdout, trailer } = await ended;
    assert.deepEqual([stdout, trailer?.exitCode], ["begun\ngot first\ngot second\n", 0]);
  });
});

test("what a program leaves in the output folder comes as an archive, and the cell goes on", async () => {
  const { trailer } = await cell.step(
    `import os\nopen("/tmp/output/small.txt", "w").write("small")\nopen("/tmp/output/large.bin", "wb").write(b"l" * 100_000)\nos.chmod("/tmp/output/small.txt", 0)\nos.symlink("/etc/passwd", "/tmp/output/link")`,
  );
  assert.equal(trailer?.written, true);
  const { bytes, complete } = await cell.container.archive(1_000_000, 5_000);
  assert.ok(complete);
  const names = execFileSync("tar", ["-tf", "-"], { input: bytes }).toString().trim().split("\n");
  assert.deepEqual(names.sort(), ["large.bin", "link", "small.txt"]);
  assert.ok(await cell.next());
  assert.equal((await cell.run("import os; print(os.listdir('/tmp/output'))")).stdout, "[]\n");
});
