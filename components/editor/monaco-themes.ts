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
  onAccent: string;
  bad: string;
  warn: string;
  comment: string;
  keyword: string;
  text: string;
  number: string;
  type: string;
  name: string;
}

/** The tokens of globals.css repeated, since Monaco accepts only hex colours. */
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

/**
 * Class for the element that Monaco is created in. Monaco defines its `--vscode-*` colours for this class and for the
 * editor itself, but with `fixedOverflowWidgets` the context menu and some hovers stand beside the editor, in this element.
 */
export const MONACO_ROOT = "monaco-component";

/** Defines the editor's light and dark theme in the page's colours. */
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
  return { ...textColors(palette), ...diffColors(palette), ...widgetColors(palette) };
}

function textColors(palette: Palette): Monaco.editor.IColors {
  const { surface, ink, faint, line, lineStrong, accent, accentInk, bad, warn } = palette;
  const bracket = Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, ink]),
  );
  return {
    ...bracket,
    foreground: ink,
    "editor.background": surface,
    "editor.foreground": ink,
    "editorGutter.background": surface,
    "editorGutter.foldingControlForeground": faint,
    "editorLineNumber.foreground": faint,
    "editorLineNumber.activeForeground": ink,
    "editorCursor.foreground": accentInk,
    "editor.selectionBackground": `${accent}4d`,
    "editor.inactiveSelectionBackground": `${accent}26`,
    "editor.selectionHighlightBackground": `${accent}26`,
    "editor.wordHighlightBackground": `${accent}22`,
    "editor.wordHighlightStrongBackground": `${accent}33`,
    "editor.wordHighlightTextBackground": `${accent}22`,
    "editor.findMatchBackground": `${accent}66`,
    "editor.findMatchHighlightBackground": `${accent}33`,
    "editor.rangeHighlightBackground": `${accent}1a`,
    "editor.foldBackground": `${accent}14`,
    "editor.lineHighlightBackground": `${ink}08`,
    "editor.lineHighlightBorder": "#00000000",
    "editorIndentGuide.background1": line,
    "editorIndentGuide.activeBackground1": lineStrong,
    "editorBracketMatch.background": `${accent}26`,
    "editorBracketMatch.border": `${accent}80`,
    "editorError.foreground": bad,
    "editorWarning.foreground": warn,
    "editorOverviewRuler.border": "#00000000",
  };
}

function diffColors({ line, hover, faint, bad, text }: Palette): Monaco.editor.IColors {
  return {
    "diffEditor.insertedLineBackground": `${text}1f`,
    "diffEditor.insertedTextBackground": `${text}3d`,
    "diffEditor.removedLineBackground": `${bad}1a`,
    "diffEditor.removedTextBackground": `${bad}38`,
    "diffEditor.diagonalFill": line,
    "diffEditor.border": line,
    "diffEditor.unchangedRegionBackground": hover,
    "diffEditor.unchangedRegionForeground": faint,
    "diffEditor.unchangedRegionShadow": "#00000000",
  };
}

/** Widgets over the text. What is missing here has VS Code's default colours. */
function widgetColors(palette: Palette): Monaco.editor.IColors {
  const { surface, ink, faint, line, lineStrong, raised, hover, accent, accentInk, bad, warn } = palette;
  return {
    focusBorder: accent,
    descriptionForeground: faint,
    "icon.foreground": ink,
    "widget.shadow": "#00000033",
    "editorWidget.background": raised,
    "editorWidget.foreground": ink,
    "editorWidget.border": lineStrong,
    "editorHoverWidget.background": raised,
    "editorHoverWidget.foreground": ink,
    "editorHoverWidget.border": lineStrong,
    "editorHoverWidget.highlightForeground": accentInk,
    "editorHoverWidget.statusBarBackground": hover,
    "editorSuggestWidget.background": raised,
    "editorSuggestWidget.foreground": ink,
    "editorSuggestWidget.border": lineStrong,
    "editorSuggestWidget.selectedBackground": hover,
    "editorSuggestWidget.selectedForeground": ink,
    "editorSuggestWidget.selectedIconForeground": ink,
    "editorSuggestWidget.highlightForeground": accentInk,
    "editorSuggestWidget.focusHighlightForeground": accentInk,
    "editorMarkerNavigation.background": raised,
    "editorMarkerNavigationError.background": bad,
    "editorMarkerNavigationError.headerBackground": `${bad}1f`,
    "editorMarkerNavigationWarning.background": warn,
    "editorMarkerNavigationWarning.headerBackground": `${warn}1f`,
    "peekView.border": lineStrong,
    "peekViewTitle.background": raised,
    "peekViewTitleLabel.foreground": ink,
    "peekViewTitleDescription.foreground": faint,
    "peekViewEditor.background": surface,
    "peekViewEditorGutter.background": surface,
    "peekViewEditor.matchHighlightBackground": `${accent}66`,
    "peekViewResult.background": raised,
    "peekViewResult.fileForeground": ink,
    "peekViewResult.lineForeground": ink,
    "peekViewResult.matchHighlightBackground": `${accent}4d`,
    "peekViewResult.selectionBackground": hover,
    "peekViewResult.selectionForeground": ink,
    "menu.background": raised,
    "menu.foreground": ink,
    "menu.selectionBackground": hover,
    "menu.selectionForeground": ink,
    "menu.separatorBackground": line,
    "menu.border": lineStrong,
    "quickInput.background": raised,
    "quickInput.foreground": ink,
    "quickInputList.focusBackground": hover,
    "quickInputList.focusForeground": ink,
    "quickInputList.focusIconForeground": ink,
    "quickInputList.focusHighlightForeground": accentInk,
    "pickerGroup.foreground": accentInk,
    "pickerGroup.border": line,
    "keybindingLabel.background": hover,
    "keybindingLabel.foreground": ink,
    "keybindingLabel.border": lineStrong,
    "keybindingLabel.bottomBorder": lineStrong,
    "list.focusBackground": hover,
    "list.focusForeground": ink,
    "list.focusOutline": accent,
    "list.hoverBackground": hover,
    "list.hoverForeground": ink,
    "list.highlightForeground": accentInk,
    "list.focusHighlightForeground": accentInk,
    "list.activeSelectionBackground": hover,
    "list.activeSelectionForeground": ink,
    "list.activeSelectionIconForeground": ink,
    "list.inactiveSelectionBackground": hover,
    "list.inactiveSelectionForeground": ink,
    "input.background": surface,
    "input.foreground": ink,
    "input.border": lineStrong,
    "input.placeholderForeground": faint,
    "inputOption.activeBackground": `${accent}33`,
    "inputOption.activeForeground": ink,
    "inputOption.activeBorder": accent,
    "inputValidation.errorBackground": raised,
    "inputValidation.errorForeground": bad,
    "inputValidation.errorBorder": bad,
    "button.background": accent,
    "button.foreground": palette.onAccent,
    "button.hoverBackground": accent,
    "badge.background": hover,
    "badge.foreground": ink,
    "textLink.foreground": accentInk,
    "textLink.activeForeground": accentInk,
    "textCodeBlock.background": hover,
    "scrollbarSlider.background": `${faint}40`,
    "scrollbarSlider.hoverBackground": `${faint}66`,
    "scrollbarSlider.activeBackground": `${faint}80`,
    "scrollbar.shadow": "#00000000",
  };
}
