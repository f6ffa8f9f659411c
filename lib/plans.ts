import * as z from "zod";
import { type PlanId, planIdSchema } from "./schemas/plan";
import {
  type AttendedLimits,
  attendedLimitsSchema,
  type RunLimits,
  runLimitsSchema,
  type StageLimits,
  stageLimitsSchema,
} from "./schemas/run-limits";

const MB = 1_048_576;

/** What a plan holds its runs to; `limitsOf` makes the limits of one run of it. */
export type PlanLimits = RunLimits & { attended: AttendedLimits };

/** What a plan may have beside running programs: typed input, test cases, sharing a run, API keys. */
export const FEATURES = ["interactive", "tests", "share", "keys"] as const;
export type Feature = (typeof FEATURES)[number];

export interface Plan {
  /** Runs on a UTC day; 0 is none. */
  runsPerDay: number;
  runsPerMinute: number;
  /** Runs at once; further ones wait for their turn. */
  parallelRuns: number;
  /**
   * The same for all accounts of one network together, be they used there or made there. A class of 30 behind one address has 166 runs a
   * pupil and day; ten at once are through a class that presses Run together in a few seconds, and more than most machines run at once.
   */
  runsPerDayPerNetwork: number;
  runsPerMinutePerNetwork: number;
  parallelRunsPerNetwork: number;
  /** Requests of any kind. */
  requestsPerMinute: number;
  requestsPerMinutePerNetwork: number;
  /**
   * Browsers of one network that have a guest's quota of their own on a day, where guests are told apart by browser; all further ones share
   * one. A cookie is a new browser, so this is what cookies can buy. Accounts are not counted by browser.
   */
  browsersPerDayPerNetwork: number;
  /** How long runs are kept, from their creation; `null` is for ever. */
  retentionDays: number | null;
  /** Bytes that are kept of one viewer's runs, and of all runs of the plan together. Beyond them the oldest go, unpinned ones first. */
  storedBytes: number;
  storedBytesInAll: number;
  /** Programs that one viewer may keep, and their bytes together. What would be more is refused; nothing is removed for it. */
  programs: number;
  programBytes: number;
  /** How long a program is kept after its last change; `null` is for ever. */
  programDays: number | null;
  /** Bytes of all programs of the plan together, beyond which the longest unchanged go; `null` is no such bound. */
  programBytesInAll: number | null;
  /**
   * By how much all programs and session files of one network may grow on a UTC day, over all accounts and browsers that are used there or made there. Cookies
   * and accounts cost nothing; without this they would buy the disk, and the places of other guests' programs.
   */
  programBytesPerDayPerNetwork: number;
  /** Ids of the languages, or all that are offered. */
  languages: readonly string[] | "*";
  features: readonly Feature[];
  limits: PlanLimits;
}

export type Plans = Readonly<Record<PlanId, Plan>>;

/** The limits of a plan with the run stage's own; the others are alike in all of them. */
function limits(run: StageLimits): PlanLimits {
  return {
    compile: { memoryBytes: 512 * MB, cpus: 2, timeoutMs: 30_000 },
    run,
    processes: 64,
    openFiles: 256,
    tmpfsBytes: 64 * MB,
    outputBytes: MB,
    attended: { totalMs: 600_000, idleMs: 180_000 },
  };
}

