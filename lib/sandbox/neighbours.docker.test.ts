import assert from "node:assert/strict";
import { test } from "node:test";
import { testSandbox } from "./testing/sandbox-fixture";

const sandbox = testSandbox();

/** Leaves a mark wherever processes could meet. */
const PLANT = `import ctypes, fcntl, os, socket, sys
libc = ctypes.CDLL(None)
for path in ("/tmp/mark", "/tmp/work/mark", "/tmp/output/mark", "/dev/shm/mark"): open(path, "w").write("mark")
memory = libc.shmget(0x51c4, 4096, 0o1666); queue = libc.msgget(0x51c4, 0o1666); lock = libc.semget(0x51c4, 1, 0o1666)
s = socket.socket(socket.AF_UNIX); s.bind("\\0quicksand-mark"); s.listen()
t = socket.create_server(("127.0.0.1", 45454))
held = open("/etc/passwd"); fcntl.flock(held, fcntl.LOCK_EX)
print("planted", len([n for n in (memory, queue, lock) if n >= 0]), flush=True)
`;

/** Prints the places where it finds a mark. Beside its planter it must find none. */
const LOOK = `import ctypes, fcntl, os, socket
libc = ctypes.CDLL(None)
IPC_CREAT = 0o1000
found = [path for path in ("/tmp/mark", "/tmp/work/mark", "/tmp/output/mark", "/dev/shm/mark") if os.path.exists(path)]
found += [name for name, get in (("memory", lambda: libc.shmget(0x51c4, 4096, 0)), ("queue", lambda: libc.msgget(0x51c4, 0)),
                                 ("semaphore", lambda: libc.semget(0x51c4, 1, 0))) if get() >= 0]
for name, family, address in (("abstract", socket.AF_UNIX, "\\0quicksand-mark"), ("port", socket.AF_INET, ("127.0.0.1", 45454))):
    try: socket.socket(family).connect(address); found.append(name)
    except OSError: pass
try: fcntl.flock(open("/etc/passwd"), fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError: found.append("lock")
processes = [p for p in os.listdir("/proc") if p.isdigit()]
found += ["process"] if len(processes) > 2 else []
print(found)
`;

test("a mark is found by the program that left it, so that not finding it means something", async () => {
  const ran = await sandbox.run(
    "python",
    `${PLANT}\nos.spawnlp(os.P_NOWAIT, "sleep", "sleep", "60")\n${LOOK}`,
  );
  assert.match(
    ran.stdout,
    /^planted 3\n\['\/tmp\/mark', .*'\/dev\/shm\/mark', 'memory', 'queue', 'semaphore', 'abstract', 'port', 'lock', 'process'\]\n$/,
  );
});

test("two runs at the same time share no file, memory, queue, socket, lock or process", async () => {
  let looked = "";
  const planter = await sandbox.run("python", `${PLANT}\nprint(input())`, {
    stdin: (async function* () {
      // The other looks when the marks are in place.
      await planted;
      looked = (await sandbox.run("python", LOOK)).stdout;
      yield "seen\n";
    })(),
    onEvent: (event) => event.type === "stdout" && markPlanted(),
  });
  assert.deepEqual([planter.stdout, looked], ["planted 3\nseen\n", "[]\n"]);
});
let markPlanted = () => {};
const planted = new Promise<void>((resolve) => (markPlanted = resolve));

test("runs after each other find no residue", async () => {
  await sandbox.run("python", PLANT);
  assert.equal((await sandbox.run("python", LOOK)).stdout, "[]\n");
});

test("runs at the same time have different users", async () => {
  const rans = await Promise.all(Array.from({ length: 4 }, () => sandbox.run("bash", "id -u; sleep 0.5")));
  assert.equal(new Set(rans.map(({ stdout }) => stdout)).size, 4);
});
