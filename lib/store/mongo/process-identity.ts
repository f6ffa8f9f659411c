import fs from "node:fs";
import os from "node:os";
import { processStart } from "../../system/process-start";

/** Identifies a process among all that share the store. */
export interface ProcessIdentity {
  /** The scope in which a pid is unique: this boot of this machine and, on Linux, this pid namespace. */
  place: string;
  pid: number;
  /** Tells it from an earlier process with the same pid; empty on systems without `/proc`. */
  started: string;
}

export function ownProcess(): ProcessIdentity {
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

/** Whether a process is certainly dead. Processes elsewhere cannot be judged. */
export function isGone(other: ProcessIdentity): boolean {
  if (other.place !== ownPlace() || other.started === "") return false;
  return processStart(other.pid) !== other.started;
}
