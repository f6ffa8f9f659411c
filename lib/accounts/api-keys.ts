import { nanoid } from "nanoid";
import { newApiKey } from "../auth/keys";
import { AppError, notFound } from "../errors";
import type { Plan, Plans } from "../plans";
import type { ApiKeyView, NewKey } from "../schemas/account";
import { MAX_KEYS } from "../schemas/limits";
import type { PlanId } from "../schemas/plan";
import type { AccountStore, ApiKey, User } from "../store/accounts";
import type { Audit } from "./audit";
import type { Letters } from "./letters";
import type { Owner } from "./owner";

/** The API keys of an account, for its owner. */
export interface ApiKeys {
  list(user: User): Promise<ApiKeyView[]>;
  /** The only time the key itself is returned. Throws `plan_forbids`, `invalid_request` for a ceiling above the plan's, `unauthorized` when the session ended meanwhile, and `conflict` at `MAX_KEYS` keys. */
  create(owner: Owner, key: NewKey): Promise<ApiKeyView & { key: string }>;
  revoke(owner: Owner, id: string): Promise<void>;
  revokeAll(owner: Owner): Promise<void>;
}

interface ApiKeysOptions {
  users: AccountStore;
  plans: Plans;
  audit: Audit;
  letters: Letters;
  clock: () => Date;
}

const DAY_MS = 86_400_000;

export function createApiKeys({ users, plans, audit, letters, clock }: ApiKeysOptions): ApiKeys {
  return {
    list: async (user) => (await users.listKeys(user.id)).map(view),

    async create(owner, { name, scopes, expiresInDays, ...ceilings }) {
      const { user, session } = owner;
      if (!plans[user.plan].features.includes("keys")) {
        throw new AppError("plan_forbids", `The ${user.plan} plan has no API keys.`);
      }
      refuseAbovePlan(ceilings, plans[user.plan], user.plan);
      const { key, hash, hint } = newApiKey();
      const createdAt = clock();
      const expiresAt =
        expiresInDays === null ? null : new Date(createdAt.getTime() + expiresInDays * DAY_MS);
      const kept = { id: nanoid(), owner: user.id, name, scopes, hash, hint, createdAt, expiresAt };
      const made: ApiKey = { ...kept, ...ceilings, lastUsedAt: null };
      if (!(await users.createKey(made, MAX_KEYS, session ?? undefined))) {
        throw new AppError(
          "conflict",
          `There are ${MAX_KEYS} keys, the most there may be; revoke one first.`,
        );
      }
      const detail = `${hint}… ${scopes.join("+")}`;
      await audit.note("key_created", { actor: user.id, subject: user.id, detail }, owner);
      letters.keyMade(user, name, owner);
      return { ...view(made), key };
    },

    async revoke(owner, id) {
      const { user } = owner;
      const key = (await users.listKeys(user.id)).find((each) => each.id === id);
      if (!key || !(await users.deleteKey(id, user.id))) throw notFound("key");
      await audit.note("key_revoked", { actor: user.id, subject: user.id, detail: `${key.hint}…` }, owner);
    },

    async revokeAll(owner) {
      const { user } = owner;
      const revoked = await users.deleteKeys(user.id);
      if (revoked === 0) return;
      await audit.note("key_revoked", { actor: user.id, subject: user.id, detail: `all ${revoked}` }, owner);
    },
  };
}

/** A ceiling that the plan would never let a key reach is a mistake, and its owner would count on it after a change of the plan. */
function refuseAbovePlan(
  ceilings: Pick<NewKey, "requestsPerMinute" | "runsPerDay">,
  plan: Plan,
  planId: PlanId,
): void {
  const details = (["requestsPerMinute", "runsPerDay"] as const).flatMap((path) => {
    const wanted = ceilings[path];
    if (wanted === null || wanted <= plan[path]) return [];
    const most = plan[path].toLocaleString("en");
    const message = `\`${path}\` is ${wanted.toLocaleString("en")}; the ${planId} plan has ${most}, so use at most that, or leave it out.`;
    return [{ path, message }];
  });
  const [first] = details;
  if (first) throw new AppError("invalid_request", first.message, { details });
}

function view({ id, name, hint, scopes, createdAt, lastUsedAt, expiresAt, ...key }: ApiKey): ApiKeyView {
  const { requestsPerMinute, runsPerDay } = key;
  return {
    ...{ id, name, hint, requestsPerMinute, runsPerDay },
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
