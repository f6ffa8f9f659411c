import type { Usage } from "./schemas/run";

const MB = 1_048_576;

/** Limits of one stage. `cpus` is a share of processors (0.5 is half of one), `timeoutMs` is wall-clock time. */
export interface StageLimits {
  memoryBytes: number;
  cpus: number;
  timeoutMs: number;
}

/** Everything a sandbox is held to. No request field changes any of it. */
export interface RunLimits {
  compile: StageLimits;
  run: StageLimits;
  processes: number;
  openFiles: number;
  /** The writable space, a tmpfs; it counts as memory too. */
  tmpfsBytes: number;
  /** stdout and stderr together. */
  outputBytes: number;
}

export type PlanId = Usage["plan"];

export interface Plan {
  runsPerDay: number;
  /** How long runs are kept, from their creation; `null` is for ever. */
  retentionDays: number | null;
  limits: RunLimits;
}

/** design.md section 2. */
const DEFAULT_LIMITS: RunLimits = {
  compile: { memoryBytes: 512 * MB, cpus: 2, timeoutMs: 30_000 },
  run: { memoryBytes: 128 * MB, cpus: 0.5, timeoutMs: 10_000 },
  processes: 64,
  openFiles: 256,
  tmpfsBytes: 64 * MB,
  outputBytes: MB,
};

/** The one table of what each plan allows. */
export const PLANS: Readonly<Record<PlanId, Plan>> = {
  guest: { runsPerDay: 100, retentionDays: 7, limits: DEFAULT_LIMITS },
  free: { runsPerDay: 1_000, retentionDays: 90, limits: DEFAULT_LIMITS },
  pro: { runsPerDay: 20_000, retentionDays: null, limits: DEFAULT_LIMITS },
};

/** The UTC day a moment belongs to, and when the next begins: quotas turn at 00:00 UTC. */
export function quotaDay(now: Date): { day: string; resetsAt: string } {
  const day = now.toISOString().slice(0, 10);
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return { day, resetsAt: next.toISOString().replace(".000Z", "Z") };
}

/** When a run of a plan is to be removed; `null` is never. */
export function expiryOf({ retentionDays }: Plan, createdAt: Date): Date | null {
  return retentionDays === null ? null : new Date(createdAt.getTime() + retentionDays * 86_400_000);
}
