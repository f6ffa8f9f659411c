import type { PlanId } from "../schemas/plan";

/** Whoever makes a request: a guest, a signed-in user, or an API key's user. */
export interface Viewer {
  id: string;
  plan: PlanId;
  /**
   * Whose quota, rate and turns theirs count as. A user's is their own; a guest's stands for their address, so that
   * throwing a cookie away makes no new quota.
   */
  account: string;
}
