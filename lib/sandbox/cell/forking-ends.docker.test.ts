import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { eventually, openSandbox, type TestSandbox } from "../testing/sandbox-fixture";
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

test("a signal of the server has what is still held written, once in a step", async () => {
  await ForkingCell.within(sandbox, async (own) => {
    let heard = "";
    const ended = own.step(
      `import sys, time, signal\nprint("half", end="")\nprint("begun", file=sys.stderr, flush=True)\ntime.sleep(1)\nsys.exit(7)`,
      {},
      ({ data }) => {
        heard += data.toString("utf8");
      },
    );
    await eventually("the program has begun", () => heard.includes("begun"));
    assert.equal(heard, "begun\n");
    await own.container.flush();
    assert.equal(heard, "begun\nhalf");
    assert.equal((await ended).trailer?.exitCode, 7);
    assert.equal((await own.run("print('next')")).stdout, "next\n");
  });
});

test("children that a program leaves get a moment, then they are ended; those that are quick are waited for", async () => {
  const quick = await cell.run(
    `import os, time\nif os.fork() == 0:\n    time.sleep(0.1); print("late", flush=True)\n    os._exit(0)`,
  );
  assert.equal(quick.stdout, "late\n");
  const began = performance.now();
  const slow = await cell.run(
    `import os, time\nif os.fork() == 0:\n    os.setsid(); os.fork()\n    while True: print("on", flush=True); time.sleep(0.05)`,
  );
  assert.match(slow.stdout, /^(on\n)+$/);
  assert.ok(performance.now() - began < 5_000);
});

test("a program that ends everything it can see ends alone", async () => {
  const { stdout, trailer } = await cell.run(
    `import os\nprint("before")\ntry: os.kill(-1, 9)\nexcept OSError: print("alone")\nfor number in range(1, 65):\n    try: os.kill(1, number)\n    except OSError: pass\nos.killpg(0, 15)`,
  );
  assert.deepEqual([stdout, trailer?.exitCode, trailer?.signaled], ["before\nalone\n", 143, true]);
});

test("a program that takes too much memory is killed, and its supervisor tells", async () => {
  await ForkingCell.within(sandbox, async (own) => {
    const { trailer } = await own.step("all = []\nwhile True: all.append(bytearray(8_000_000))");
    assert.deepEqual([trailer?.exitCode, trailer?.signaled, (trailer?.oomKills ?? 0) > 0], [137, true, true]);
    const limit = own.container.memoryLimitBytes;
    assert.ok((trailer?.memoryBytes ?? 0) > limit * 0.8, `${trailer?.memoryBytes} of ${limit}`);
    assert.ok(await own.next());
    const small = await own.run("print('next')");
    assert.equal(small.stdout, "next\n");
    // The control group's mark is still the first run's: this is the program's own.
    assert.ok((small.trailer?.memoryBytes ?? 0) < limit * 0.5, `${small.trailer?.memoryBytes}`);
  });
});

test("a fork bomb is held by the limit of processes, and nothing of it is left", async () => {
  const { trailer, stdout } = await cell.run(
    `import os, time\ncount = 0\ntry:\n    while True:\n        if os.fork() == 0: time.sleep(100)\n        count += 1\nexcept OSError as error: print(count > 40, error.errno, flush=True)\nos._exit(5)`,
  );
  assert.deepEqual([stdout, trailer?.exitCode], ["True 11\n", 5]);
  assert.match(
    (await cell.run("import os; print([p for p in os.listdir('/proc') if p.isdigit()])")).stdout,
    /^\['1', '2'\]\n$/,
  );
});

test("the space of a run is limited in bytes and inodes, and empty for the next", async () => {
  const program = `import os
def fill(folder):
    n = 0
    try:
        while True: open(f"{folder}/{n}", "w").close(); n += 1
    except OSError as error: return n > 10000 if folder == "/tmp/work/many" else n, error.errno
os.mkdir("/tmp/work/many")
print(fill("/tmp/work/many"), fill("/dev/shm") [1])
for name in os.listdir("/tmp/work/many"): os.unlink("/tmp/work/many/" + name)
try:
    with open("/tmp/big", "wb") as file:
        while True: file.write(bytes(1_000_000))
except OSError as error: print(error.errno)
print(os.path.getsize("/tmp/big") > 50_000_000)`;
  for (let run = 0; run < 2; run++)
    assert.equal((await cell.run(program, { collect: false })).stdout, "(True, 28) 28\n28\nTrue\n");
});

