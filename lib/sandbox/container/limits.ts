import type { ContainerCreateOptions, HostConfig } from "dockerode";
import type { StageLimits } from "../../schemas/run-limits";
import type { Profile } from "../cell";
import seccompProfile from "./seccomp.json" with { type: "json" };
import { NAMES, SUPERVISOR } from "./supervisor";

const KB = 1024;
const MB = 1_048_576;

/** Inodes of the writable space: enough for the files of a build, not for a million empty files. */
export const TMPFS_INODES = 16_384;

/**
 * What newer engines hide from containers, so that older ones do too; and the pressure files, which show the load of the
 * host and are writable.
 */
const HIDDEN_PATHS = [
  "/proc/acpi",
  "/proc/asound",
  "/proc/interrupts",
  "/proc/kcore",
  "/proc/keys",
  "/proc/latency_stats",
  "/proc/pressure",
  "/proc/sched_debug",
  "/proc/scsi",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/sys/devices/virtual/powercap",
  "/sys/firmware",
];

/** Docker's unit of processors. */
const NANO_CPUS = 1e9;

/** The part of a container's configuration that differs between the stages of one run. */
export function stageResources(stage: StageLimits) {
  return {
    Memory: stage.memoryBytes,
    // Equal to Memory: no swap. Without it Docker gives as much swap again.
    MemorySwap: stage.memoryBytes,
    NanoCpus: Math.round(stage.cpus * NANO_CPUS),
  };
}

/** The declared type lacks a field that every engine since 20.10 knows. */
type FullHostConfig = HostConfig & { CgroupnsMode: "private" };

/** Docker's HostConfig for a sandbox. Pure, so that a test can print it and a reviewer can read it whole. */
export function hostConfig(limits: Profile["limits"], stage: StageLimits, runtime?: string): FullHostConfig {
  return {
    ...stageResources(stage),
    ...(runtime ? { Runtime: runtime } : {}),
    NetworkMode: "none",
    ReadonlyRootfs: true,
    Privileged: false,
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges", `seccomp=${JSON.stringify(seccompProfile)}`],
    PidsLimit: limits.processes,
    // PID, UTS and cgroup namespaces of its own; "none" for IPC is a private one without Docker's own /dev/shm.
    IpcMode: "none",
    CgroupnsMode: "private",
    // The only writable places. Each is limited in bytes and inodes and counts as memory of the container.
    Tmpfs: {
      "/tmp": `rw,exec,nosuid,nodev,size=${limits.tmpfsBytes},nr_inodes=${TMPFS_INODES},mode=1777`,
      "/dev/shm": `rw,noexec,nosuid,nodev,size=${16 * MB},nr_inodes=256,mode=1777`,
      // The lists of users and groups: a page and an inode for each.
      [NAMES]: `rw,noexec,nosuid,nodev,size=${8 * KB},nr_inodes=3,mode=1777`,
      // Takes the place of the kernel's message queues, which Docker would leave writable.
      "/dev/mqueue": `ro,noexec,nosuid,nodev,size=${4 * KB},nr_inodes=2,mode=0555`,
    },
    Ulimits: [
      { Name: "nofile", Soft: limits.openFiles, Hard: limits.openFiles },
      { Name: "core", Soft: 0, Hard: 0 },
      { Name: "memlock", Soft: 64 * KB, Hard: 64 * KB },
      { Name: "msgqueue", Soft: 0, Hard: 0 },
    ],
    MaskedPaths: HIDDEN_PATHS,
    ReadonlyPaths: ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
    // A flood of output must not reach the host's disk; we read it from the attached stream.
    LogConfig: { Type: "none", Config: {} },
    // When the host itself runs out of memory, a sandbox is killed first.
    OomScoreAdj: 1000,
    // Less than the server, which has to answer while sandboxes are busy.
    CpuShares: 512,
    RestartPolicy: { Name: "no" },
    AutoRemove: false,
    Init: false,
  };
}

/** What differs between containers of one profile. */
export interface Identity {
  /** One that no other living sandbox has. */
  userId: number;
  labels: Record<string, string>;
  /** An OCI runtime by name; Docker's default without. */
  runtime?: string | undefined;
  /** The image is an operator's, whose shell can be read: there nothing protects the supervisor's memory, as ADR 2 says. */
  foreignImage?: boolean;
}

/** The whole request to Docker that creates a sandbox. */
export function createOptions(
  profile: Profile,
  { userId, labels, runtime, foreignImage = false }: Identity,
): ContainerCreateOptions {
  return {
    Image: profile.image,
    Entrypoint: [profile.shell, "-c", SUPERVISOR],
    // The shell's `$0`, then the supervisor's arguments.
    Cmd: [foreignImage ? "foreign" : "supervisor", String(userId), ...profile.standby],
    Env: Object.entries({ ...BASE_ENV, ...profile.env }).map(([name, value]) => `${name}=${value}`),
    User: `${userId}:${userId}`,
    WorkingDir: "/tmp",
    Hostname: "sandbox",
    Labels: labels,
    Tty: false,
    OpenStdin: true,
    // The program's end of input is our end of the stream; and when we die, the supervisor reads end of file and exits.
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    // An empty namespace of its own, made without Docker's network hook, with which a life-cycle costs 1.7 times as much: ADR 8.
    NetworkDisabled: true,
    StopSignal: "SIGKILL",
    Healthcheck: { Test: ["NONE"] },
    HostConfig: hostConfig(profile.limits, profile.first, runtime),
  };
}

const BASE_ENV = {
  HOME: "/tmp",
  USER: "sandbox",
  LOGNAME: "sandbox",
  LANG: "C.UTF-8",
  TERM: "dumb",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  OUTPUT_DIR: "/tmp/output",
} as const;
