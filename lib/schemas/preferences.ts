// The values that a preference can have. The schemas in account.ts are made from them; here nothing imports what those are written in, because
// every page reads the preferences before it shows.
export const THEMES = ["system", "light", "dark"] as const;
export const CONTRASTS = ["normal", "high"] as const;
export const KEY_MAPS = ["standard", "vim", "emacs"] as const;
export const LAYOUTS = ["auto", "side", "below"] as const;
export const TAB_WIDTHS = [2, 4, 8] as const;
/** In CSS pixels. */
export const FONT_SIZES = { least: 10, most: 28 } as const;

/** How the editor is set up. */
export interface Preferences {
  theme: (typeof THEMES)[number];
  fontSize: number;
  keyMap: (typeof KEY_MAPS)[number];
  tabWidth: (typeof TAB_WIDTHS)[number];
  layout: (typeof LAYOUTS)[number];
  contrast: (typeof CONTRASTS)[number];
  languageServer: boolean;
}

export const DEFAULT_PREFERENCES: Readonly<Preferences> = {
  theme: "system",
  fontSize: 14,
  keyMap: "standard",
  tabWidth: 4,
  layout: "auto",
  contrast: "normal",
  languageServer: true,
};

/** The preferences in something that was kept, by the rules of `preferencesSchema`: what is missing or not allowed has its default. */
export function readPreferences(kept: Readonly<Record<string, unknown>>): Preferences {
  const usual = DEFAULT_PREFERENCES;
  return {
    theme: oneOf(THEMES, kept.theme) ?? usual.theme,
    fontSize: isFontSize(kept.fontSize) ? kept.fontSize : usual.fontSize,
    keyMap: oneOf(KEY_MAPS, kept.keyMap) ?? usual.keyMap,
    tabWidth: oneOf(TAB_WIDTHS, kept.tabWidth) ?? usual.tabWidth,
    layout: oneOf(LAYOUTS, kept.layout) ?? usual.layout,
    contrast: oneOf(CONTRASTS, kept.contrast) ?? usual.contrast,
    languageServer: oneOf([true, false], kept.languageServer) ?? usual.languageServer,
  };
}

function oneOf<Value>(values: readonly Value[], kept: unknown): Value | undefined {
  return values.find((value) => value === kept);
}

function isFontSize(kept: unknown): kept is number {
  return Number.isInteger(kept) && Number(kept) >= FONT_SIZES.least && Number(kept) <= FONT_SIZES.most;
}
