import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type Docker from "dockerode";
import { LANGUAGES, type Language } from "../../../languages";
import { LAUNCHER_PROCESSES } from "../../cell/launcher";
import { attack, collect, LIMITS, limitsWith, specOf, testSandbox } from "../sandbox-fixture";
import type { Wall } from "../walls";

/** The answers of `who-am-i.sh` by heading. */
function sections(text: string): Map<string, string[]> {
  const parts = text.split(/^== /m).slice(1);
  return new Map(
    parts.map((part) => {
      const [heading = "", ...lines] = part.trimEnd().split("\n");
      return [heading, lines];
    }),
  );
}

/** What a probe finds by whose kernel it asks. gVisor's has devices of its own, takes no filter of ours, and shows fewer words of all of it. */
const EXPECTED = {
  host: {
    capabilities: ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"],
    confinement: { NoNewPrivs: "1", Seccomp: "2" },
    devices: ["full", "null", "pts/ptmx", "random", "tty", "urandom", "zero"],
    tmp: /nosuid,nodev.*size=65536k,nr_inodes=16384/,
    names: /nosuid,nodev,noexec.*size=8k,nr_inodes=3/,
    shm: /nosuid,nodev,noexec.*size=16384k,nr_inodes=256/,
    limitedTmpfs: /size=\d+k.*nr_inodes=\d+/,
    descriptors: ["0", "1", "2"],
  },
  gVisor: {
    capabilities: ["CapInh", "CapPrm", "CapEff", "CapBnd"],
    confinement: { Seccomp: "0" },
    devices: ["full", "fuse", "net/tun", "null", "pts/ptmx", "random", "tty", "urandom", "zero"],
    tmp: /size=67108864/,
    names: /noexec,size=8192/,
    shm: /noexec,size=16777216/,
    limitedTmpfs: /size=\d+/,
    descriptors: ["0", "1", "2"],
  },
} as const;

function assertHarmless(text: string, who: string, kernel: Wall["kernel"]): void {
  const expected = EXPECTED[kernel];
  const said = sections(text);
  assert.ok(said.has("end"), `${who}: the whole probe ran: ${text.slice(-300)}`);
  const status = new Map(said.get("status")?.map((line) => line.split(": ") as [string, string]));
  for (const name of ["Uid", "Gid", "Groups"])
    assert.match(
      status.get(name)?.trim() ?? "",
      /^(20\d{8} ?)+$/,
      `${who}: ${name} is far from any real one`,
    );
  for (const name of expected.capabilities) assert.match(status.get(name) ?? "", /^0+$/, `${who}: ${name}`);
  for (const [name, value] of Object.entries(expected.confinement))
    assert.equal(status.get(name), value, `${who}: ${name}`);
  assert.deepEqual(said.get("descriptors"), expected.descriptors, who);
  assert.deepEqual(said.get("set-uid"), [], who);
  const devices = expected.devices.map((name) => `/dev/${name}`);
  assert.deepEqual(said.get("devices"), devices, who);
  for (const path of said.get("writable") ?? [])
    assert.match(path, /^\/(tmp|dev\/shm|run\/quicksand)(\/|$)/, who);
  assertMounts(said.get("mounts") ?? [], who, expected);
}

/** Whatever is mounted for writing is a tmpfs with limits, or a place of the kernel that only root can write to. */
function assertMounts(
  mounts: string[],
  who: string,
  expected: (typeof EXPECTED)[keyof typeof EXPECTED],
): void {
  const limited = new Map<string, string>();
  for (const line of mounts) {
    const [, place = "", type, options = ""] = line.split(" ");
    if (!options.split(",").includes("rw")) continue;
    if (type === "tmpfs" && expected.limitedTmpfs.test(options)) limited.set(place, options);
    else
      assert.match(
        place,
        /^(\/proc|\/dev|\/dev\/pts|\/sys\/fs\/cgroup|\/proc\/(?!sys)\w+)$/,
        `${who}: ${line}`,
      );
  }
  assert.deepEqual([...limited.keys()].sort(), ["/dev/shm", "/run/quicksand", "/tmp"], who);
  assert.match(limited.get("/tmp") ?? "", expected.tmp);
  assert.match(limited.get("/run/quicksand") ?? "", expected.names);
  assert.match(limited.get("/dev/shm") ?? "", expected.shm);
}

/** The container's limit of processes: gVisor's own, and those of a cell beside its runs', come out of the same. */
function processesOf({ kernel, isolation }: Wall): number {
  if (kernel === "gVisor") return 384;
  return LIMITS.processes + (isolation === "cell" ? LAUNCHER_PROCESSES : 0);
}

/** What a program may do after all. With gVisor the number is its own kernel's, and nothing is chosen by it. */
const COULD = { host: [], gVisor: ["COULD write /proc/1/oom_score_adj"] };

