const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const ON_THE_WAY_MS = 5_000;

/** Relative time for lists: `just now`, `5 min ago`, `3 h ago`, then the time of day. */
export function formatAgo(then: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - then.getTime()) / 1000);
  if (seconds < 45) return "just now";
  if (seconds < HOUR) return `${Math.max(1, Math.round(seconds / MINUTE))} min ago`;
  if (seconds < DAY && sameDay(then, now)) return `${Math.round(seconds / HOUR)} h ago`;
  return then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** Heading of a day: `Today`, `Yesterday`, `Friday 20 November`, with the year if it is not the current one. */
export function dayHeading(then: Date, now: Date): string {
  if (sameDay(then, now)) return "Today";
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (sameDay(then, yesterday)) return "Yesterday";
  const year = then.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return then.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", ...year });
}

/** A time in UTC, rendered the same on the server and in every browser: `23 Nov 2026, 16:05 UTC`. */
export function formatUtc(iso: string): string {
  const text = new Date(iso).toLocaleString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return `${text} UTC`;
}

/** A future time in the viewer's time zone: `at 14:05`, `tomorrow at 02:00`, `on Friday at 02:00`. */
export function formatUpcoming(then: Date, now: Date): string {
  // Rounded up: a retry at that time must not be refused again. Up to 5 s past a minute are ignored, since the server rounds
  // up as well.
  const minute = new Date(Math.ceil((then.getTime() - ON_THE_WAY_MS) / 60_000) * 60_000);
  const clock = minute.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (sameDay(minute, now)) return `at ${clock}`;
  const tomorrow = new Date(now);
  tomorrow.setDate(now.getDate() + 1);
  if (sameDay(minute, tomorrow)) return `tomorrow at ${clock}`;
  return `on ${minute.toLocaleDateString("en-GB", { weekday: "long" })} at ${clock}`;
}

/** A countdown: `42 s`, `3 min 05 s`, `5 h 12 min`. */
export function formatCountdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min ${String(whole % MINUTE).padStart(2, "0")} s`;
  const minutes = Math.ceil(whole / MINUTE);
  return `${Math.floor(minutes / MINUTE)} h ${String(minutes % MINUTE).padStart(2, "0")} min`;
}

function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}
