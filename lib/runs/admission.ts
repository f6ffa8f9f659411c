import type { Viewer } from "../auth/viewer";
import { AppError, notFound } from "../errors";
import { type Language, mainFileOf, mainFileProblem } from "../languages";
import { type Feature, type Plan, type Plans, quotaDay } from "../plans";
import { type Budget, DAILY_RUNS, DAY_S, giveEachBack, type Rates, rateHeaders, takeEach } from "../rates";
import { type ChosenOptions, optionProblems } from "../schemas/language-options";
import { clashingPaths } from "../schemas/path";
import type { PlanId } from "../schemas/plan";
import { programIdSchema } from "../schemas/program";
import type { RunRequest } from "../schemas/run";
import type { Ceiling, Store } from "../store";

/** Throws `invalid_request` when the main program cannot be called as it is to be. */
export function refuseMainFile({ mainFile, code }: RunRequest, language: Language): void {
  const problem = mainFile === undefined ? null : mainFileProblem(language, mainFile, code);
  if (problem === null) return;
  const message = `\`mainFile\` is "${mainFile}", but ${problem}.`;
  throw new AppError("invalid_request", message, { details: [{ path: "mainFile", message }] });
}

/** Throws `invalid_request` when a file has the path of the main program of its language. */
export function refuseClashes({ code, files, mainFile: chosen }: RunRequest, language: Language): void {
  const mainFile = chosen ?? mainFileOf(language, code);
  const problems = files.flatMap(({ path }, index) =>
    clashingPaths([mainFile, path]) ? [{ field: `files[${index}].path`, path }] : [],
  );
  const [first] = problems;
  if (!first) return;
  const explain = ({ field, path }: { field: string; path: string }) =>
    `\`${field}\` is "${path}", which clashes with "${mainFile}", the file that holds \`code\`; choose another name.`;
  throw new AppError("invalid_request", explain(first), {
    details: problems.map((problem) => ({ path: problem.field, message: explain(problem) })),
  });
}

/** Throws `invalid_request` when something is chosen that the language does not have. */
export function refuseUnknownOptions(options: ChosenOptions | undefined, language: Language): void {
  const details = optionProblems(language, options);
  const [first] = details;
  if (first) throw new AppError("invalid_request", first.message, { details });
}

export function planForbids(plan: PlanId, what: string): AppError {
  const remedy =
    plan === "guest" ? "sign up for an account" : "ask whoever runs this Quicksand for another plan";
  return new AppError("plan_forbids", `The ${plan} plan does not include ${what}; ${remedy}.`);
}

/** Throws `plan_forbids` for a language or a mode that the viewer's plan does not have, `invalid_request` for what the language has not. */
export function refuseForbidden(
  { mode, tests, repl }: RunRequest,
  language: Language,
  { languages, features }: Plan,
  plan: PlanId,
): void {
  if (languages !== "*" && !languages.includes(language.id)) throw planForbids(plan, language.name);
  const asked: [boolean, Feature, string][] = [
    [mode === "interactive", "interactive", "typed input (`interactive`)"],
    [mode === "terminal", "interactive", 'terminals (`mode` "terminal")'],
    [tests.length > 0, "tests", "`tests`"],
  ];
  for (const [wanted, feature, what] of asked) {
    if (wanted && !features.includes(feature)) throw planForbids(plan, what);
  }
  if (repl && !language.repl) {
    const message = `\`repl\` is true, but ${language.name} has no prompt of its own here; leave it out to run the program.`;
    throw new AppError("invalid_request", message, { details: [{ path: "repl", message }] });
  }
}

/**
 * Throws `not_found` when the run is said to be of somebody else's program, or of what can be none. Nobody's is fine: a client chooses the id
 * of a new program and may send its first run before, or at the same time as, its first save; and one that is deleted leaves its runs behind.
 * Lists of runs are their owner's, so whoever comes to have a program of this id sees nothing of it.
 */
