import type { Visibility } from "../schemas/history";

/** The visibilities, from private to public. */
export const VISIBILITIES: readonly { value: Visibility; label: string; meaning: string }[] = [
  { value: "private", label: "Private", meaning: "Only you can open it." },
  {
    value: "unlisted",
    label: "Unlisted",
    meaning: "Anyone with the link can open it. Search engines may not.",
  },
  { value: "public", label: "Public", meaning: "Anyone can open it, and search engines may list it." },
];

/** URL of a run's page. */
export function runUrl(id: string, origin = ""): string {
  return `${origin}/r/${encodeURIComponent(id)}`;
}

/** HTML that embeds a run. Ids consist of letters, digits, `-` and `_`, so nothing needs escaping. */
export function embedCode(id: string, origin: string): string {
  const source = `${origin}/embed/${encodeURIComponent(id)}`;
  return `<iframe src="${source}" title="A program on Quicksand" width="100%" height="420" style="border:0" loading="lazy"></iframe>`;
}