/** What a program can see and reach: as little under every isolation. */
export function isolationSuite(wall: Wall): void {
  describe(`${wall.name}: isolation`, () => {
    const sandbox = testSandbox(wall.options);

    for (const language of LANGUAGES) {
      test(`${language.name}: processes of both stages have no rights, no devices and three limited places to write to`, async () => {
        const probe = ["sh", "-c", await attack("who-am-i.sh")];
        const { standby: _, ...plain } = language;
        const probing: Language = { ...plain, ...(language.compile ? { compile: probe } : {}), run: probe };
        const ran = await collect(sandbox.underTest, {
          ...specOf(language.id, ""),
          language: probing,
          limits: limitsWith({ cpus: 2 }),
        });
        assert.deepEqual([ran.status, ran.isolation], ["success", wall.isolation], ran.stderr);
        assertHarmless(ran.stdout, `${language.name}, run`, wall.kernel);
        if (language.compile)
          assertHarmless(ran.compile?.stdout ?? "", `${language.name}, compile`, wall.kernel);
      });
    }

    test("Docker confirms the isolation of a living container", async () => {
      let info: Docker.ContainerInspectInfo | undefined;
      await sandbox.run("python", "print('up', flush=True)\ninput()", {
        stdin: (async function* () {
          const [container] = await sandbox.containers();
          assert.ok(container);
          info = await sandbox.docker.getContainer(container.Id).inspect();
          yield "\n";
        })(),
      });
      assert.ok(info);
      const { HostConfig: host, Config: config, Mounts: mounts, NetworkSettings: network } = info;
      assert.deepEqual(
        [host.ReadonlyRootfs, host.Privileged, host.NetworkMode, host.IpcMode],
        [true, false, "none", "none"],
      );
      assert.deepEqual([host.PidMode, host.UTSMode, host.UsernsMode], ["", "", ""]);
      assert.equal((host as { CgroupnsMode?: string }).CgroupnsMode, "private");
      assert.deepEqual(
        [host.Binds, host.Devices ?? [], host.VolumesFrom, host.GroupAdd, host.CapAdd],
        [null, [], null, null, null],
      );
      assert.deepEqual(host.CapDrop, ["ALL"]);
      assert.deepEqual(
        [host.Memory, host.MemorySwap, host.PidsLimit],
        [LIMITS.run.memoryBytes, LIMITS.run.memoryBytes, processesOf(wall)],
      );
      assert.equal(host.NanoCpus, LIMITS.run.cpus * 1e9);
      assert.equal(host.LogConfig?.Type, "none");
      assert.ok(host.SecurityOpt?.includes("no-new-privileges"));
      assert.equal(mounts.filter(({ Type }) => Type !== "tmpfs").length, 0);
      assert.deepEqual(Object.keys(network.Networks), []);
      assert.match(config.User, /^(20\d{8}):\1$/);
      assert.match(info.Image, /^sha256:/);
    });

    test("files, devices and kernel settings that are not a program's business are closed to it", async () => {
      const ran = await sandbox.run("python", await attack("forbidden-files.py"));
      assert.equal(ran.status, "success", ran.stderr);
      const [, tried = "0"] = /^tried (\d+)$/m.exec(ran.stdout) ?? [];
      // With gVisor there are no files of control groups to be tried.
      assert.ok(Number(tried) > (wall.kernel === "host" ? 100 : 35), `only ${tried} were tried`);
      assert.deepEqual(ran.stdout.match(/^COULD.*$/gm) ?? [], COULD[wall.kernel]);
      assert.match(ran.stdout, /^host sandbox$/m);
    });

    test("no secret of the server is in any environment or command line that a program can see", async () => {
      process.env.QUICKSAND_TEST_SECRET = "a-secret-of-the-server";
      const program = `import glob
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try: print(path, open(path, "rb").read().replace(b"\\0", b"\\n").decode())
    except OSError as error: print(path, error.strerror)
print("self", open("/proc/self/environ").read())`;
      const ran = await sandbox.run("python", program);
      assert.match(ran.stdout, /HOME=\/tmp/);
      assert.doesNotMatch(ran.stdout, /secret|NODE_|DOCKER|NEXTAUTH|MONGODB/i);
      const names = await sandbox.run("python", "import os; print(*sorted(os.environ))");
      assert.equal(
        names.stdout.trim(),
        "HOME HOSTNAME LANG LOGNAME OUTPUT_DIR PATH PWD PYTHONDONTWRITEBYTECODE PYTHONUTF8 TERM USER",
      );
    });

    test("the images hold no file of the project", async () => {
      const ran = await sandbox.run(
        "bash",
        "find / -xdev \\( -name package.json -o -name '.git' -o -name '*.env' -o -name '*.pem' -o -name id_rsa \\) -path '*quicksand*'; ls -A /root /home /srv /opt /mnt 2>&1",
      );
      assert.doesNotMatch(ran.stdout, /quicksand|main\.ts/);
    });

    test("awkward arguments and file names reach the program unchanged", async () => {
      const args = [
        "",
        " ",
        "a b",
        "$(id)",
        "`id`",
        "'",
        '"',
        "\\",
        "*",
        "-n",
        "--",
        "é😀",
        "line\nbreak",
        "\t",
        "%s",
        "\\n",
        "a;b",
        "-",
      ];
      const names = [
        "-rf",
        "-e",
        "with space",
        "dir/sub/deep.txt",
        "é😀.txt",
        "$(id)",
        "a'b\"c",
        "*",
        "%s%n",
        "~",
        "dir/-x",
      ];
      const program =
        "import json, os, sys\nprint(json.dumps([sys.argv[1:], [open(n).read() for n in json.load(sys.stdin)]]))";
      const ran = await sandbox.run("python", program, {
        args,
        files: names.map((path) => ({ path, content: `content of ${path}` })),
        stdin: JSON.stringify(names),
      });
      assert.equal(ran.status, "success", ran.stderr);
      assert.deepEqual(JSON.parse(ran.stdout), [args, names.map((path) => `content of ${path}`)]);
    });
  });
}
