import type { RunStatus } from "../schemas/run";
import { STORED_STATUSES } from "../schemas/run-status";

/** How far back the list goes. Relative, so that a bookmark means the same span tomorrow. */
export const SPANS = ["day", "week", "month"] as const;
export type Span = (typeof SPANS)[number];

/** Filters of the history. `null`, false and "" do not filter. */
export interface HistoryFilters {
  q: string;
  language: string | null;
  status: RunStatus | "running" | null;
  pinned: boolean;
  span: Span | null;
  /** Id of a program: its runs only. */
  program: string | null;
}

export const NO_FILTERS: HistoryFilters = {
  q: "",
  language: null,
  status: null,
  pinned: false,
  span: null,
  program: null,
};

const DAYS: Readonly<Record<Span, number>> = { day: 1, week: 7, month: 30 };
const DAY_MS = 86_400_000;
const STATUSES: readonly string[] = STORED_STATUSES;

/** The filters in a URL's query. Unknown values are ignored, so that old and edited links still work. */
export function readFilters(search: URLSearchParams): HistoryFilters {
  const status = search.get("status");
  const span = search.get("time");
  return {
    q: search.get("q") ?? "",
    language: search.get("language") || null,
    status: status !== null && STATUSES.includes(status) ? (status as HistoryFilters["status"]) : null,
    pinned: search.get("pinned") === "1",
    span: SPANS.find((known) => known === span) ?? null,
    program: search.get("program") || null,
  };
}

/** URL of a filtered history, without empty parameters. */
export function historyUrl(filters: HistoryFilters): string {
  const search = new URLSearchParams();
  if (filters.q.trim() !== "") search.set("q", filters.q.trim());
  if (filters.language) search.set("language", filters.language);
  if (filters.status) search.set("status", filters.status);
  if (filters.pinned) search.set("pinned", "1");
  if (filters.span) search.set("time", filters.span);
  if (filters.program) search.set("program", filters.program);
  const text = search.toString();
  return text === "" ? "/history" : `/history?${text}`;
}

export function isFiltered(filters: HistoryFilters): boolean {
  return historyUrl(filters) !== "/history";
}

/** The query of `GET /api/runs`. `now` is rounded down to the hour, so that the cache key stays the same for that long. */
export function toQuery(filters: HistoryFilters, now: Date): Record<string, string> {
  const hour = Math.floor(now.getTime() / 3_600_000) * 3_600_000;
  return {
    ...(filters.q.trim() !== "" && { q: filters.q.trim() }),
    ...(filters.language && { language: filters.language }),
    ...(filters.status && { status: filters.status }),
    ...(filters.pinned && { pinned: "true" }),
    ...(filters.program && { program: filters.program }),
    ...(filters.span && { from: new Date(hour - DAYS[filters.span] * DAY_MS).toISOString() }),
  };
}
