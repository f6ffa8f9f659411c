import fs from "node:fs";
import path from "node:path";

/** A file system in memory, as every Linux has it; in a container it may be as small as 64 MB. */
const IN_MEMORY = "/dev/shm";
/** What the tests of a part leave at most, several times over. */
const NEEDED_BYTES = 4 * 2 ** 30;

let made;

/**
 * The folder for temporary files of tests: in memory where there is room, since tests commit to thousands of small databases, and a disk that is
 * asked to keep each of them takes most of their time. No test is about a power cut: what a process that is killed has written stays either way.
 * `undefined` where there is no room; the system's own folder then serves. It is removed with this process.
 */
export function scratchFolder({ folder = IN_MEMORY, neededBytes = NEEDED_BYTES } = {}) {
  if (made !== undefined) return made;
  if (freeBytes(folder) < neededBytes || availableMemory() < 2 * neededBytes) return undefined;
  made = fs.mkdtempSync(path.join(folder, "quicksand-test-"));
  process.on("exit", () => fs.rmSync(made, { recursive: true, force: true }));
  return made;
}

function freeBytes(folder) {
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

/** What programs may still take; zero where the kernel does not say. */
function availableMemory() {
  try {
    const [, kilobytes = "0"] =
      /^MemAvailable:\s+(\d+) kB$/m.exec(fs.readFileSync("/proc/meminfo", "utf8")) ?? [];
    return Number(kilobytes) * 1_024;
  } catch {
    return 0;
  }
}
