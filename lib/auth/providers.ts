import type { NextAuthOptions } from "next-auth";
import GitHubModule from "next-auth/providers/github";
import * as z from "zod";
import type { Env } from "../env";
import { defaultOf } from "./as-node";

/** What another site says about somebody. */
export interface ProfileElsewhere {
  /** Theirs for ever, and nobody else's of any site that can be configured. */
  id: string;
  email: string | null;
  /** Whether the site says that it has proved the address. An address that it says nothing about counts as not proven. */
  emailVerified: boolean;
  name: string;
}

type Provider = NextAuthOptions["providers"][number];

/** Longer than next-auth's 3.5 s, for a provider far away. */
const HTTP_TIMEOUT_MS = 10_000;
const GITHUB = "https://github.com";
const GOOGLE = "https://accounts.google.com";

/** The sites that are configured, each with state and PKCE, and where it is OpenID Connect with a nonce and a signed token. */
export function otherSites({ github, google, oidc }: Env["oauth"]): Provider[] {
  return [
    ...(github ? [gitHub(github)] : []),
    ...(google ? [openIdConnect({ ...google, way: "google", name: "Google", issuer: GOOGLE })] : []),
    ...(oidc ? [openIdConnect({ ...oidc, way: "oidc" })] : []),
  ];
}

/** What the provider's `profile` has made of its answer; next-auth passes it on as the user. */
export function profileOf(user: unknown): ProfileElsewhere {
  const { id, email, emailVerified, name } = passedOnSchema.parse(user);
  return { id, email: email ?? null, emailVerified, name: name ?? "" };
}

const passedOnSchema = z.object({
  id: z.string(),
  email: z.string().nullish(),
  emailVerified: z.boolean(),
  name: z.string().nullish(),
});

interface OpenIdConnectApp {
  way: "google" | "oidc";
  name: string;
  issuer: string;
  id: string;
  secret: string;
}

function openIdConnect({ way, name, issuer, id, secret }: OpenIdConnectApp): Provider {
  return {
    id: way,
    name,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`,
    clientId: id,
    clientSecret: secret,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    httpOptions: { timeout: HTTP_TIMEOUT_MS },
    userinfo: {
      // Many providers keep the address out of the token. That the answer is about the token's subject is checked by the client.
      request: async ({ client, tokens }) => {
        const set = tokens as typeof tokens & { claims(): object };
        return client.issuer.metadata.userinfo_endpoint
          ? { ...set.claims(), ...(await client.userinfo(set as never)) }
          : (set.claims() as never);
      },
    },
    profile(claims: Record<string, unknown>) {
      const {
        sub,
        email,
        email_verified,
        name: full,
        preferred_username: short,
      } = claimsSchema.parse(claims);
      return {
        // Ids are unique per issuer only, and the issuer that is configured may change. Google's is always the same.
        id: way === "google" ? sub : `${sub}#${issuer}`,
        email: email ?? null,
        emailVerified: email_verified === true || email_verified === "true",
        name: full ?? short ?? null,
      };
    },
  } as Provider;
}

const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().nullish(),
  email_verified: z.union([z.boolean(), z.string()]).nullish(),
  name: z.string().nullish(),
  preferred_username: z.string().nullish(),
});

/** GitHub, or with `baseUrl` a GitHub Enterprise Server, whose ids are its own. */
function gitHub({ id, secret, baseUrl }: NonNullable<Env["oauth"]["github"]>): Provider {
  const site = (baseUrl ?? GITHUB).replace(/\/+$/, "");
  const api = baseUrl === undefined ? "https://api.github.com" : `${site}/api/v3`;
  return {
    ...defaultOf(GitHubModule)({ clientId: id, clientSecret: secret }),
    authorization: { url: `${site}/login/oauth/authorize`, params: { scope: "read:user user:email" } },
    token: `${site}/login/oauth/access_token`,
    checks: ["pkce", "state"],
    httpOptions: { timeout: HTTP_TIMEOUT_MS },
    userinfo: {
      url: `${api}/user`,
      async request({ tokens }: { tokens: { access_token?: string } }) {
        const [user, emails] = await Promise.all(
          ["/user", "/user/emails"].map((path) => askGitHub(`${api}${path}`, tokens.access_token ?? "")),
        );
        return { user, emails };
      },
    },
    profile(answers: { user: unknown; emails: unknown }) {
      const user = gitHubUserSchema.parse(answers.user);
      // Only this list says which addresses are proven; the one on the profile is what somebody wants to be seen.
      const primary = gitHubEmailsSchema.parse(answers.emails).find((each) => each.primary);
      return {
        id: baseUrl === undefined ? String(user.id) : `${user.id}#${site}`,
        email: primary?.email ?? null,
        emailVerified: primary?.verified ?? false,
        name: user.name ?? user.login,
      };
    },
  } as unknown as Provider;
}

const gitHubUserSchema = z.object({ id: z.number().int(), login: z.string(), name: z.string().nullish() });
const gitHubEmailsSchema = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
);

async function askGitHub(url: string, token: string): Promise<unknown> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: "application/json", "user-agent": "quicksand" },
    signal: AbortSignal.timeout(HTTP_TIMEOUT_MS),
    redirect: "error",
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status}.`);
  return response.json();
}
