import { standalonePage } from "./standalone-page";

const RETRY_S = 5;

/** What is sent instead of a page that is made from the database, while that does not answer. The browser's own refresh retries. */
export function storeAwayPage({ framedByAnyone }: { framedByAnyone: boolean }): Response {
  return standalonePage({
    status: 503,
    title: "Not available now",
    heading: "The database does not answer",
    text: `What this page shows is kept there, and is not lost. The page tries again by itself every ${RETRY_S} seconds.`,
    link: { href: "", label: "Try again now" },
    retryS: RETRY_S,
    framedByAnyone,
  });
}
