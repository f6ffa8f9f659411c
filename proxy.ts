import { type NextRequest, NextResponse } from "next/server";

/**
 * The page's Content-Security-Policy. Scripts run only with this request's nonce, or when such a script loads them;
 * nothing is ever fetched from another host. Monaco writes style elements of its own, hence `unsafe-inline` for styles.
 */
function contentSecurityPolicy(nonce: string, development: boolean, frameAncestors: string): string {
  return [
    "default-src 'self'",
    // React's development build reconstructs server stacks with eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    `frame-ancestors ${frameAncestors}`,
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join("; ");
}

/** Gives every page request a new nonce, which Next.js puts on its scripts. Access control does not happen here. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const { pathname } = request.nextUrl;
  // Meant to be framed by any site: it shows only shared runs, and what can be clicked there is done as a guest without cookies.
  const frameAncestors = pathname.startsWith("/embed/") ? "*" : "'none'";
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development", frameAncestors);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // A run's address is its access key, so the sites it links to must not learn it.
  if (/^\/(?:r|embed)\//.test(pathname)) response.headers.set("referrer-policy", "no-referrer");
  return response;
}

/**
 * Pages only: the API is spared the extra step, static files need no nonce, and a run's raw text sets a stricter policy itself.
 */
export const config = {
  matcher: [
    "/((?!api/|judge0/|v1/|_next/static/|language-servers/|icon.svg|favicon.ico|robots.txt$|manifest.webmanifest$|apple-touch-icon.png$|icons/|.well-known/|r/[^/]+/raw$).*)",
  ],
};
