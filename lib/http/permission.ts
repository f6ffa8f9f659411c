import { demandConfirmed } from "../auth/confirmation";
import type { Identity } from "../auth/identity";
import { AppError } from "../errors";
import type { KeyScope } from "../schemas/account";
import type { Endpoint } from "../schemas/endpoints";
import type { Services } from "../services";

/** Throws `unauthorized`, `forbidden` or `confirmation_required` unless the endpoint table lets this identity call the endpoint. */
export function permit(
  { access, scope, confirmed }: Pick<Endpoint, "access" | "scope" | "confirmed">,
  identity: Identity | null,
  { adminTwoFactor }: Pick<Services["env"], "adminTwoFactor">,
): void {
  if (access === "public" || !identity) return;
  const { user, scopes } = identity;
  if (scopes && scope === null) {
    throw new AppError("forbidden", "This is not for API keys; sign in with a browser.");
  }
  if (scopes && scope !== null && !scopes.includes(scope)) throw lacksScope(scope);
  if (access === "viewer") return;
  if (!user) throw new AppError("unauthorized", "This needs an account; sign in at /sign-in.");
  if (access === "admin" && !user.admin) throw new AppError("forbidden", "This is for admins only.");
  if (access === "admin" && adminTwoFactor === "required" && !user.twoFactorSince) {
    throw new AppError(
      "two_factor_setup_required",
      "Admins need two-factor sign-in here; turn it on at /settings#two-factor.",
    );
  }
  if (confirmed && identity.confirmedAt) demandConfirmed(identity.confirmedAt, user.passwordHash !== null);
}

export function lacksScope(scope: KeyScope): AppError {
  return new AppError(
    "forbidden",
    `This API key may not do this: it lacks the scope \`${scope}\`. Make another one at /settings#keys.`,
  );
}
