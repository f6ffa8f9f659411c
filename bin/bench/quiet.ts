import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** If other processes use more than this share of the processors, a comparison is worthless. */
const BUSY_SHARE = 0.15;
const LOOK_MS = 2_000;

/** The share of processor time that other processes use, from the kernel's counters. */
async function busyShare(): Promise<number> {
  const before = cpuTimes();
  await sleep(LOOK_MS);
  const after = cpuTimes();
  const total = after.total - before.total;
  return total === 0 ? 0 : 1 - (after.idle - before.idle) / total;
}

function cpuTimes(): { idle: number; total: number } {
  const fields =
    readFileSync("/proc/stat", "utf8").split("\n")[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? [];
  // idle and iowait
  return { idle: (fields[3] ?? 0) + (fields[4] ?? 0), total: fields.reduce((sum, value) => sum + value, 0) };
}

/** Prints how busy the machine is; throws if it is too busy to compare. */
export async function requireQuiet(busyOk: boolean): Promise<number> {
  const share = await busyShare();
  const percent = Math.round(share * 100);
  if (share <= BUSY_SHARE) {
    console.log(`Background load: ${percent} % of the processors.`);
  } else if (busyOk) {
    console.log(
      `Background load: ${percent} % of the processors. THE MACHINE IS BUSY: read the ratios with care.`,
    );
  } else {
    throw new Error(
      `Other work keeps ${percent} % of the processors busy (at most ${BUSY_SHARE * 100} % is fit for a comparison). Try again later, or give --busy-ok.`,
    );
  }
  return share;
}
