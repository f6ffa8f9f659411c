import { formatBytes } from "@/lib/client/format";

/** The parts of a plan that the sign-up page compares. */
interface PlanFacts {
  runsPerDay: number;
  runsPerMinute: number;
  retentionDays: number | null;
  features: readonly string[];
  limits: { run: { memoryBytes: number; timeoutMs: number } };
}

/** What an account adds over a guest, for the differences between this server's plans. */
export function accountBenefits(guest: PlanFacts, free: PlanFacts): string[] {
  return [
    more(guest.runsPerDay, free.runsPerDay) &&
      `${count(free.runsPerDay)} runs a day instead of ${count(guest.runsPerDay)}`,
    guest.retentionDays !== null &&
      (free.retentionDays === null
        ? `Runs are kept for good instead of ${days(guest.retentionDays)}`
        : more(guest.retentionDays, free.retentionDays) &&
          `Runs are kept ${days(free.retentionDays)} instead of ${guest.retentionDays}`),
    more(guest.limits.run.memoryBytes, free.limits.run.memoryBytes) &&
      `${formatBytes(free.limits.run.memoryBytes)} of memory for each run instead of ${formatBytes(guest.limits.run.memoryBytes)}`,
    more(guest.limits.run.timeoutMs, free.limits.run.timeoutMs) &&
      `${free.limits.run.timeoutMs / 1000} s for each run instead of ${guest.limits.run.timeoutMs / 1000} s`,
    free.features.includes("keys") && !guest.features.includes("keys") && "API keys for programs of your own",
  ].filter((benefit) => benefit !== false);
}

function more(before: number, after: number): boolean {
  return after > before;
}

function count(runs: number): string {
  return runs.toLocaleString("en");
}

function days(number: number): string {
  return number === 1 ? "1 day" : `${number} days`;
}
