/** The codes with which the sign-in library sends people back, as sentences that say what to do. */
const SENTENCES: Readonly<Record<string, string>> = {
  AccessDenied: "You were not let in. Allow access when the other site asks, or use another way.",
  Verification: "That link is used up or too old. Sign in again.",
  OAuthAccountNotLinked:
    "There is already an account with this e-mail address. Sign in the way you did before, for instance with its password.",
  OAuthCreateAccount: "No account could be made from what the other site sent. Use another way.",
  CredentialsSignin: "The e-mail address or the password is wrong.",
  SessionRequired: "Sign in to see this page.",
  Configuration:
    "Signing in is not set up rightly on this server. Whoever runs it finds the cause in its log.",
};

/** What `?error=CODE` of the address means, in words; `null` without one. Anybody can make such a link: only our own words are shown. */
export function oauthProblem(code: string | undefined): string | null {
  if (!code) return null;
  const known = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined;
  return known ?? "Signing in by the other site did not work out. Try again, or use another way.";
}
