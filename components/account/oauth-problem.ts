/** NextAuth's error codes, as sentences that say what to do. */
const SENTENCES: Readonly<Record<string, string>> = {
  AccessDenied: "You were not let in. Allow access when the other site asks, or use another way.",
  Verification: "That link is used up or too old. Sign in again.",
  OAuthAccountNotLinked:
    "There is already an account with this e-mail address, and nobody has confirmed that the address is its owner's. Sign in the way you did before, confirm the address in the settings, and then come back to this button.",
  EmailNotVerified:
    "The other site does not say that your e-mail address is confirmed. Confirm it there and try again, or sign in another way.",
  AddressNotPlain:
    "Your e-mail address has characters that can be taken for others. Use a way to sign in that has an address of plain letters, digits and signs.",
  AccountSuspended: "This account is suspended; ask whoever runs this Quicksand.",
  SignUpClosed: "Nobody can sign up here by themselves. Ask whoever runs this Quicksand for an account.",
  AccountWaits: "Your account waits for an admin's approval. You can sign in once it is approved.",
  OAuthCallback: "The other site did not let you in, or it took too long. Try again, or use another way.",
  Callback: "The other site did not let you in. Allow access when it asks, or use another way.",
  OAuthSignin: "The other site could not be reached. Try again in a while, or use another way.",
  OAuthCreateAccount: "No account could be made from what the other site sent. Use another way.",
  CredentialsSignin: "The e-mail address or the password is wrong.",
  SessionRequired: "Sign in to see this page.",
  Configuration:
    "Signing in is not set up rightly on this server. Whoever runs it finds the cause in its log.",
};

/** The sentence for `?error=CODE`; `null` without one. Anybody can craft such a link, so only fixed sentences are shown. */
export function oauthProblem(code: string | undefined): string | null {
  if (!code) return null;
  const known = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined;
  return known ?? "Signing in by the other site did not work out. Try again, or use another way.";
}
