import type { ITheme } from "@xterm/xterm";

const ANSI = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;

/** The page's colours, as the style sheet has them at the moment. */
export function pageTheme(): ITheme {
  const styles = getComputedStyle(document.documentElement);
  const color = (name: string) => styles.getPropertyValue(`--${name}`).trim();
  const plain = ANSI.map((name) => [name, color(`ansi-${name}`)]);
  const bright = ANSI.map((name) => [
    `bright${name[0]?.toUpperCase()}${name.slice(1)}`,
    color(`ansi-bright-${name}`),
  ]);
  return {
    background: color("canvas"),
    foreground: color("ink"),
    cursor: color("accent-ink"),
    cursorAccent: color("canvas"),
    selectionBackground: `${color("accent")}59`,
    scrollbarSliderBackground: `${color("faint")}55`,
    scrollbarSliderHoverBackground: `${color("faint")}88`,
    scrollbarSliderActiveBackground: `${color("faint")}aa`,
    ...Object.fromEntries([...plain, ...bright]),
  };
}

/** How a match of the search is drawn. */
export function matchColors() {
  const styles = getComputedStyle(document.documentElement);
  const [accent, warn] = [
    styles.getPropertyValue("--accent").trim(),
    styles.getPropertyValue("--warn").trim(),
  ];
  return {
    matchBorder: accent,
    matchOverviewRuler: accent,
    activeMatchBackground: accent,
    activeMatchBorder: warn,
    activeMatchColorOverviewRuler: warn,
  };
}
