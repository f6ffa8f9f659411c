/** Dates in the viewer's time zone. Only for what is rendered in the browser: the server does not know the time zone. */

/** `23 Nov 2026`. */
export function formatDate(iso: string): string {
  return new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** `23 Nov 2026, 16:05`, optionally with seconds. */
export function formatDateTime(iso: string, seconds = false): string {
  return new Date(iso).toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds && { second: "2-digit" }),
  });
}
