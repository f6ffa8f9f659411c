const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_ACTIVITY_DAYS = 400;
const MAX_HOURS = 7 * 24;

/** A part of a time span, in milliseconds since 1970; `to` is no longer in it. */
export interface Span {
  from: number;
  to: number;
}

/** The UTC days of a time span, the first 400 of them, each with where it begins and ends within the span. */
export function daysBetween(from: Date, to: Date): (Span & { day: string })[] {
  return cut(from, to, DAY_MS, MAX_ACTIVITY_DAYS).map((span) => ({ ...span, day: isoTime(span.from, 10) }));
}

/** The UTC hours of a time span, those of its first 7 days, each with where it begins and ends within the span. */
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

/** The day on which a run is charged and counted: that of its creation, in UTC. */
export function dayOf(time: Date): string {
  return isoTime(time.getTime(), 10);
}

function isoTime(time: number, chars: number): string {
  return new Date(time).toISOString().slice(0, chars);
}
