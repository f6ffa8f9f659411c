import type * as Monaco from "monaco-editor/editor";

interface Palette {
  base: "vs" | "vs-dark";
  surface: string;
  ink: string;
  faint: string;
  line: string;
  raised: string;
  lineStrong: string;
  hover: string;
  accent: string;
  accentInk: string;
  bad: string;
  warn: string;
  comment: string;
  keyword: string;
  text: string;
  number: string;
  type: string;
  name: string;
}

/** The tokens of globals.css once more: Monaco takes neither CSS variables nor anything but hex. */
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

/** Makes the editor part of the page in both themes. */
export function defineThemes(monaco: typeof Monaco): void {
  monaco.editor.defineTheme(LIGHT_THEME, toTheme(LIGHT));
  monaco.editor.defineTheme(DARK_THEME, toTheme(DARK));
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

function colors(palette: Palette): Monaco.editor.IColors {
  const { surface, ink, faint, line, lineStrong, raised, hover, accent, accentInk, bad, warn, text } =
    palette;
  const bracket = Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, ink]),
  );
  return {
    ...bracket,
    "editor.background": surface,
    "editor.foreground": ink,
    "editorGutter.background": surface,
    "editorLineNumber.foreground": faint,
    "editorLineNumber.activeForeground": ink,
    "editorCursor.foreground": accentInk,
    "editor.selectionBackground": `${accent}4d`,
    "editor.inactiveSelectionBackground": `${accent}26`,
    "editor.selectionHighlightBackground": `${accent}26`,
    "editor.wordHighlightBackground": `${accent}22`,
    "editor.wordHighlightStrongBackground": `${accent}33`,
    "editor.findMatchBackground": `${accent}66`,
    "editor.findMatchHighlightBackground": `${accent}33`,
    "editor.lineHighlightBackground": `${ink}08`,
    "editor.lineHighlightBorder": "#00000000",
    "editorIndentGuide.background1": line,
    "editorIndentGuide.activeBackground1": lineStrong,
    "editorBracketMatch.background": `${accent}26`,
    "editorBracketMatch.border": `${accent}80`,
    "diffEditor.insertedLineBackground": `${text}1f`,
    "diffEditor.insertedTextBackground": `${text}3d`,
    "diffEditor.removedLineBackground": `${bad}1a`,
    "diffEditor.removedTextBackground": `${bad}38`,
    "diffEditor.diagonalFill": line,
    "diffEditor.border": line,
    "diffEditor.unchangedRegionBackground": hover,
    "diffEditor.unchangedRegionForeground": faint,
    "diffEditor.unchangedRegionShadow": "#00000000",
    "editorError.foreground": bad,
    "editorWarning.foreground": warn,
    "editorWidget.background": raised,
    "editorWidget.border": lineStrong,
    "editorHoverWidget.background": raised,
    "editorHoverWidget.border": lineStrong,
    "editorSuggestWidget.background": raised,
    "editorSuggestWidget.border": lineStrong,
    "editorSuggestWidget.selectedBackground": hover,
    "editorSuggestWidget.selectedForeground": ink,
    "editorSuggestWidget.highlightForeground": accentInk,
    "editorOverviewRuler.border": "#00000000",
    "scrollbarSlider.background": `${faint}40`,
    "scrollbarSlider.hoverBackground": `${faint}66`,
    "scrollbarSlider.activeBackground": `${faint}80`,
    "scrollbar.shadow": "#00000000",
    "menu.background": raised,
    "menu.foreground": ink,
    "menu.selectionBackground": hover,
    "menu.selectionForeground": ink,
    "menu.border": lineStrong,
    "quickInput.background": raised,
    "list.focusBackground": hover,
    "list.hoverBackground": hover,
    focusBorder: accent,
    "widget.shadow": "#00000033",
  };
}
