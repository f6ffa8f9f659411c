/** Placeholder for our own origin, which the server does not know and the result does not depend on. */
const HERE = "http://here.invalid";

/** Pages that make no sense as a destination after signing in. */
const NEVER = /^\/(?:sign-in|sign-up|api)(?:\/|$)/;

/**
 * The destination after signing in: `?next=` if it is a path of this site, else the editor. Prevents open redirects: no
 * scheme, no `//`, no backslash (which browsers treat as a slash), no control characters (which they strip).
 */
export function nextPath(requested: string | null | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (!requested?.startsWith("/") || /^[^?#]*\/\/|[\\\x00-\x1f\x7f]/.test(requested)) return "/";
  if (!URL.canParse(requested, HERE)) return "/";
  const { origin, pathname, search, hash } = new URL(requested, HERE);
  // After dot segments are resolved: `/.//elsewhere` becomes `//elsewhere`.
  if (origin !== HERE || pathname.startsWith("//") || NEVER.test(pathname)) return "/";
  return pathname + search + hash;
}

/** URL of the sign-in or sign-up page that leads back to `next`. */
export function accountUrl(page: "/sign-in" | "/sign-up", next: string): string {
  const back = nextPath(next);
  return back === "/" ? page : `${page}?${new URLSearchParams({ next: back })}`;
}
