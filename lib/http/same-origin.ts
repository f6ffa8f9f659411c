import { AppError } from "../errors";

/**
 * Throws `forbidden` when a browser says that a page of another site makes this request. Programs send no `Origin` and pass. Behind a
 * proxy that changes `Host`, the public address must be configured.
 */
export function refuseOtherSites(headers: Headers, publicUrl: string | undefined): void {
  const origin = headers.get("origin");
  const crossSite = headers.get("sec-fetch-site") === "cross-site";
  if (origin === null && !crossSite) return;
  if (origin !== null && !crossSite && isOurs(origin, headers.get("host"), publicUrl)) return;
  const from = origin === null ? "another site" : `another site (\`Origin: ${origin.slice(0, 200)}\`)`;
  throw new AppError(
    "forbidden",
    `A page of ${from} may not do this here; use Quicksand's own pages, or the API without a browser. If this is Quicksand's own page, set NEXTAUTH_URL to its address.`,
  );
}

function isOurs(origin: string, host: string | null, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const { host: originHost, origin: normal } = new URL(origin);
  if (publicUrl !== undefined && new URL(publicUrl).origin === normal) return true;
  return originHost !== "" && originHost === host?.toLowerCase();
}
