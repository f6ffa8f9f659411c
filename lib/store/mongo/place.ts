import fs from "node:fs";
import os from "node:os";
import { processStart } from "../../system/process-start";

/** A process among all that share the store. */
export interface Whereabouts {
  /** The set of processes in which a number means one process: this boot of this machine and, on Linux, this container. */
  place: string;
  pid: number;
  /** What tells it from an earlier process of the same number; empty where the system does not say. */
  started: string;
}

export function ownWhereabouts(): Whereabouts {
  return { place: ownPlace(), pid: process.pid, started: processStart(process.pid) ?? "" };
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
  return processStart(other.pid) !== other.started;
}
