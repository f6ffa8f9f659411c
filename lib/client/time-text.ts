const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const ON_THE_WAY_MS = 5_000;

/** How long ago, for a list: `just now`, `5 min ago`, `3 h ago`, then the time of day or the date. */
export function formatAgo(then: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - then.getTime()) / 1000);
  if (seconds < 45) return "just now";
  if (seconds < HOUR) return `${Math.max(1, Math.round(seconds / MINUTE))} min ago`;
  if (seconds < DAY && sameDay(then, now)) return `${Math.round(seconds / HOUR)} h ago`;
  return then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** The heading a moment stands under: `Today`, `Yesterday`, `Friday 20 November`, with the year when it is another. */
export function dayHeading(then: Date, now: Date): string {
  if (sameDay(then, now)) return "Today";
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (sameDay(then, yesterday)) return "Yesterday";
  const year = then.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return then.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", ...year });
}

/** A moment in full, in UTC, the same on the server and in every browser: `23 Nov 2026, 16:05 UTC`. */
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

/** When something that is to come will be, by the viewer's own clock: `at 14:05`, `tomorrow at 02:00`, `on Friday at 02:00`. */
export function formatUpcoming(then: Date, now: Date): string {
  // Rather a minute late than one early: who comes back then must not be refused again. A few seconds over are no
  // minute: "in 42 s" is rounded up, and was on its way here.
  const minute = new Date(Math.ceil((then.getTime() - ON_THE_WAY_MS) / 60_000) * 60_000);
  const clock = minute.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (sameDay(minute, now)) return `at ${clock}`;
  const tomorrow = new Date(now);
  tomorrow.setDate(now.getDate() + 1);
  if (sameDay(minute, tomorrow)) return `tomorrow at ${clock}`;
  return `on ${minute.toLocaleDateString("en-GB", { weekday: "long" })} at ${clock}`;
}

/** Seconds that count down: `42 s`, `3 min 05 s`, `5 h 12 min`. */
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
