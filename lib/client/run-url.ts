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

/** How a run looks in another site's page. */
export interface EmbedLook {
  /** `auto` follows the reader's system. */
  theme: "auto" | "light" | "dark";
  /** Readers can change the program and run it. */
  edit: boolean;
  /** With a border. */
  frame: boolean;
}

const FRAMED = "border:1px solid #b8b2a8;border-radius:8px";

/** HTML that embeds a run. Ids consist of letters, digits, `-` and `_`, so nothing needs escaping. */
export function embedCode(id: string, origin: string, { theme, edit, frame }: EmbedLook): string {
  const look = [...(theme === "auto" ? [] : [`theme=${theme}`]), ...(edit ? ["edit=1"] : [])].join("&amp;");
  const source = `${origin}/embed/${encodeURIComponent(id)}${look === "" ? "" : `?${look}`}`;
  const style = frame ? FRAMED : "border:0";
  return `<iframe src="${source}" title="A program on Quicksand" width="100%" height="${edit ? 520 : 420}" style="${style}" loading="lazy"></iframe>`;
}
