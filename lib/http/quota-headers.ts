import { DAILY_RUNS, DAY_S, rateHeaders } from "../rates";
import type { Usage } from "../schemas/run";

/** The viewer's remaining runs of the day, as `RateLimit-*` headers. */
export function quotaHeaders({ limit, remaining, resetsAt }: Usage): Record<string, string> {
  const resetS = Math.max(1, Math.ceil((Date.parse(resetsAt) - Date.now()) / 1_000));
  return rateHeaders({ name: DAILY_RUNS, limit, remaining, resetS }, DAY_S);
}
