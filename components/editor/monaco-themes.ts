import type * as Monaco from "monaco-editor/editor";
import { bracketColors, colors, type Palette } from "./monaco-colors";

/** The tokens of app/tokens.css repeated, since Monaco accepts only hex colours. */
const LIGHT: Palette = {
  base: "vs",
  surface: "#ffffff",
  ink: "#1d1a16",
  faint: "#6f685e",
  line: "#e7e3dd",
  raised: "#ffffff",
  lineStrong: "#d5d0c8",
  hover: "#f0ede8",
  accent: "#f0b03f",
  accentInk: "#875400",
  onAccent: "#281a03",
  bad: "#bf2b2b",
  warn: "#b36f00",
  comment: "#6f685e",
  keyword: "#9333a8",
  text: "#1b7546",
  number: "#a04a00",
  type: "#0b6f80",
  name: "#2456c8",
};

const DARK: Palette = {
  base: "vs-dark",
  surface: "#151413",
  ink: "#ece8e2",
  faint: "#918a80",
  line: "#272421",
  raised: "#1c1a18",
  lineStrong: "#3a3631",
  hover: "#24211e",
  accent: "#eeb353",
  accentInk: "#efb85c",
  onAccent: "#241702",
  bad: "#ff8f85",
  warn: "#efb85c",
  comment: "#918a80",
  keyword: "#d99bf0",
  text: "#8fd0a4",
  number: "#f0a875",
  type: "#6fc8d6",
  name: "#8fb2ff",
};

export const LIGHT_THEME = "quicksand-light";
export const DARK_THEME = "quicksand-dark";
export const HIGH_CONTRAST_LIGHT_THEME = "quicksand-high-contrast-light";
export const HIGH_CONTRAST_DARK_THEME = "quicksand-high-contrast-dark";

/**
 * Class for the element that Monaco is created in. Monaco defines its `--vscode-*` colours for this class and for the
 * editor itself, but with `fixedOverflowWidgets` the context menu and some hovers stand beside the editor, in this element.
 */
export const MONACO_ROOT = "monaco-component";

/** Defines the editor's themes: light and dark in the page's colours, and Monaco's own for high contrast. */
export function defineThemes(monaco: typeof Monaco): void {
  monaco.editor.defineTheme(LIGHT_THEME, toTheme(LIGHT));
  monaco.editor.defineTheme(DARK_THEME, toTheme(DARK));
  monaco.editor.defineTheme(HIGH_CONTRAST_LIGHT_THEME, highContrast("hc-light", "#000000"));
  monaco.editor.defineTheme(HIGH_CONTRAST_DARK_THEME, highContrast("hc-black", "#ffffff"));
}

/** The peek view colours brackets by their depth, one of which has too little contrast in Monaco's own theme. */
function highContrast(base: "hc-light" | "hc-black", ink: string): Monaco.editor.IStandaloneThemeData {
  return { base, inherit: true, rules: [], colors: bracketColors(ink) };
}

function toTheme(palette: Palette): Monaco.editor.IStandaloneThemeData {
  return { base: palette.base, inherit: true, rules: rules(palette), colors: colors(palette) };
}

function rules(palette: Palette): Monaco.editor.ITokenThemeRule[] {
  const tokens: [token: string, color: string, fontStyle?: string][] = [
    ["", palette.ink],
    ["comment", palette.comment, "italic"],
    ["keyword", palette.keyword],
    ["string", palette.text],
    ["string.escape", palette.accentInk],
    ["regexp", palette.accentInk],
    ["number", palette.number],
    ["constant", palette.number],
    ["type", palette.type],
    ["predefined", palette.name],
    ["variable.predefined", palette.name],
    ["tag", palette.name],
    ["annotation", palette.accentInk],
    ["attribute.name", palette.type],
    ["delimiter", palette.ink],
    ["operator", palette.ink],
    ["invalid", palette.bad],
  ];
  return tokens.map(([token, color, fontStyle]) => ({
    token,
    foreground: color.slice(1),
    ...(fontStyle && { fontStyle }),
  }));
}
