import { readFile } from "node:fs/promises";
import path from "node:path";

/** Where the kernel shows the control groups of this machine. */
const GROUPS = "/sys/fs/cgroup";

/**
 * Peak memory of a container on this machine, as the kernel counted it; `null` where that cannot be read: with control groups of version
 * 1, on another machine, in a virtual machine, before Linux 5.19. Docker's own figures have no peak with version 2.
 * `pid` is the container's first process as the engine knows it; a process of the same number that is not of the
 * container is recognised by its control group, whose name holds the container's id.
 */
export async function peakMemory(
  containerId: string,
  pid: number,
  { processes = "/proc", groups = GROUPS } = {},
): Promise<number | null> {
  try {
    const lines = await readFile(path.join(processes, String(pid), "cgroup"), "utf8");
    const group = /^0::(\/.*)$/m.exec(lines)?.[1];
    if (!group?.includes(containerId)) return null;
    const peak = Number.parseInt(await readFile(path.join(groups, group, "memory.peak"), "utf8"), 10);
    return Number.isSafeInteger(peak) && peak > 0 ? peak : null;
  } catch {
    return null;
  }
}
