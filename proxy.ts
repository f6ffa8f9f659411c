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

/** Gives every page request a fresh nonce; Next puts it on the scripts it renders. Who may see what is not decided here. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const { pathname } = request.nextUrl;
  // Made to be framed, and by anyone: it shows what anybody may see and has nothing to press but links away.
  const frameAncestors = pathname.startsWith("/embed/") ? "*" : "'none'";
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development", frameAncestors);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // A run's address is the key to it, which the sites it links to must not learn.
  if (/^\/(?:r|embed)\//.test(pathname)) response.headers.set("referrer-policy", "no-referrer");
  return response;
}

/**
 * Pages only: the API must stay free of the extra step, and static files need no nonce. A run's raw text has a stricter policy of
 * its own.
 */
export const config = {
  matcher: ["/((?!api/|_next/static/|_next/image|icon.svg|favicon.ico|r/[^/]+/raw$).*)"],
};
