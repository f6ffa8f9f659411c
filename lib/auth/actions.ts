import type { Env } from "../env";
import { AppError } from "../errors";

/**
 * Throws unless it is one of the few actions of next-auth that the page uses. The others are not there: `_log` writes what it is sent to
 * our log, `error`, `verify-request` and `signin` are pages of its own, `session` and `providers` tell what the API tells.
 */
export function refuseOtherActions(method: string, action: readonly string[], oauth: Env["oauth"]): void {
  const ways = Object.entries(oauth).flatMap(([way, app]) => (app ? [way] : []));
  const name = action.join("/");
  const allowed = METHODS.find(([pattern]) => {
    const [, way] = pattern.exec(name) ?? [];
    return pattern.test(name) && (way === undefined || ways.includes(way));
  })?.[1];
  if (!allowed) throw new AppError("not_found", `There is nothing at /api/auth/${name.slice(0, 200)}.`);
  if (method === allowed) return;
  throw new AppError("method_not_allowed", `This address does not take ${method}; use ${allowed}.`, {
    headers: { Allow: allowed },
  });
}

/** Each action with its method; the part that is captured is the name of a site that people sign in with. */
const METHODS: readonly (readonly [RegExp, "GET" | "POST"])[] = [
  [/^csrf$/, "GET"],
  [/^callback\/credentials$/, "POST"],
  [/^signout$/, "POST"],
  [/^signin\/([\w-]+)$/, "POST"],
  [/^callback\/([\w-]+)$/, "GET"],
];
