import { NAMES } from "../container/supervisor";

/** Inodes and bytes of what a run can write to. */
export interface Room {
  tmpfsBytes: number;
  tmpfsInodes: number;
}

/** Flags of mount(2): read-only, no set-uid programs, no devices, no programs, and kinds of mounting. */
const RO = 1;
const NOSUID = 2;
const NODEV = 4;
const NOEXEC = 8;
const REMOUNT = 32;
const BIND = 4096;
const REC = 16384;
const PRIVATE = 1 << 18;

const KB = 1024;
const MB = 1_048_576;

/** A call of mount(2). `/proc` files and folders that a kernel does not have are left out. */
interface Mount {
  source: string;
  place: string;
  type: string;
  flags: number;
  options: string;
}

/** Of the kernel's own files, what a program cannot see (ADR 6), and what it cannot write to; in a container Docker hides these. */
const HIDDEN_FILES = [
  "interrupts",
  "kcore",
  "keys",
  "latency_stats",
  "sched_debug",
  "timer_list",
  "timer_stats",
];
const HIDDEN_FOLDERS = ["acpi", "asound", "pressure", "scsi"];
const READ_ONLY = ["bus", "fs", "irq", "sys", "sysrq-trigger"];

/**
 * Everything that is mounted for a run, in its order, on top of what its container has: a read-only root, and nothing to write to. The
 * three places for a program's files are made new for each run, so that nothing has to be removed after one, and are limited as in a
 * container. `/dev` becomes read-only, since a time stamp of a device would stay.
 */
export function mountsOf({ tmpfsBytes, tmpfsInodes }: Room): readonly Mount[] {
  const tmpfs = { source: "tmpfs", type: "tmpfs" };
  const same = { source: "none", type: "none", options: "" };
  return [
    { ...same, place: "/", flags: REC | PRIVATE },
    { ...tmpfs, place: "/tmp", flags: NOSUID | NODEV, options: room(tmpfsBytes, tmpfsInodes, "1777") },
    { ...same, place: "/dev", flags: REMOUNT | BIND | RO | NOSUID },
    { ...tmpfs, place: "/dev/shm", flags: NOSUID | NODEV | NOEXEC, options: room(16 * MB, 256, "1777") },
    { ...tmpfs, place: NAMES, flags: NOSUID | NODEV | NOEXEC, options: room(8 * KB, 3, "1777") },
    {
      source: "devpts",
      place: "/dev/pts",
      type: "devpts",
      flags: NOSUID | NOEXEC,
      options: "newinstance,ptmxmode=0666,mode=620",
    },
    { source: "proc", place: "/proc", type: "proc", flags: NOSUID | NODEV | NOEXEC, options: "" },
    ...HIDDEN_FILES.map((name) => ({ ...same, source: "/dev/null", place: `/proc/${name}`, flags: BIND })),
    ...HIDDEN_FOLDERS.map((name) => ({
      ...tmpfs,
      place: `/proc/${name}`,
      flags: RO | NOSUID | NODEV | NOEXEC,
      options: room(4 * KB, 2, "555"),
    })),
    ...READ_ONLY.flatMap((name) => {
      const place = `/proc/${name}`;
      return [
        { ...same, source: place, place, flags: BIND | REC },
        { ...same, place, flags: REMOUNT | BIND | RO | NOSUID | NODEV | NOEXEC },
      ];
    }),
  ];
}

function room(bytes: number, inodes: number, mode: string): string {
  return `size=${bytes},nr_inodes=${inodes},mode=${mode}`;
}
