import { AppError } from "../errors";

/** Where nobody may sign up. */
export function signUpClosed(contact: string | null): AppError {
  return new AppError(
    "forbidden",
    `Nobody can sign up here by themselves; ask ${asked(contact)} for an account.`,
  );
}

/** For an account that is not approved yet; said only to who knows its password. */
export function waitsForApproval(contact: string | null): AppError {
  return new AppError(
    "forbidden",
    `Your account waits for an admin's approval; you can sign in once it is approved. If it takes long, ask ${asked(contact)}.`,
  );
}

function asked(contact: string | null): string {
  return contact ?? "whoever runs this Quicksand";
}
