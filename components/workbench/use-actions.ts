"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { usePreferences } from "@/lib/client/use-preferences";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { Action } from "./actions";
import { editorActions } from "./editor-actions";

interface ActionsOptions {
  languages: readonly LanguageInfo[] | null;
  language: LanguageInfo | null;
  /** A run is active. */
  active: boolean;
  /** There is a program to run. */
  ready: boolean;
  editor: () => { focus(): void; command(id: string): void } | null;
  onRun: () => void;
  onStop: () => void;
  onReset: () => void;
  onFormat: () => void;
  onExamples: () => void;
  onLanguage: (id: string) => void;
  /** Further actions of the page. */
  more?: readonly Action[];
}

/** Everything that can be done in the workbench. */
export function useActions(options: ActionsOptions): readonly Action[] {
  const { languages, language, active, ready, editor, more = [] } = options;
  const view = useViewActions();
  const router = useRouter();
  const editing = useMemo(() => editorActions(editor, ready), [editor, ready]);
  const run: readonly Action[] = [
    {
      ...{ id: "run", title: "Run the program", group: "Run", keys: "Mod+Enter", keysElsewhere: true },
      ...{ enabled: ready && !active, run: options.onRun, words: ["start", "execute"] },
    },
    {
      ...{ id: "stop", title: "Stop the run", group: "Run", keys: "Mod+Shift+X" },
      ...{ enabled: active, run: options.onStop, words: ["cancel", "end", "kill"] },
    },
  ];
  const program: readonly Action[] = [
    {
      ...{
        id: "format",
        title: "Format the program",
        group: "Program",
        keys: "Shift+Alt+F",
      },
      ...{ enabled: ready, run: options.onFormat, words: ["indent", "beautify", "tidy"] },
    },
    {
      ...{ id: "examples", title: "Open an example", group: "Program", enabled: ready },
      ...{ run: options.onExamples, words: ["sample", "gallery", "template"] },
    },
    {
      ...{ id: "reset", title: "Reset to the sample", group: "Program", enabled: ready },
      run: options.onReset,
    },
  ];
  const go: readonly Action[] = [
    {
      id: "focus-editor",
      title: "Go to the editor",
      group: "Go",
      enabled: ready,
      run: () => editor()?.focus(),
    },
  ];
  const choices = (languages ?? [])
    .filter(({ id }) => id !== language?.id)
    .map(
      ({ id, name, aliases }): Action => ({
        ...{ id: `language-${id}`, title: `Switch to ${name}`, group: "Language" },
        ...{ words: [...aliases, "language"], run: () => options.onLanguage(id) },
      }),
    );
  const pages = [
    ["/programs", "Programs"],
    ["/history", "History"],
    ["/docs", "Docs"],
    ["/status", "Status"],
    ["/settings", "Settings"],
  ].map(
    ([href = "/", name = ""]): Action => ({
      ...{ id: `page-${name}`, title: `Open ${name}`, group: "Pages", run: () => router.push(href) },
    }),
  );
  return [...run, ...program, ...more, ...editing, ...go, ...view, ...choices, ...pages];
}

const THEME_TITLES = { light: "Light theme", dark: "Dark theme", system: "The system's theme" } as const;
const KEY_MAP_TITLES = { standard: "Standard keys", vim: "Vim keys", emacs: "Emacs keys" } as const;
const LAYOUT_TITLES = { auto: "Output where it fits", side: "Output beside", below: "Output below" } as const;
const MIN_FONT = 10;
const MAX_FONT = 28;

/** What changes the look, each offered when it is not so already. */
function useViewActions(): readonly Action[] {
  const [preferences, change] = usePreferences();
  const { contrast, fontSize } = preferences;
  const choices = <Name extends "theme" | "keyMap" | "layout">(
    name: Name,
    titles: Readonly<Record<(typeof preferences)[Name], string>>,
  ): Action[] =>
    (Object.entries(titles) as [(typeof preferences)[Name], string][])
      .filter(([value]) => preferences[name] !== value)
      .map(([value, title]) => ({
        ...{ id: `${name}-${value}`, title, group: "View", run: () => change({ [name]: value }) },
      }));
  return [
    ...choices("theme", THEME_TITLES),
    {
      ...{ id: "contrast", title: contrast === "high" ? "Normal contrast" : "High contrast", group: "View" },
      run: () => change({ contrast: contrast === "high" ? "normal" : "high" }),
    },
    {
      ...{
        id: "larger",
        title: "Larger text",
        group: "View",
        enabled: fontSize < MAX_FONT,
        words: ["font", "zoom"],
      },
      run: () => change({ fontSize: fontSize + 1 }),
    },
    {
      ...{
        id: "smaller",
        title: "Smaller text",
        group: "View",
        enabled: fontSize > MIN_FONT,
        words: ["font", "zoom"],
      },
      run: () => change({ fontSize: fontSize - 1 }),
    },
    ...choices("keyMap", KEY_MAP_TITLES),
    ...choices("layout", LAYOUT_TITLES),
  ];
}
