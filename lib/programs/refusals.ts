import { AppError } from "../errors";
import { type Plans, quotaDay } from "../plans";
import type { PlanId } from "../schemas/plan";

const MB = 1_048_576;

/** The program was changed since the revision that a change is of; `null` where it is changed without end. */
export function staleRevision(current: number | null): AppError {
  if (current === null) {
    return new AppError("conflict", "The program is being changed by others all the time; try again.", {
      retryAfterS: 1,
    });
  }
  return new AppError(
    "conflict",
    `The program was changed meanwhile and is at revision ${current}; read it, then send your change with \`If-Match: "${current}"\`.`,
    {
      details: [{ path: "If-Match", message: `is not the current revision, ${current}` }],
      headers: { ETag: `"${current}"` },
    },
  );
}

export function tooMany(plan: PlanId, plans: Plans): AppError {
  const limit = plans[plan].programs.toLocaleString("en");
  return new AppError(
    "quota_exceeded",
    `All ${limit} programs of the ${plan} plan are there. Delete one at /programs.${more(plan, plans)}`,
  );
}

export function tooLarge(plan: PlanId, plans: Plans): AppError {
  const limit = Math.floor(plans[plan].programBytes / MB).toLocaleString("en");
  return new AppError(
    "quota_exceeded",
    `Your programs would take more than the ${limit} MB of the ${plan} plan together. Delete some at /programs.${more(plan, plans)}`,
  );
}

/** For a viewer whose network has stored what it may in a day, over all who are there. */
export function networkFull(bytes: number, now: Date): AppError {
  const { resetsAt } = quotaDay(now);
  const limit = Math.floor(bytes / MB).toLocaleString("en");
  return new AppError(
    "quota_exceeded",
    `The programs and files from your network have grown by ${limit} MB today, which is as much as they may in a day, over all accounts and browsers there. Come back at 00:00 UTC (${resetsAt}); your browser keeps what you type.`,
    { retryAfterS: Math.max(1, Math.ceil((Date.parse(resetsAt) - now.getTime()) / 1_000)) },
  );
}

function more(plan: PlanId, plans: Plans): string {
  if (plan !== "guest") return "";
  return ` With an account you can keep ${plans.free.programs.toLocaleString("en")}: sign up.`;
}
