import assert from "node:assert/strict";
import { test } from "node:test";
import { PLANS } from "../../plans";
import type { Profile } from "../cell";
import { createOptions, hostConfig } from "./limits";
import seccompProfile from "./seccomp.json" with { type: "json" };
import { SUPERVISOR } from "./supervisor";

const { limits } = PLANS.guest;

test("the whole isolation of a container is this and nothing else", () => {
  const { SecurityOpt, ...config } = hostConfig(limits, limits.run);
  assert.deepEqual(config, {
    Memory: 134_217_728,
    MemorySwap: 134_217_728,
    NanoCpus: 500_000_000,
    NetworkMode: "none",
    ReadonlyRootfs: true,
    Privileged: false,
    CapDrop: ["ALL"],
    PidsLimit: 64,
    IpcMode: "none",
    CgroupnsMode: "private",
    Tmpfs: {
      "/tmp": "rw,exec,nosuid,nodev,size=67108864,nr_inodes=16384,mode=1777",
      "/dev/shm": "rw,noexec,nosuid,nodev,size=16777216,nr_inodes=256,mode=1777",
      "/run/quicksand": "rw,noexec,nosuid,nodev,size=8192,nr_inodes=3,mode=1777",
      "/dev/mqueue": "ro,noexec,nosuid,nodev,size=4096,nr_inodes=2,mode=0555",
    },
    Ulimits: [
      { Name: "nofile", Soft: 256, Hard: 256 },
      { Name: "core", Soft: 0, Hard: 0 },
      { Name: "memlock", Soft: 65_536, Hard: 65_536 },
      { Name: "msgqueue", Soft: 0, Hard: 0 },
    ],
    MaskedPaths: [
      ...[
        "/proc/acpi",
        "/proc/asound",
        "/proc/interrupts",
        "/proc/kcore",
        "/proc/keys",
        "/proc/latency_stats",
      ],
      ...["/proc/pressure", "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats"],
      ...["/sys/devices/virtual/powercap", "/sys/firmware"],
    ],
    ReadonlyPaths: ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
    LogConfig: { Type: "none", Config: {} },
    OomScoreAdj: 1000,
    CpuShares: 512,
    RestartPolicy: { Name: "no" },
    AutoRemove: false,
    Init: false,
  });
  assert.equal(SecurityOpt?.length, 2);
  assert.equal(SecurityOpt?.[0], "no-new-privileges");
  assert.deepEqual(JSON.parse(SecurityOpt?.[1]?.replace("seccomp=", "") ?? ""), seccompProfile);
});

test("an operator's runtime is used, and only then named", () => {
  assert.equal(hostConfig(limits, limits.run, "runsc").Runtime, "runsc");
  assert.equal("Runtime" in hostConfig(limits, limits.run), false);
});

test("a container gets a user, an environment and labels of its own, and nothing of ours", () => {
  process.env.QUICKSAND_TEST_SECRET = "a-secret-of-the-server";
  const profile: Profile = {
    image: "sha256:1",
    shell: "/bin/sh",
    env: { EXTRA: "1" },
    limits,
    first: limits.compile,
    standby: [],
  };
  const options = createOptions(profile, { userId: 2_000_000_001, labels: { label: "value" } });
  assert.equal(options.User, "2000000001:2000000001");
  assert.deepEqual(options.Entrypoint, ["/bin/sh", "-c", SUPERVISOR]);
  assert.deepEqual(options.Cmd, ["supervisor", "2000000001"]);
  const foreign = createOptions(profile, { userId: 2_000_000_001, labels: {}, foreignImage: true });
  assert.deepEqual(foreign.Cmd, ["foreign", "2000000001"]);
  assert.deepEqual(options.Labels, { label: "value" });
  assert.deepEqual(
    options.Env?.map((line) => line.split("=")[0]),
    ["HOME", "USER", "LOGNAME", "LANG", "TERM", "PATH", "OUTPUT_DIR", "EXTRA"],
  );
  assert.deepEqual([options.Tty, options.StdinOnce, options.NetworkDisabled], [false, true, true]);
  assert.equal(options.HostConfig?.Memory, limits.compile.memoryBytes);
  assert.doesNotMatch(JSON.stringify(options), /a-secret-of-the-server/);
});

test("the filter is a list of what is allowed, on native architectures only", () => {
  assert.equal(seccompProfile.defaultAction, "SCMP_ACT_ERRNO");
  for (const { architecture, subArchitectures } of seccompProfile.archMap) {
    assert.deepEqual(subArchitectures, [], architecture);
  }
  const allowed = seccompProfile.syscalls.filter(({ action, args }) => action === "SCMP_ACT_ALLOW" && !args);
  const names = new Set(allowed.flatMap((rule) => rule.names));
  for (const name of [
    ...[
      "mount",
      "unshare",
      "setns",
      "clone3",
      "clone",
      "ptrace",
      "bpf",
      "keyctl",
      "add_key",
      "perf_event_open",
      "userfaultfd",
    ],
    ...[
      "io_uring_setup",
      "socketcall",
      "socket",
      "mknod",
      "personality",
      "memfd_secret",
      "process_vm_readv",
      "sync",
    ],
  ]) {
    assert.equal(names.has(name), false, `${name} is allowed without conditions`);
  }
});
