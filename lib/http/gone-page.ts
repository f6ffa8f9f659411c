import { standalonePage } from "./standalone-page";

/** What others than its owner are sent instead of the page of a run that an admin took down. */
export function gonePage({ framedByAnyone }: { framedByAnyone: boolean }): Response {
  return standalonePage({
    status: 410,
    title: "Taken down",
    heading: "This run was taken down",
    text: "The people who run this Quicksand decided that it is not to be shown here. If it is yours, sign in to read why.",
    link: { href: "/", label: "Open the editor" },
    framedByAnyone,
  });
}
