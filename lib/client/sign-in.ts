import type { SignInWay, SignUp } from "../schemas/account";
import { ApiError, call, request } from "./api";
import { nextPath } from "./next-path";
import { safeStorage } from "./storage";

/** Signs in with e-mail address and password; the session is a cookie. Rejects with `ApiError`. */
export async function signIn(email: string, password: string): Promise<void> {
  await post("/api/auth/callback/credentials", { email, password });
}

/** The code of a sign-in whose password is right and whose account wants a code too. */
export const TWO_FACTOR_REQUIRED = "two_factor_required";

/** The first step: a password, or the ticket of a sign-in elsewhere. */
export type SecondStepOf = { email: string; password: string } | { ticket: string };

/** The second step, with a code of the authenticator app or a recovery code. */
export async function signInWithCode(of: SecondStepOf, code: string): Promise<void> {
  await post("/api/auth/callback/credentials", { ...of, code });
}

/** Ends this browser's session. The caller removes the account's data from the page. */
export async function signOut(): Promise<void> {
  await post("/api/auth/signout", {});
}

const tab = safeStorage(() => window.sessionStorage);
const NEXT = "quicksand:next";

/** Where a sign-in at a provider that this tab began was to lead: the second step that it may end in does not know. */
export function nextAfterProvider(): string {
  return nextPath(tab.get(NEXT));
}

/** Redirects to a sign-in provider, which sends the person back to `next`. */
export async function signInWith(way: Exclude<SignInWay, "password">, next: string): Promise<void> {
  tab.set(NEXT, nextPath(next));
  const callbackUrl = new URL(nextPath(next), window.location.origin).href;
  window.location.assign(await post(`/api/auth/signin/${way}`, { callbackUrl }));
}

/**
 * Creates an account and signs in to it. The server does not reveal whether the address was free; if it was not, signing in
 * fails (unless the password happens to match) with the code `TAKEN`.
 */
export async function signUp(
  body: Pick<SignUp, "email" | "password"> & { name?: string; adminCode?: string },
): Promise<void> {
  await call("signUp", { body });
  try {
    await signIn(body.email, body.password);
  } catch (error) {
    if (error instanceof ApiError && error.code === "unauthorized") throw taken(error);
    throw error;
  }
}

/** The code of a sign-up whose sign-in failed. */
export const TAKEN = "maybe_taken";

function taken({ status }: ApiError): ApiError {
  const message = "If you already have an account with this address, sign in with its password.";
  return new ApiError({ code: TAKEN, message, details: [] }, status, null);
}

/** A request of NextAuth's protocol: needs a CSRF token, answers with a redirect URL. */
async function post(path: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const csrfToken = await textOf(await request("/api/auth/csrf", { cache: "no-store" }), "csrfToken");
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const url = await textOf(await request(path, { method: "POST", body, cache: "no-store" }), "url");
  refuseDetour(url);
  return url;
}

/** For an invalid CSRF token NextAuth answers 200 with the URL of its sign-in page. */
function refuseDetour(url: string): void {
  const { pathname, searchParams } = new URL(url, window.location.origin);
  const problem = searchParams.get("csrf") ?? searchParams.get("error");
  if (problem === null || !/\/(?:sign-?in|error)$/.test(pathname)) return;
  const message =
    "The server could not tell where this came from. Allow cookies, reload the page and try again.";
  throw new ApiError({ code: "invalid_request", message, details: [] }, 400, null, new Error(problem));
}

/** The one text that is wanted of an answer. Looked at by hand: the sign-in page is not to load what schemas are written in. */
async function textOf(response: Response, name: string): Promise<string> {
  const answer: unknown = await response.json().catch(() => null);
  const fields = new Map<string, unknown>(Object.entries(answer ?? {}));
  const text = fields.get(name);
  if (typeof text === "string") return text;
  throw new TypeError(`Expected the answer of ${response.url} to have the text \`${name}\`.`);
}
