import { Building2, KeyRound } from "lucide-react";
import type { SignInWay } from "@/lib/schemas/account";
import { GitHubIcon, GoogleIcon } from "./provider-icons";

const NAMES = { password: "Password", github: "GitHub", google: "Google" } as const;

/** What people call a way to sign in; `oidcName` is what the operator calls the OpenID Connect provider. */
export function wayName(way: SignInWay, oidcName: string | null): string {
  return way === "oidc" ? (oidcName ?? "your organisation") : NAMES[way];
}

/** Its logo, or a sign for it. */
export function WayMark({ way }: { way: SignInWay }) {
  if (way === "github") return <GitHubIcon />;
  if (way === "google") return <GoogleIcon />;
  return way === "oidc" ? <Building2 aria-hidden="true" /> : <KeyRound aria-hidden="true" />;
}
