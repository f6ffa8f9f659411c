/** Moments by the viewer's own clock. For what is drawn in the browser alone: the server does not know that clock. */

/** `23 Nov 2026`. */
export function formatDate(iso: string): string {
  return new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** `23 Nov 2026, 16:05:09`, seconds only where they are asked for. */
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
