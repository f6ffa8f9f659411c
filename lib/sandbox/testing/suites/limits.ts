import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { known, LIMITS, limitsWith, MB, type Ran, type TestSandbox, testSandbox } from "../sandbox-fixture";
import type { Wall } from "../walls";

const HOGS: [string, string, string][] = [
  ["touches 400 MB at once", "python", "x = bytearray(400_000_000)"],
  ["leaks slowly", "python", "x = []\nwhile True: x.append(bytearray(1_000_000))"],
  [
    "maps shared memory",
    "python",
    `import mmap
m = mmap.mmap(-1, 400_000_000)
for i in range(0, 400_000_000, 4096): m[i] = 1`,
  ],
  [
    "keeps it in many children",
    "python",
    `import os, time
for _ in range(30):
    if os.fork() == 0:
        x = bytearray(20_000_000); time.sleep(2); os._exit(0)
for _ in range(30): os.wait()
os.kill(os.getpid(), 9)`,
  ],
  [
    "allocates in C until the end",
    "c",
    `#include <stdlib.h>
#include <string.h>
int main(void) { for (;;) { char *p = malloc(1 << 20); if (p) memset(p, 1, 1 << 20); } }`,
  ],
  [
    "fills a JavaScript heap",
    "javascript",
    "const x = []; for (;;) x.push(new Array(10000).fill(Math.random()));",
  ],
  [
    "leaves System V segments behind",
    "c",
    `#include <sys/shm.h>
#include <string.h>
int main(void) {
  for (;;) {
    int id = shmget(IPC_PRIVATE, 8 << 20, 0600);
    char *p = shmat(id, 0, 0);
    if (p == (void *)-1) return 3;
    memset(p, 1, 8 << 20);
    shmdt(p);
  }
}`,
  ],
];

const BOMBS: [string, string, string][] = [
  ["Python fork bomb", "python", "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"],
  ["C fork bomb", "c", "#include <unistd.h>\nint main(void) { for (;;) fork(); }"],
  ["shell fork bomb", "bash", ":(){ :|:& };:; wait; sleep 5"],
  [
    "thread bomb",
    "python",
    `import threading, time
def wait(): time.sleep(60)
while True:
    try: threading.Thread(target=wait).start()
    except RuntimeError: pass`,
  ],
];

/** Limits of memory, processes, files and processors hold under every isolation. */
export function limitsSuite(wall: Wall): void {
  describe(`${wall.name}: limits`, () => {
    const sandbox = testSandbox(wall.options);

    for (const [name, languageId, code] of HOGS) {
      test(`a program that ${name} is memory_limit`, async () => {
        const ran = await sandbox.run(languageId, code);
        assert.equal(ran.status, "memory_limit", ran.stderr);
        // gVisor cannot change a container's limits, so a compiled program has its compiler's.
        const limitMb = wall.kernel === "gVisor" && ran.compile ? 512 : 128;
        assert.ok(
          known(ran.memoryUsed) > 60 * MB && known(ran.memoryUsed) < (limitMb + 2) * MB,
          `${known(ran.memoryUsed) / MB} MB`,
        );
      });
    }

    // gVisor's kernel is one process to the host's: where that has to kill for memory, the whole sandbox goes.
    const alone = { host: "alone\n", gVisor: "" }[wall.kernel];
    test("a program that goes on until its time is over after the kernel killed a part of it for memory is memory_limit", async () => {
      const code = `import os
if os.fork() == 0:
    x = bytearray(400_000_000)
os.wait()
print("alone", flush=True)
while True: pass`;
      const ran = await sandbox.run("python", code, { limits: limitsWith({ timeoutMs: 3_000 }) });
      assert.deepEqual([ran.status, ran.stdout], ["memory_limit", alone]);
      const busy = await sandbox.run("python", "while True: pass", {
        limits: limitsWith({ timeoutMs: 1_000 }),
      });
      assert.equal(busy.status, "timeout");
    });

    test("a program that makes the kernel prefer other victims is memory_limit all the same", async () => {
      const program = `try: open("/proc/self/oom_score_adj", "w").write("0")
except OSError: pass
x = bytearray(400_000_000)`;
      const ran = await sandbox.run("python", program);
      assert.equal(ran.status, "memory_limit", ran.stderr);
    });

    test("files in /tmp count as memory, and their space has an end", async () => {
      const fill = `import errno, os, sys
total = 0
for folder in sys.argv[1:]:
    file = open(folder + "/fill", "wb", buffering=0)
    try:
        while True: total += file.write(b"x" * 65536)
    except OSError as error: print(folder, total >> 20, errno.errorcode[error.errno], flush=True)`;
      const ran = await sandbox.run("python", fill, { args: ["/tmp", "/dev/shm"] });
      assert.equal(ran.status, "success", ran.stderr);
      assert.match(ran.stdout, /^\/tmp 6[0-4] ENOSPC\n\/dev\/shm (79|80) ENOSPC\n$/);
      assert.ok(known(ran.memoryUsed) > 80 * MB, `${known(ran.memoryUsed) / MB} MB`);
      const both = await sandbox.run("python", `${fill}\nx = bytearray(100_000_000)`, { args: ["/tmp"] });
      assert.equal(both.status, "memory_limit");
    });

    test("fork and thread bombs end by a limit while another's runs work as ever", async () => {
      const limits = limitsWith({ timeoutMs: 3_000 });
      const bombs = BOMBS.map(([name, languageId, code]) =>
        sandbox.run(languageId, code, { limits }).then((ran) => ({ name, ran })),
      );
      const others: Ran[] = [];
      for (let round = 0; round < 5; round++) others.push(await sandbox.run("bash", "echo fine | cat"));
      assert.deepEqual(
        others.map(({ status, stdout }) => [status, stdout]),
        others.map(() => ["success", "fine\n"]),
      );
      for (const { name, ran } of await Promise.all(bombs)) {
        assert.ok(["timeout", "memory_limit", "error"].includes(ran.status), `${name}: ${ran.status}`);
      }
    });

    if (wall.kernel === "host") processLimit(sandbox);
    else processLimitOfGvisor(sandbox);

    test("the kernel's limits inside are those of the plan", async () => {
      const program = `import resource as r, os
print("core", r.getrlimit(r.RLIMIT_CORE))
print("files", r.getrlimit(r.RLIMIT_NOFILE))
print("locked", r.getrlimit(r.RLIMIT_MEMLOCK))
print("queues", r.getrlimit(r.RLIMIT_MSGQUEUE))
opened = []
try:
    while True: opened.append(os.open("/dev/null", os.O_RDONLY))
except OSError as error: print(len(opened), error.strerror)`;
      const ran = await sandbox.run("python", program);
      const open = LIMITS.openFiles;
      assert.equal(
        ran.stdout,
        `core (0, 0)\nfiles (${open}, ${open})\nlocked (65536, 65536)\nqueues (0, 0)\n${open - 3} Too many open files\n`,
      );
    });
  });
}

