/** Retry hints in the server's messages: relative, or in UTC. */
const WAITS = [/; (?:go on|try again) in \d+ \w+(?=\.$)/, / Come back at 00:00 UTC[^.]*\./];

/**
 * A message without its retry hint, for places that show a countdown in the viewer's time zone themselves. Unknown wordings
 * are left as they are: better twice than not at all.
 */
export function withoutRetryHint(message: string): string {
  return WAITS.reduce((text, wait) => text.replace(wait, ""), message);
}

/** Whether an error comes from a limit of the viewer's plan. */
export function isPlanLimit(code: string): boolean {
  return code === "quota_exceeded" || code === "rate_limited" || code === "plan_forbids";
}
