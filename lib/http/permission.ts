import type { Identity } from "../auth/identity";
import { AppError } from "../errors";
import type { Endpoint } from "../schemas/endpoints";
import type { Services } from "../services";

/** How long a password that was given counts. */
const CONFIRMED_MS = 600_000;

/** Throws `unauthorized`, `forbidden` or `confirmation_required` unless the endpoint table lets this identity call the endpoint. */
export function permit(
  { access, scope, confirmed }: Endpoint,
  identity: Identity | null,
  { adminTwoFactor }: Pick<Services["env"], "adminTwoFactor">,
): void {
  if (access === "public" || !identity) return;
  const { user, scopes } = identity;
  if (scopes && scope === null) {
    throw new AppError("forbidden", "This is not for API keys; sign in with a browser.");
  }
  if (scopes && scope !== null && !scopes.includes(scope)) {
    throw new AppError(
      "forbidden",
      `This API key may not do this: it lacks the scope \`${scope}\`. Make another one at /settings#keys.`,
    );
  }
  if (access === "viewer") return;
  if (!user) throw new AppError("unauthorized", "This needs an account; sign in at /sign-in.");
  if (access === "admin" && !user.admin) throw new AppError("forbidden", "This is for admins only.");
  if (access === "admin" && adminTwoFactor === "required" && !user.twoFactorSince) {
    throw new AppError(
      "two_factor_setup_required",
      "Admins need two-factor sign-in here; turn it on at /settings#two-factor.",
    );
  }
  if (confirmed && identity.confirmedAt) demandPassword(identity.confirmedAt, user.passwordHash !== null);
}

function demandPassword(givenAt: Date, hasPassword: boolean): void {
  if (Date.now() - givenAt.getTime() < CONFIRMED_MS) return;
  const minutes = CONFIRMED_MS / 60_000;
  throw new AppError(
    "confirmation_required",
    hasPassword
      ? `You gave your password more than ${minutes} minutes ago; give it again (POST /api/account/confirm), then repeat this.`
      : `You signed in more than ${minutes} minutes ago; sign in again, then repeat this.`,
  );
}
