import type { Credential } from "../schemas/account";
import type { PlanId } from "../schemas/plan";

/** An API key's own ceilings, each `null` where it has none. */
export interface KeyCeilings {
  /** What its runs and requests are counted by; no id of an account, guest or network is like it. */
  account: string;
  requestsPerMinute: number | null;
  runsPerDay: number | null;
}

/** Whoever makes a request: a guest, a signed-in user, or an API key's user. */
export interface Viewer {
  id: string;
  plan: PlanId;
  /**
   * Whose quota, rate limits and place in the queue they use. For a user, their own id; for a guest, a key for their network, so that
   * deleting the cookie gives no new quota; where guests are told apart by browser, the guest's id.
   */
  account: string;
  /**
   * What counts as one beside other viewers where each is to have the same: their account, but one for all guests of a network. Absent
   * where that is the account.
   */
  group?: string;
  /**
   * Keys for the networks whose ceilings hold for them too, over all accounts: where they are, and where their account was made. The keys
   * change with the day.
   */
  networks?: readonly string[];
  /** What identified a user: their runs are accepted only while it holds. Absent for guests. */
  credential?: Credential;
  /** What an API key has by itself, beside what its account has; absent where it has the account's alone. */
  keyCeilings?: KeyCeilings;
}
