import type { PlanId } from "../../schemas/plan";
import type { AccountStore } from "../accounts";

/** Answers that are remembered: things of one owner tend to follow each other. */
const REMEMBERED = 10_000;

/** Who has been restored, for what may belong to nobody. Ask once all users are there. */
export class Owners {
  readonly #accounts: Pick<AccountStore, "getUser">;
  readonly #known = new Map<string, boolean>();

  constructor(accounts: Pick<AccountStore, "getUser">) {
    this.#accounts = accounts;
  }

  async has(user: string): Promise<boolean> {
    const known = this.#known.get(user);
    if (known !== undefined) return known;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    const found = (await this.#accounts.getUser(user)) !== null;
    this.#known.set(user, found);
    return found;
  }

  /** Guests have no account, and what they have counts for their plan. */
  async hasOwnerOf({ owner, plan }: { owner: string; plan: PlanId }): Promise<boolean> {
    return plan === "guest" || this.has(owner);
  }
}