/** The one table of what each plan allows. A guest's quota is their address's, or their browser's where the operator says so. */
export const PLANS: Plans = {
  guest: {
    runsPerDay: 100,
    runsPerMinute: 20,
    parallelRuns: 1,
    runsPerDayPerNetwork: 5_000,
    runsPerMinutePerNetwork: 300,
    parallelRunsPerNetwork: 10,
    requestsPerMinute: 600,
    requestsPerMinutePerNetwork: 6_000,
    browsersPerDayPerNetwork: 300,
    retentionDays: 7,
    storedBytes: 50 * MB,
    storedBytesInAll: 1_024 * MB,
    programs: 100,
    programBytes: 20 * MB,
    programDays: 30,
    programBytesInAll: 1_024 * MB,
    programBytesPerDayPerNetwork: 200 * MB,
    languages: "*",
    features: ["interactive", "tests", "share"],
    limits: limits({ memoryBytes: 128 * MB, cpus: 0.5, timeoutMs: 10_000 }),
  },
  free: {
    runsPerDay: 1_000,
    runsPerMinute: 60,
    parallelRuns: 2,
    runsPerDayPerNetwork: 5_000,
    runsPerMinutePerNetwork: 600,
    parallelRunsPerNetwork: 10,
    requestsPerMinute: 1_200,
    requestsPerMinutePerNetwork: 12_000,
    browsersPerDayPerNetwork: 0,
    retentionDays: 90,
    storedBytes: 250 * MB,
    storedBytesInAll: 10_240 * MB,
    programs: 1_000,
    programBytes: 100 * MB,
    programDays: null,
    programBytesInAll: null,
    programBytesPerDayPerNetwork: 1_024 * MB,
    languages: "*",
    features: FEATURES,
    limits: limits({ memoryBytes: 256 * MB, cpus: 0.5, timeoutMs: 10_000 }),
  },
  pro: {
    runsPerDay: 20_000,
    runsPerMinute: 300,
    parallelRuns: 8,
    runsPerDayPerNetwork: 100_000,
    runsPerMinutePerNetwork: 3_000,
    parallelRunsPerNetwork: 40,
    requestsPerMinute: 3_000,
    requestsPerMinutePerNetwork: 30_000,
    browsersPerDayPerNetwork: 0,
    retentionDays: null,
    storedBytes: 5_120 * MB,
    storedBytesInAll: 51_200 * MB,
    programs: 10_000,
    programBytes: 1_024 * MB,
    programDays: null,
    programBytesInAll: null,
    programBytesPerDayPerNetwork: 10_240 * MB,
    languages: "*",
    features: FEATURES,
    limits: limits({ memoryBytes: 512 * MB, cpus: 1, timeoutMs: 30_000 }),
  },
};

/** Least and most that an operator may say of each limit. Docker takes no container with less than 6 MB, and no interpreter starts in it. */
const BOUNDS: Readonly<Record<LimitName, readonly [least: number, most: number]>> = {
  memoryBytes: [16 * MB, Number.MAX_SAFE_INTEGER],
  cpus: [0.01, 1_024],
  timeoutMs: [100, 3_600_000],
  processes: [8, Number.MAX_SAFE_INTEGER],
  openFiles: [32, Number.MAX_SAFE_INTEGER],
  tmpfsBytes: [MB, Number.MAX_SAFE_INTEGER],
  outputBytes: [1_024, Number.MAX_SAFE_INTEGER],
  totalMs: [100, 3_600_000],
  idleMs: [100, 3_600_000],
};
type LimitName =
  | keyof StageLimits
  | keyof AttendedLimits
  | Exclude<keyof RunLimits, "compile" | "run" | "attended" | "processor">;

/** The fields of a shape of limits, each within its bounds. */
function bounded<Name extends LimitName>(shape: Record<Name, z.ZodNumber>): Record<Name, z.ZodNumber> {
  const fields = Object.entries<z.ZodNumber>(shape).map(([name, schema]) => {
    const [least, most] = BOUNDS[name as Name];
    return [name, schema.min(least).max(most)];
  });
  return Object.fromEntries(fields);
}

const {
  compile: _compile,
  run: _run,
  attended: _attended,
  processor: _processor,
  ...whole
} = runLimitsSchema.shape;
const stageChange = z.strictObject(bounded(stageLimitsSchema.shape)).partial();
const limitsChange = z
  .strictObject({
    ...bounded(whole),
    compile: stageChange,
    run: stageChange,
    attended: z.strictObject(bounded(attendedLimitsSchema.shape)).partial(),
  })
  .partial();
