import type { Account } from "@/lib/schemas/account";

type PlanId = Account["plan"]["id"];

const NAMES: Readonly<Record<PlanId, string>> = {
  guest: "Guest",
  free: "Free plan",
  pro: "Pro plan",
};

export function planName(id: PlanId): string {
  return NAMES[id];
}
