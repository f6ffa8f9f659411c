import type { NextAuthOptions } from "next-auth";
import CredentialsModule from "next-auth/providers/credentials";
import type { Env } from "../env";
import { AppError } from "../errors";
import type { Logger } from "../log";
import type { SignInWay } from "../schemas/account";
import type { Identity as IdentityElsewhere } from "../store/accounts";
import { refuseOtherActions } from "./actions";
import { askNextAuth, defaultOf, formOf } from "./as-node";
import { otherSites, type ProfileElsewhere, profileOf } from "./providers";
import { SESSION_S, type Sessions } from "./sessions";

/** Somebody who has proved who they are. */
export interface VerifiedUser {
  id: string;
  /** The hash that their password was verified on; absent when they signed in elsewhere. */
  passwordHash?: string;
  /** Whether this very browser has signed in to the account before; absent when that is not known. */
  knownBrowser?: boolean;
}

/** Why somebody whom another site has let in is not let in here: the codes that /sign-in has sentences for. */
export type OAuthProblem =
  | "OAuthAccountNotLinked"
  | "EmailNotVerified"
  | "AddressNotPlain"
  | "AccountSuspended"
  | "SignUpClosed"
  | "AccountWaits";

/** What the form of the sign-in page sends; `code` is empty in its first step. */
export interface PasswordSignIn {
  email: string;
  password: string;
  code: string;
}

/** What signing in and out does here. next-auth only keeps the cookie and speaks to other sites. */
export interface SignIns {
  /** Throws `unauthorized`, `rate_limited` or `forbidden`. */
  withPassword(given: PasswordSignIn): Promise<VerifiedUser & { setCookie: string | null }>;
  /** The second step of a sign-in elsewhere, by what `secondStep` answered. Throws as `withPassword`. */
  withTicket(ticket: string, code: string): Promise<VerifiedUser & { setCookie: string | null }>;
  /** Where somebody who signed in elsewhere types their code; `null` when they need none. */
  secondStep(user: string): Promise<string | null>;
  /** Finds, links or makes the account of somebody whom another site has let in, or says why it does not. */
  withIdentity(
    way: IdentityElsewhere["way"],
    profile: ProfileElsewhere,
  ): Promise<VerifiedUser | OAuthProblem>;
  /** Begins a session; answers the token that the browser keeps. Throws `unauthorized` when the account or its password changed meanwhile. */
  begin(user: VerifiedUser, way: SignInWay): Promise<string>;
  end(token: string): Promise<void>;
}

export interface AuthOptions {
  sessions: Sessions;
  secret: string;
  oauth: Env["oauth"];
  log: Logger;
}

/** A request below `/api/auth`, read. */
export interface AuthCall {
  request: Request;
  /** The rest of its path. */
  action: readonly string[];
  body: Uint8Array;
}

/**
 * Answers a request below `/api/auth` that is one of the actions in use. Passwords are checked before next-auth is called, so a refusal
 * has our status, message and `Retry-After` instead of a redirect.
 */
export async function answerAuth(
  { request, action, body: bytes }: AuthCall,
  { sessions, secret, oauth, log }: AuthOptions,
  signIns: SignIns,
): Promise<Response> {
  refuseOtherActions(request.method, action, oauth);
  const body = request.method === "POST" ? formOf(request.headers, bytes) : {};
  let user: VerifiedUser | null = null;
  const withPassword = request.method === "POST" && action.join("/") === "callback/credentials";
  let knownBrowser: string | null = null;
  if (withPassword) {
    const { email = "", password = "", code = "", ticket = "" } = body;
    const { setCookie, ...verified } = ticket
      ? await signIns.withTicket(ticket, code)
      : await signIns.withPassword({ email, password, code });
    user = verified;
    knownBrowser = setCookie;
  }

  const options: NextAuthOptions = {
    secret,
    session: { strategy: "jwt", maxAge: SESSION_S },
    useSecureCookies: sessions.secure,
    cookies: {
      sessionToken: {
        name: sessions.cookieName,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: sessions.secure },
      },
    },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/" },
    providers: [
      defaultOf(CredentialsModule)({
        credentials: {},
        authorize: async () => (user === null ? null : { id: user.id }),
      }),
      ...otherSites(oauth),
    ],
    callbacks: {
      async signIn({ user: person, account }) {
        if (account?.type === "credentials") return true;
        const way = wayOf(account?.provider ?? "");
        if (way === "password") return false;
        const outcome = await signIns.withIdentity(way, profileOf(person));
        if (typeof outcome === "string") return `/sign-in?error=${outcome}`;
        const secondStep = await signIns.secondStep(outcome.id);
        if (secondStep !== null) return secondStep;
        user = outcome;
        return true;
      },
      async jwt({ token, account }) {
        if (!account || user === null) return token;
        return { session: await signIns.begin(user, wayOf(account.provider)) };
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.session === "string") await signIns.end(token.session);
      },
    },
    logger: {
      error(code, detail) {
        const error = detail instanceof Error ? detail : detail.error;
        log.error({ code, reason: withoutWordsOf(request, error) }, "signing in failed");
      },
      // Its warnings are about environment variables; it gets their values from us instead.
      warn: () => {},
      debug: () => {},
    },
  };
  const response = await askNextAuth(request, action, body, options);
  sendToSignIn(response.headers);
  if (
    withPassword &&
    !response.headers.getSetCookie().some((cookie) => cookie.startsWith(sessions.cookieName))
  ) {
    throw new AppError(
      "forbidden",
      "The form was out of date (`csrfToken`); load the page again and sign in.",
    );
  }
  if (knownBrowser !== null) response.headers.append("Set-Cookie", knownBrowser);
  return response;
}

const MAX_REASON_CHARS = 300;

/**
 * An error's message without what the request's address says: errors quote it (`state mismatch, … got: …`), and anybody may write there what
 * they like.
 */
function withoutWordsOf(request: Request, error: unknown): string {
  const words = [...new URL(request.url).searchParams.values()].filter((value) => value !== "");
  const message = error instanceof Error ? error.message : "";
  return words.reduce((left, word) => left.replaceAll(word, "…"), message).slice(0, MAX_REASON_CHARS);
}

/** next-auth sends what went wrong to a page of its own, which would only send it on to ours, and which is not among the actions in use. */
function sendToSignIn(headers: Headers): void {
  const problem = /\/api\/auth\/(?:error|signin)\?error=(\w+)/.exec(headers.get("Location") ?? "")?.[1];
  if (problem !== undefined) headers.set("Location", `/sign-in?error=${problem}`);
}

function wayOf(provider: string): SignInWay {
  return provider === "github" || provider === "google" || provider === "oidc" ? provider : "password";
}
