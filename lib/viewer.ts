import type { PlanId } from "./plans";

/** Whoever makes a request: a guest, a signed-in user, or an API key's user. */
export interface Viewer {
  id: string;
  plan: PlanId;
}
