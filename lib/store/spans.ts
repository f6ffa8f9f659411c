const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_ACTIVITY_DAYS = 400;
const MAX_HOURS = 7 * 24;

/** Part of a time span in milliseconds since 1970, without `to`. */
export interface Span {
  from: number;
  to: number;
}

/** The UTC days of a time span, at most 400, each with its beginning and end within the span. */
export function daysBetween(from: Date, to: Date): (Span & { day: string })[] {
  return cut(from, to, DAY_MS, MAX_ACTIVITY_DAYS).map((span) => ({ ...span, day: isoTime(span.from, 10) }));
}

/** The UTC hours of the first 7 days of a time span, each with its beginning and end within the span. */
export function hoursBetween(from: Date, to: Date): (Span & { hour: string })[] {
  return cut(from, to, HOUR_MS, MAX_HOURS).map((span) => ({ ...span, hour: isoTime(span.from, 13) }));
}

function cut(from: Date, to: Date, lengthMs: number, most: number): Span[] {
  const spans: Span[] = [];
  const end = Math.min(to.getTime(), from.getTime() + most * lengthMs);
  for (let at = from.getTime(); at < end; ) {
    const next = Math.min((Math.floor(at / lengthMs) + 1) * lengthMs, end);
    spans.push({ from: at, to: next });
    at = next;
  }
  return spans;
}

/** The UTC day of a time. A run counts for the day on which it was created. */
export function dayOf(time: Date): string {
  return isoTime(time.getTime(), 10);
}

function isoTime(time: number, chars: number): string {
  return new Date(time).toISOString().slice(0, chars);
}
