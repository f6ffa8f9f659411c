import assert from "node:assert/strict";
import { createServer } from "node:net";
import os from "node:os";
import { test } from "node:test";
import { attack, testSandbox } from "./testing/sandbox-fixture";

const sandbox = testSandbox();

const EPERM = 1;
const ENOSYS = 38;

test("calls that only an attacker has a use for are refused by the filter, whatever their arguments", async () => {
  const ran = await sandbox.run("c", await attack("system-calls.c"));
  assert.equal(ran.status, "success", ran.compile?.stderr);
  const results = ran.stdout
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
  assert.ok(results.length >= 95, `only ${results.length} were tried`);
  const others = results.filter(([, errno]) => ![EPERM, ENOSYS].includes(Number(errno)));
  assert.deepEqual(others, []);
});

test("an interpreter's own calls meet the same filter", async () => {
  const program = `import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
for name, *args in [("userfaultfd", 323, 1), ("io_uring_setup", 425, 1, 0), ("unshare", 272, 0x10000000), ("keyctl", 250, 0, -3, 0),
                    ("vsock", 41, 40, 1, 0), ("ptrace", 101, 0, 0, 0, 0), ("memfd_secret", 447, -1), ("clock_adjtime", 305, -1, 0)]:
    result = libc.syscall(*args)
    print(name, errno.errorcode[ctypes.get_errno()] if result == -1 else "worked")`;
  const ran = await sandbox.run("python", program);
  assert.equal(ran.status, "success", ran.stderr);
  assert.match(ran.stdout, /^(\w+ EPERM\n){8}$/);
});

for (const door of ["i386", "x32"]) {
  test(`the kernel cannot be entered by its ${door} door`, async () => {
    const ran = await sandbox.run("c", await attack("foreign-call.c"), { args: [door] });
    assert.match(ran.stdout, /^before\n/);
    // Killed by the filter, or refused: never a process id.
    if (ran.output.signal === null) assert.match(ran.stdout, /result -\d+/);
    else assert.equal(ran.output.signal, "SIGSYS");
  });
}

test("programs may use what ordinary programs need", async () => {
  const program = `import os, socket, threading, subprocess, tempfile, mmap, multiprocessing.shared_memory as shm, asyncio
a, b = socket.socketpair(); a.send(b"x"); assert b.recv(1) == b"x"
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname()); client.close()
thread = threading.Thread(target=print, args=("thread",)); thread.start(); thread.join()
assert subprocess.run(["sh", "-c", "exit 3"]).returncode == 3
memory = shm.SharedMemory(create=True, size=4096); memory.close(); memory.unlink()
os.mkfifo("/tmp/fifo"); os.sync(); master, slave = os.openpty()
asyncio.run(asyncio.sleep(0.01))
print("done")`;
  const ran = await sandbox.run("python", program);
  assert.deepEqual([ran.status, ran.stdout], ["success", "thread\ndone\n"], ran.stderr);
});

test("a sync is said to have worked and writes out nothing of the host's", async () => {
  const program = `import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nprint(libc.syncfs(-1), libc.syscall(162))`;
  // With a descriptor that does not exist: the real call would fail.
  assert.equal((await sandbox.run("python", program)).stdout, "0 0\n");
});

test("no address of this machine, of its network or of a cloud answers, and no name is known", async () => {
  const server = createServer((socket) => socket.end("reached"));
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const address = server.address();
  assert.ok(address && typeof address === "object");
  const own = Object.values(os.networkInterfaces()).flatMap(
    (list) => list?.map(({ address }) => address) ?? [],
  );
  const targets = [
    ...own.map((host) => [host, address.port]),
    ...[
      ["169.254.169.254", 80],
      ["172.17.0.1", address.port],
      ["1.1.1.1", 53],
      ["fd00:ec2::254", 80],
      ["::1", address.port],
    ],
  ];
  const program = `import json, socket, sys
for host, port in json.loads(sys.argv[1]):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            s = socket.socket(family, kind); s.settimeout(1); s.connect((host, port)); s.send(b"x"); s.recv(1)
            print("REACHED", host, kind)
        except OSError: pass
for name in ("example.com", "metadata.google.internal", "mongodb", "redis", "host.docker.internal"):
    try: print("KNOWN", name, socket.gethostbyname(name))
    except OSError: pass
print([name for _, name in socket.if_nameindex()])`;
  const ran = await sandbox.run("python", program, { args: [JSON.stringify(targets)] });
  await new Promise((resolve) => server.close(resolve));
  assert.deepEqual([ran.status, ran.stdout], ["success", "['lo']\n"], ran.stderr);
});
