import { type Plans, quotaDay } from "../plans";
import type { PlanId } from "../schemas/plan";
import type { Usage } from "../schemas/run";

/** A viewer's quota of the UTC day of `at`, of which `used` runs are taken. */
export function usageOf(plans: Plans, plan: PlanId, used: number, at: Date): Usage {
  const limit = plans[plan].runsPerDay;
  return { plan, used, limit, remaining: Math.max(0, limit - used), resetsAt: quotaDay(at).resetsAt };
}

/** The same quota with another number of runs taken. */
export function usageWith(usage: Usage, used: number): Usage {
  const taken = Math.max(0, used);
  return { ...usage, used: taken, remaining: Math.max(0, usage.limit - taken) };
}