export async function refuseForeignProgram(
  { programs }: Pick<Store, "programs">,
  { id }: Viewer,
  { programId }: RunRequest,
): Promise<void> {
  if (programId === undefined) return;
  if (!programIdSchema.safeParse(programId).success) throw notFound("program");
  if (await programs.isForeign(programId, id)) throw notFound("program");
}

/** Takes one of the runs of this minute, of the viewer and of their networks. Throws `rate_limited` when there is none left. */
export async function takeMinute(
  rates: Rates,
  { account, group, networks = [] }: Viewer,
  { runsPerMinute, runsPerMinutePerNetwork }: Plan,
): Promise<{ giveBack(): Promise<void> }> {
  const own: Budget = { name: "runs", key: account, perMinute: runsPerMinute, what: "runs a minute" };
  // What is the address's own is far below its ceiling.
  const ceilings = (account === group ? [] : networks).map((key) => ({
    name: "network runs",
    key,
    perMinute: runsPerMinutePerNetwork,
    what: "runs a minute from your network",
  }));
  const budgets: [Budget, ...Budget[]] = [own, ...ceilings];
  await takeEach(rates, budgets);
  return { giveBack: () => giveEachBack(rates, budgets) };
}

/** What a viewer's run counts for today beside their account: the API key that started it, and their networks. */
export function dailyCeilings(
  { networks = [], keyCeilings }: Viewer,
  { runsPerDayPerNetwork }: Plan,
): Ceiling[] {
  const ofKey = keyCeilings?.runsPerDay ?? null;
  return [
    ...(keyCeilings && ofKey !== null ? [{ account: keyCeilings.account, limit: ofKey }] : []),
    ...networks.map((account) => ({ account, limit: runsPerDayPerNetwork })),
  ];
}

/** For a viewer whose runs of the day are used up: when and how they can go on. */
export function overQuota(plan: PlanId, plans: Plans, now: Date): AppError {
  const { runsPerDay: limit } = plans[plan];
  const more = plans.free.runsPerDay.toLocaleString("en");
  const remedy = plan === "guest" ? ` With an account you have ${more} a day: sign up.` : "";
  return usedUp(allOf(limit, `runs of today on the ${plan} plan`), limit, remedy, now);
}

/** For a viewer whose API key has used its runs of the day, or whose network has, over all of its accounts. */
export function overCeiling({ account, limit }: Ceiling, { keyCeilings }: Viewer, now: Date): AppError {
  if (account === keyCeilings?.account) {
    const runs = `${limit.toLocaleString("en")} ${limit === 1 ? "run" : "runs"}`;
    const told = `This API key may start ${runs} a day, which is its own ceiling, and has today.`;
    return usedUp(told, limit, " To go on before that, make another one at /settings#keys.", now);
  }
  const remedy =
    " They are shared by all accounts and browsers that are used there, and by all accounts that were made there; other networks have their own.";
  return usedUp(allOf(limit, "runs of today from your network"), limit, remedy, now);
}

function allOf(limit: number, what: string): string {
  return `All ${limit.toLocaleString("en")} ${what} are used.`;
}

function usedUp(told: string, limit: number, remedy: string, now: Date): AppError {
  const { resetsAt } = quotaDay(now);
  const resetS = Math.max(1, Math.ceil((Date.parse(resetsAt) - now.getTime()) / 1_000));
  const hours = Math.floor(resetS / 3_600);
  const wait =
    hours > 0 ? `${hours} h ${Math.floor((resetS % 3_600) / 60)} min` : `${Math.ceil(resetS / 60)} min`;
  return new AppError(
    "quota_exceeded",
    `${told} Come back at 00:00 UTC, in ${wait} (${resetsAt}).${remedy}`,
    { retryAfterS: resetS, headers: rateHeaders({ name: DAILY_RUNS, limit, remaining: 0, resetS }, DAY_S) },
  );
}
