/** How the server's messages say when to come back: in whole units from when they were written, and in UTC. */
const WAITS = [/; (?:go on|try again) in \d+ \w+(?=\.$)/, / Come back at 00:00 UTC[^.]*\./];

/**
 * A refusal's message without when to come back, for where the page says that itself, by the viewer's own clock and counting
 * down. A wording that is not known here stays whole: said twice is better than not at all.
 */
export function withoutRetryHint(message: string): string {
  return WAITS.reduce((text, wait) => text.replace(wait, ""), message);
}

/** Whether a refusal is about how much, or what, the viewer's plan lets them do. */
export function isPlanLimit(code: string): boolean {
  return code === "quota_exceeded" || code === "rate_limited" || code === "plan_forbids";
}
