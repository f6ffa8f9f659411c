import type { ContainerStats } from "dockerode";
import type { Usage } from "../cell";

/** The kernel rounds a limit of memory to whole pages, of at most this size. */
const PAGE_BYTES = 65_536;

export const UNKNOWN_USAGE: Usage = { memoryBytes: null, cpuMs: null };

/**
 * Whether the engine's figures are those of a container with this limit of memory, so that the container is held to it. A runtime that
 * gives its containers no control group (gVisor with `--ignore-cgroups`) has the engine report the figures of the whole machine.
 */
export function isOfContainer(stats: ContainerStats, memoryLimitBytes: number): boolean {
  const { limit } = stats.memory_stats ?? {};
  return typeof limit === "number" && Math.abs(limit - memoryLimitBytes) < PAGE_BYTES;
}

/** What a container used by the engine's figures. `max_usage` exists with control groups of version 1 only; `usage` is no peak. */
export function usageOf(stats: ContainerStats, memoryLimitBytes: number): Usage {
  if (!isOfContainer(stats, memoryLimitBytes)) return UNKNOWN_USAGE;
  return {
    memoryBytes: stats.memory_stats.max_usage ?? null,
    cpuMs: stats.cpu_stats.cpu_usage ? stats.cpu_stats.cpu_usage.total_usage / 1e6 : null,
  };
}
