import type { Identity } from "../auth/identity";
import type { Plans } from "../plans";
import { type Account, preferencesSchema, type SignInWay } from "../schemas/account";
import type { PlanId } from "../schemas/plan";
import type { User } from "../store/accounts";

/** An account as its owner sees it, or what a guest has instead. */
export function accountView(
  { viewer, user }: Identity,
  { plans, offered, oidcName }: { plans: Plans; offered: readonly SignInWay[]; oidcName: string | null },
  server: Pick<Account, "mail" | "signUp">,
): Account {
  return {
    kind: user ? "user" : "guest",
    plan: planView(viewer.plan, plans),
    user: user && {
      id: user.id,
      email: user.email,
      emailProven: user.emailProvenAt !== null,
      name: user.name,
      admin: user.admin,
      createdAt: user.createdAt.toISOString(),
      ways: waysOf(user),
      preferences: preferencesSchema.parse(user.preferences),
    },
    offered: [...offered],
    oidcName,
    ...server,
  };
}

function waysOf({ passwordHash, identities }: User): SignInWay[] {
  return [
    ...(passwordHash === null ? [] : (["password"] as const)),
    ...new Set(identities.map(({ way }) => way)),
  ];
}

function planView(id: PlanId, plans: Plans): Account["plan"] {
  const { limits, languages, features, ...plan } = plans[id];
  const { runsPerDay, runsPerMinute, parallelRuns, retentionDays } = plan;
  return {
    ...{ id, runsPerDay, runsPerMinute, parallelRuns, retentionDays },
    ...limits.run,
    languages: languages === "*" ? "*" : [...languages],
    features: [...features],
  };
}
