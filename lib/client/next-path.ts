/** Stands for our own origin, which the server does not know for sure and the answer does not depend on. */
const HERE = "http://here.invalid";

/** Pages that would bring somebody who has just signed in back to where they were. */
const NEVER = /^\/(?:sign-in|sign-up|api)(?:\/|$)/;

/**
 * Where to go after signing in: what `?next=` asks for when it is a page of ours, else the editor. Anybody can make a link
 * with a `next` of theirs, so nothing that a browser could take for another site passes: no scheme, no `//`, no
 * backslash (which browsers read as a slash), and no control character (which they leave out before they read).
 */
export function nextPath(asked: string | null | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (!asked?.startsWith("/") || /^[^?#]*\/\/|[\\\x00-\x1f\x7f]/.test(asked)) return "/";
  if (!URL.canParse(asked, HERE)) return "/";
  const { origin, pathname, search, hash } = new URL(asked, HERE);
  // Dots are gone only now: `/.//elsewhere` reads as `//elsewhere`.
  if (origin !== HERE || pathname.startsWith("//") || NEVER.test(pathname)) return "/";
  return pathname + search + hash;
}

/** The address of a page that signs in or up, with the way back to `next`. */
export function accountUrl(page: "/sign-in" | "/sign-up", next: string): string {
  const back = nextPath(next);
  return back === "/" ? page : `${page}?${new URLSearchParams({ next: back })}`;
}
