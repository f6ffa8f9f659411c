import type { PlanId } from "@/lib/schemas/plan";

const NAMES: Readonly<Record<PlanId, string>> = {
  guest: "Guest",
  free: "Free plan",
  pro: "Pro plan",
};

export function planName(id: PlanId): string {
  return NAMES[id];
}
