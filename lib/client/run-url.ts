import type { Visibility } from "../schemas/history";

/** Who may see a run, from nobody else to everybody. */
export const VISIBILITIES: readonly { value: Visibility; label: string; meaning: string }[] = [
  { value: "private", label: "Private", meaning: "Only you can open it." },
  {
    value: "unlisted",
    label: "Unlisted",
    meaning: "Anyone with the link can open it. Search engines may not.",
  },
  { value: "public", label: "Public", meaning: "Anyone can open it, and search engines may list it." },
];

/** The address of a run's own page. */
export function runUrl(id: string, origin = ""): string {
  return `${origin}/r/${encodeURIComponent(id)}`;
}

/** What to paste into another page so that it shows a run. Ids are letters, digits, `-` and `_`: nothing to escape. */
export function embedCode(id: string, origin: string): string {
  const source = `${origin}/embed/${encodeURIComponent(id)}`;
  return `<iframe src="${source}" title="A program on Quicksand" width="100%" height="420" style="border:0" loading="lazy"></iframe>`;
}
