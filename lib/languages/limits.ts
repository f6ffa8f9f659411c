import type { PlanLimits } from "../plans";
import type { RunMode } from "../schemas/run";
import type { RunLimits } from "../schemas/run-limits";
import type { Language } from "./language";

/**
 * What a run is held to: its plan's limits, where its language's compiler needs others with those, and for its mode.
 * Computed once, when the run is accepted; it then travels with the run.
 */
export function limitsOf(plan: PlanLimits, language: Pick<Language, "limits">, mode: RunMode): RunLimits {
  return {
    ...plan,
    compile: { ...plan.compile, ...language.limits?.compile },
    attended: mode === "batch" ? null : plan.attended,
  };
}
