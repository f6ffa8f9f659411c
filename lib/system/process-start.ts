import { readFileSync } from "node:fs";

/**
 * When a process started, in the kernel's clock ticks since boot: a process id that is used again is another process. `null` when there
 * is no such process, or no `/proc` to look in (then nothing is known of it).
 */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, which may hold anything; `starttime` is the twentieth after it (proc(5)).
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