test("a run that begins with a terminal or with test cases is given to the shell's supervisor", async () => {
  await ForkingCell.within(sandbox, async (own) => {
    const tests = [];
    const each = { collect: false, endable: true, last: false };
    tests.push(
      await own.step("print(input())", { ...each, input: { kind: "bytes", bytes: Buffer.from("1\n") } }),
    );
    const again = { standby: false, files: [], argv: ["python3", "main.py"] };
    tests.push(
      await own.step("print(input() * 2)", {
        ...each,
        ...again,
        input: { kind: "bytes", bytes: Buffer.from("2\n") },
      }),
    );
    tests.push(await own.step("print(3)", { ...each, ...again, last: true }));
    assert.deepEqual(
      tests.map(({ stdout, trailer }) => [stdout, trailer?.exitCode]),
      [
        ["1\n", 0],
        ["22\n", 0],
        ["3\n", 0],
      ],
    );
    assert.ok(await own.next());
    assert.equal(
      (await own.run("print('plain', open('/etc/passwd').read().count('\\n'))")).stdout,
      "plain 3\n",
    );
    const own_ = await own.run(
      `import os\nprint([fd for fd in range(20) if os.path.exists(f"/proc/self/fd/{fd}")], os.getpid() > 1, open("/proc/self/oom_score_adj").read())`,
      {
        standby: false,
        argv: ["python3", "main.py"],
      },
    );
    assert.equal(own_.stdout, "[0, 1, 2] True 1000\n\n");
    const terminal = await own.step(
      "import os\nprint(os.get_terminal_size(), os.isatty(0), open('/proc/self/status').read().count('Seccomp_filters:\\t2'))",
      {
        standby: false,
        argv: ["python3", "main.py"],
        input: { kind: "stream" },
        terminal: { columns: 90, rows: 30 },
      },
    );
    assert.equal(terminal.stdout, "os.terminal_size(columns=90, lines=30) True 1\r\n", terminal.stderr);
  });
});

test("what is set on the streams of one run is not there for the next", async () => {
  await cell.run(`import fcntl, os
for fd in 1, 2:
    fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND); fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, 4096); os.fchmod(fd, 0); os.utime(fd, (1, 1))`);
  const { stdout } = await cell.run(`import fcntl, os
print([(fcntl.fcntl(fd, fcntl.F_GETFL) & (os.O_NONBLOCK | os.O_APPEND), fcntl.fcntl(fd, fcntl.F_GETPIPE_SZ), oct(os.fstat(fd).st_mode), os.fstat(fd).st_mtime > 1000) for fd in (1, 2)])`);
  assert.equal(stdout, "[(0, 65536, '0o10600', True), (0, 65536, '0o10600', True)]\n");
});

test("the network of one run is not that of the next: not even what outlives its socket and counts nowhere", async () => {
  const look = `print(len(open("/proc/net/ip6_flowlabel").readlines()), [line.split()[1:3] for line in open("/proc/net/dev") if "lo:" in line])`;
  const { stdout, stderr } = await cell.run(`import socket, struct
request = socket.inet_pton(socket.AF_INET6, "::1") + struct.pack("!I", 0x12345) + struct.pack("BBHHHI", 0, 1, 1, 60, 60, 0)
with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as lease: lease.setsockopt(41, 32, request)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as talk: talk.sendto(b"1234", ("127.0.0.1", 9))
${look}`);
  assert.match(stdout, /^2 \[\['[1-9]\d*', '[1-9]\d*'\]\]\n$/, stderr);
  assert.equal((await cell.run(look)).stdout, "1 [['0', '0']]\n");
});

for (const [who, victim] of [
  ["the launcher", (pid: number) => pid],
  ["PID 1 of the run", (pid: number) => childOf(pid)],
] as const) {
  test(`when ${who} is killed the run has no trailer, and the cell is gone`, async () => {
    await ForkingCell.within(sandbox, async (own) => {
      let heard = "";
      const ended = own.step("import time\nprint('begun', flush=True)\ntime.sleep(100)", {}, ({ data }) => {
        heard += data.toString("utf8");
      });
      await eventually("the program has begun", () => heard.includes("begun"));
      process.kill(victim(await own.launcherPid()), "SIGKILL");
      assert.equal((await ended).trailer, null);
      await eventually("the engine has seen it end", async () => !(await own.container.state()).running);
      assert.equal((await own.container.state()).oomKilled, false);
    });
  });
}

test("a cell whose waiting program is killed ends without a word", async () => {
  await ForkingCell.within(sandbox, async (own) => {
    const pid = childOf(childOf(await own.launcherPid()));
    process.kill(pid, "SIGKILL");
    // A killed process is not dead at once: until then it may still take the line that makes it go on.
    await eventually("it is dead", () => readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z "));
    const { trailer, stdout } = await own.step("print('never')");
    assert.deepEqual([trailer, stdout], [null, ""]);
  });
});

test("the end of the server's input ends the launcher", async () => {
  await ForkingCell.within(sandbox, async (own) => {
    await own.run("print(1)");
    own.container.endInput();
    await eventually("the engine has seen it end", async () => !(await own.container.state()).running);
  });
});

/** Process number of the only child of another. */
function childOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  assert.equal(children.length, 1);
  return Number(children[0]);
}
