import { AppError } from "../errors";
import { MIN_PASSWORD_CHARS } from "../schemas/limits";

/** Some 18,000 passwords that are long enough to be chosen; loaded with the first that is. */
let common: Promise<ReadonlySet<string>> | undefined;

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"].filter((each) => each.length >= MIN_PASSWORD_CHARS));
}

/**
 * Throws `invalid_request` for a password that guessers try first: one of those that leaked most often, or the account's own address.
 * `field` is what the request calls it.
 */
export async function refuseCommonPassword(password: string, field: string, email = ""): Promise<void> {
  common ??= load().catch((error: unknown) => {
    // The next password tries again.
    common = undefined;
    throw error;
  });
  const typed = password.normalize("NFKC").trim().toLowerCase();
  const own = email !== "" && [email, email.split("@")[0]].includes(typed);
  if (!own && !(await common).has(typed)) return;
  const message = own
    ? `\`${field}\` is your address, which is the first thing a guesser tries; choose something else.`
    : `\`${field}\` is one of the most common passwords, which guessers try first; choose another, such as four words in a row.`;
  throw new AppError("invalid_request", message, { details: [{ path: field, message }] });
}
