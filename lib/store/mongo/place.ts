import fs from "node:fs";
import os from "node:os";

/** A process among all that share the store. */
export interface Whereabouts {
  /** The set of processes in which a number means one process: this boot of this machine and, on Linux, this container. */
  place: string;
  pid: number;
  /** What tells it from an earlier process of the same number; empty where the system does not say. */
  started: string;
}

export function ownWhereabouts(): Whereabouts {
  return { place: ownPlace(), pid: process.pid, started: startOf(process.pid) ?? "" };
}

function ownPlace(): string {
  try {
    const boot = fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${fs.readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return `${os.platform()} ${os.hostname()}`;
  }
}

/** Whether a process is certainly gone. Of another place nothing is certain. */
export function isGone(other: Whereabouts): boolean {
  if (other.place !== ownPlace() || other.started === "") return false;
  return startOf(other.pid) !== other.started;
}

/** When a process was started, in the kernel's own count; `null` when there is none of that number. */
function startOf(pid: number): string | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // After the name, which is in parentheses and may hold anything, the twentieth field.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