/** How limits of processes, files and processors show to a program that asks the host's kernel. */
function processLimit(sandbox: TestSandbox): void {
  test("a program cannot have more processes than the limit", async () => {
    const program = `import os, time
made = 0
try:
  while made < 500:
      if os.fork() == 0: time.sleep(60)
      made += 1
except OSError as error: print(made, error.strerror, flush=True)`;
    const ran = await sandbox.run("python", program);
    const [, made = "0"] = /^(\d+) Resource temporarily unavailable/.exec(ran.stdout) ?? [];
    assert.ok(Number(made) > 40 && Number(made) < LIMITS.processes, ran.stdout);
  });

  test("a million empty files, folders without end and sparse files do not delay the answer", async () => {
    const program = `import errno, os
count = 0
try:
  while True:
      open(f"/tmp/work/{count}", "w").close(); count += 1
except OSError as error: print(count < 16384, errno.errorcode[error.errno])
for name in os.listdir("."): os.unlink(name)
depth = 0
try:
  while depth < 3000:
      os.mkdir("d"); os.chdir("d"); depth += 1
except OSError as error: print(errno.errorcode[error.errno])
print(depth)
with open("/tmp/sparse", "wb") as file: file.truncate(1 << 40)
print(os.stat("/tmp/sparse").st_size)`;
    const ran = await sandbox.run("python", program);
    assert.deepEqual([ran.status, ran.stdout], ["success", `True ENOSPC\n3000\n${2 ** 40}\n`], ran.stderr);
  });

  test("four busy threads get half a processor", async () => {
    const program = `#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static void show(const char *path) {
  char line[64];
  FILE *file = fopen(path, "r");
  if (file && fgets(line, sizeof line, file)) fputs(line, stdout);
}
static void *burn(void *none) { for (;;) { __asm__ volatile(""); } return none; }
int main(void) {
  pthread_t t;
  for (int i = 0; i < 4; i++) pthread_create(&t, 0, burn, 0);
  sleep(2);
  show("/sys/fs/cgroup/cpu.max");
  show("/sys/fs/cgroup/cpu/cpu.cfs_quota_us");
  show("/sys/fs/cgroup/cpu/cpu.cfs_period_us");
  return 0;
}`;
    const ran = await sandbox.run("c", program);
    assert.equal(ran.status, "success", ran.stderr);
    const share = known(ran.cpuMs) / ran.durationMs;
    assert.ok(share <= 0.65, `${share.toFixed(2)} of a processor`);
    // On a machine that is busy they would get no more without a limit either: what the kernel was told is the proof.
    const [quota = 0, period = 1] = ran.stdout.trim().split(/\s+/).map(Number);
    assert.equal(quota / period, LIMITS.run.cpus);
  });
}

/** gVisor knows no limit of inodes, and takes its own end where the host's kernel gives it no further process. */
function processLimitOfGvisor(sandbox: TestSandbox): void {
  test("a program may have the processes of its limit, and ends with its sandbox when it makes many more", async () => {
    const program = `import os, sys, time
for _ in range(int(sys.argv[1])):
    if os.fork() == 0: time.sleep(60)
print("made", flush=True)`;
    const limits = limitsWith({ memoryBytes: 512 * MB });
    const some = await sandbox.run("python", program, { limits, args: ["50"] });
    assert.deepEqual([some.status, some.stdout], ["success", "made\n"], some.stderr);
    const many = await sandbox.run("python", program, { limits, args: ["500"] });
    assert.notEqual(many.status, "success");
    assert.equal(many.stdout, "");
  });

  test("a million empty files end by a limit", async () => {
    const program = `count = 0
while True:
    open(f"/tmp/work/{count}", "w").close(); count += 1`;
    const ran = await sandbox.run("python", program, { limits: limitsWith({ timeoutMs: 3_000 }) });
    assert.match(ran.status, /^(timeout|memory_limit)$/);
  });

  test("four busy processes get half a processor", async () => {
    const program = `import os, time
end = time.monotonic() + 3
children = [os.fork() for _ in range(4)]
while time.monotonic() < end: pass`;
    const ran = await sandbox.run("python", program);
    const share = known(ran.cpuMs) / ran.durationMs;
    assert.ok(share <= 0.65, `${share.toFixed(2)} of a processor`);
  });
}
