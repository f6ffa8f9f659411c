import { AppError } from "../errors";

/** How long a password that was given, or a sign-in, counts. */
const CONFIRMED_MS = 600_000;

/** Throws `confirmation_required` unless who is signed in showed a short time ago that it is them; `null` when they never did. */
export function demandConfirmed(confirmedAt: Date | null, hasPassword: boolean): void {
  if (confirmedAt && Date.now() - confirmedAt.getTime() < CONFIRMED_MS) return;
  const minutes = CONFIRMED_MS / 60_000;
  throw new AppError(
    "confirmation_required",
    hasPassword
      ? `You gave your password more than ${minutes} minutes ago; give it again (POST /api/account/confirm), then repeat this.`
      : `You signed in more than ${minutes} minutes ago; sign in again, then repeat this.`,
  );
}
