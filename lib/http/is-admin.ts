import { AppError } from "../errors";
import type { Services } from "../services";
import { permit } from "./permission";

/**
 * Whether an admin's session comes with a request to an endpoint that is for everybody. One that cannot be found out now is none: what is
 * for everybody is answered also while the database is away.
 */
export async function isAdmin(
  { identities, env }: Pick<Services, "identities" | "env">,
  headers: Headers,
): Promise<boolean> {
  if (!identities.claimsOne(headers)) return false;
  try {
    const identity = await identities.ofPage(headers);
    permit({ access: "admin", scope: null }, identity, env);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