const count = z.number().int().min(0);
const planChange = z
  .strictObject({
    runsPerDay: count,
    runsPerMinute: count,
    parallelRuns: z.number().int().min(1),
    runsPerDayPerNetwork: count,
    runsPerMinutePerNetwork: count,
    parallelRunsPerNetwork: z.number().int().min(1),
    requestsPerMinute: z.number().int().min(1),
    requestsPerMinutePerNetwork: z.number().int().min(1),
    browsersPerDayPerNetwork: count,
    retentionDays: z.number().int().min(1).nullable(),
    storedBytes: z.number().int().min(MB),
    storedBytesInAll: z.number().int().min(MB),
    programs: count,
    programBytes: z.number().int().min(MB),
    programDays: z.number().int().min(1).nullable(),
    programBytesInAll: z.number().int().min(MB).nullable(),
    programBytesPerDayPerNetwork: z.number().int().min(MB),
    languages: z.union([z.literal("*"), z.array(z.string())]),
    features: z.array(z.enum(FEATURES)),
    limits: limitsChange,
  })
  .partial();
type PlanChange = z.output<typeof planChange>;
const plansChange = z.strictObject(perPlan(() => planChange)).partial();

/** `QUICKSAND_PLANS`: JSON that is merged over the table. A name that the table does not have is a mistake, not ignored. */
export const plansSchema = z.string().transform((json, context): Plans => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    context.addIssue({ code: "custom", message: `It is no JSON; write it as {"guest":{"runsPerDay":500}}.` });
    return z.NEVER;
  }
  const parsed = plansChange.safeParse(value);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      context.addIssue({ code: "custom", message: `${path.join(".") || "the whole"}: ${message}` });
    }
    return z.NEVER;
  }
  const changes = parsed.data;
  return perPlan((id) => merged(PLANS[id], changes[id]));
});

function perPlan<T>(of: (id: PlanId) => T): Record<PlanId, T> {
  return Object.fromEntries(planIdSchema.options.map((id) => [id, of(id)])) as Record<PlanId, T>;
}

function merged(plan: Plan, { limits: changed = {}, ...change }: PlanChange = {}): Plan {
  const { compile, run, attended, ...limits } = changed;
  const { runsPerDay, runsPerMinute, parallelRuns, requestsPerMinute, programBytes } = {
    ...plan,
    ...said(change),
  };
  return {
    ...plan,
    // A ceiling that is not said is never below what one account may have.
    runsPerDayPerNetwork: Math.max(plan.runsPerDayPerNetwork, runsPerDay),
    runsPerMinutePerNetwork: Math.max(plan.runsPerMinutePerNetwork, runsPerMinute),
    parallelRunsPerNetwork: Math.max(plan.parallelRunsPerNetwork, parallelRuns),
    requestsPerMinutePerNetwork: Math.max(plan.requestsPerMinutePerNetwork, requestsPerMinute),
    programBytesPerDayPerNetwork: Math.max(plan.programBytesPerDayPerNetwork, programBytes),
    ...said(change),
    limits: {
      ...plan.limits,
      ...said(limits),
      compile: { ...plan.limits.compile, ...said(compile) },
      run: { ...plan.limits.run, ...said(run) },
      attended: { ...plan.limits.attended, ...said(attended) },
    },
  };
}

type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is `undefined`, which must not take the place of what is there. */
function said<T extends object>(change: T | undefined): Said<T> {
  return Object.fromEntries(
    Object.entries(change ?? {}).filter(([, value]) => value !== undefined),
  ) as Said<T>;
}

/** The UTC day a moment belongs to, and when the next begins: quotas turn at 00:00 UTC. */
export function quotaDay(now: Date): { day: string; resetsAt: string } {
  const day = now.toISOString().slice(0, 10);
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return { day, resetsAt: next.toISOString().replace(".000Z", "Z") };
}

/** How long runs of a plan are kept, from their creation; `null` is for ever. */
export function retentionMs({ retentionDays }: Plan): number | null {
  return retentionDays === null ? null : retentionDays * 86_400_000;
}

/** How long programs of a plan are kept, from their last change; `null` is for ever. */
export function programsKeptMs({ programDays }: Plan): number | null {
  return programDays === null ? null : programDays * 86_400_000;
}

/** When a run of a plan is to be removed; `null` is never. */
export function expiryOf(plan: Plan, createdAt: Date): Date | null {
  const kept = retentionMs(plan);
  return kept === null ? null : new Date(createdAt.getTime() + kept);
}
