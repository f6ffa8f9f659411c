import type { NextAuthOptions } from "next-auth";
import CredentialsModule from "next-auth/providers/credentials";
import GitHubModule from "next-auth/providers/github";
import GoogleModule from "next-auth/providers/google";
import type { Env } from "../env";
import { AppError } from "../errors";
import type { Logger } from "../log";
import type { SignInWay } from "../schemas/account";
import type { Identity as IdentityElsewhere } from "../store/accounts";
import { refuseOtherActions } from "./actions";
import { askNextAuth, defaultOf, formOf } from "./as-node";
import { SESSION_S, type Sessions } from "./sessions";

/** Somebody who has proved who they are. */
export interface VerifiedUser {
  id: string;
  /** The hash that their password was verified on; absent when they signed in elsewhere. */
  passwordHash?: string;
}

/** What signing in and out does here. next-auth only keeps the cookie and speaks to other sites. */
export interface SignIns {
  /** Throws `unauthorized`, `rate_limited` or `forbidden`. */
  withPassword(email: string, password: string): Promise<VerifiedUser>;
  /** The user's id; `null` when the e-mail address belongs to an account that does not sign in this way. */
  withIdentity(identity: IdentityElsewhere, profile: { email: string; name: string }): Promise<string | null>;
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
  if (withPassword) user = await signIns.withPassword(body.email ?? "", body.password ?? "");

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
      ...(oauth.github
        ? [defaultOf(GitHubModule)({ clientId: oauth.github.id, clientSecret: oauth.github.secret })]
        : []),
      ...(oauth.google
        ? [defaultOf(GoogleModule)({ clientId: oauth.google.id, clientSecret: oauth.google.secret })]
        : []),
    ],
    callbacks: {
      async signIn({ user: person, account, profile }) {
        if (account?.type === "credentials") return true;
        const way = wayOf(account?.provider ?? "");
        const verified = (profile as { email_verified?: boolean } | undefined)?.email_verified ?? true;
        if (way === "password" || !person.email || !verified) return false;
        const identity: IdentityElsewhere = { way, id: account?.providerAccountId ?? "" };
        const known = await signIns.withIdentity(identity, { email: person.email, name: person.name ?? "" });
        user = known === null ? null : { id: known };
        return user !== null || "/sign-in?error=OAuthAccountNotLinked";
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
      error: (code, detail) =>
        log.error({ code, err: detail instanceof Error ? detail : detail.error }, "signing in failed"),
      // Its warnings are about environment variables; it gets their values from us instead.
      warn: () => {},
      debug: () => {},
    },
  };
  const response = await askNextAuth(request, action, body, options);
  if (
    withPassword &&
    !response.headers.getSetCookie().some((cookie) => cookie.startsWith(sessions.cookieName))
  ) {
    throw new AppError(
      "forbidden",
      "The form was out of date (`csrfToken`); load the page again and sign in.",
    );
  }
  return response;
}

function wayOf(provider: string): SignInWay {
  return provider === "github" || provider === "google" ? provider : "password";
}
