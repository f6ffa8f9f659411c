import type * as Monaco from "monaco-editor/editor";

/** The page's colours that the editor uses, in hex. */
export interface Palette {
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

/** Monaco's colours of a palette. What is missing here has VS Code's default colour. */
export function colors(palette: Palette): Monaco.editor.IColors {
  return { ...textColors(palette), ...diffColors(palette), ...widgetColors(palette) };
}

function textColors(palette: Palette): Monaco.editor.IColors {
  const { surface, ink, faint, line, lineStrong, accent, accentInk, bad, warn } = palette;
  return {
    ...bracketColors(ink),
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

/** One colour for brackets of every depth. */
export function bracketColors(color: string): Monaco.editor.IColors {
  const levels = [1, 2, 3, 4, 5, 6];
  return Object.fromEntries(levels.map((level) => [`editorBracketHighlight.foreground${level}`, color]));
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

/** Everything that opens over the text. */
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
