"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { usePreferences } from "@/lib/client/use-preferences";
import type { Preferences } from "@/lib/schemas/preferences";
import { KEY_MAPS } from "@/lib/schemas/preferences";
import { Section } from "../section";
import { Card, CardRow } from "../ui/card";
import { Segmented } from "../ui/segmented";
import { FontSizeControl } from "./font-size-control";

const THEMES = [
  { value: "system", label: "System", icon: <Monitor aria-hidden="true" /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden="true" /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden="true" /> },
] as const;

const CONTRASTS = [
  { value: "normal", label: "Normal" },
  { value: "high", label: "High" },
] as const;

const SWITCH = [
  { value: "on", label: "On" },
  { value: "off", label: "Off" },
] as const;

const KEY_MAP_WORDS: Readonly<Record<Preferences["keyMap"], { label: string; hint: string }>> = {
  standard: { label: "Standard", hint: "The keys of VS Code. F1 lists everything the editor can do." },
  vim: { label: "Vim", hint: "Modes, motions and : commands. Tab leaves the editor in normal mode." },
  emacs: {
    label: "Emacs",
    hint: "Movement, the mark, killing and yanking. Browsers keep Ctrl-N, Ctrl-T and Ctrl-W to themselves.",
  },
};

const TAB_WIDTHS = [
  { value: 2, label: "2" },
  { value: 4, label: "4" },
  { value: 8, label: "8" },
] as const;

const LAYOUTS = [
  { value: "auto", label: "Automatic" },
  { value: "side", label: "Beside" },
  { value: "below", label: "Below" },
] as const;

/** Editor preferences. Every change takes effect at once. */
export function EditorPreferences({ synced }: { synced: boolean }) {
  const [preferences, change] = usePreferences();
  const { theme, contrast, fontSize, keyMap, tabWidth, layout, languageServer } = preferences;
  return (
    <Section
      id="preferences"
      title="Editor"
      description={
        synced
          ? "Kept with your account, so it is the same wherever you sign in."
          : "Kept in this browser. With an account it follows you."
      }
    >
      <Card>
        <CardRow label="Theme">
          <Segmented
            label="Theme"
            value={theme}
            options={THEMES}
            onChange={(next) => change({ theme: next })}
          />
        </CardRow>
        <CardRow label="Contrast" hint="High makes text and lines stand out more, in the editor too.">
          <Segmented
            label="Contrast"
            value={contrast}
            options={CONTRASTS}
            onChange={(next) => change({ contrast: next })}
          />
        </CardRow>
        <FontSizeControl
          value={fontSize}
          tabWidth={tabWidth}
          onChange={(next) => change({ fontSize: next })}
        />
        <CardRow label="Tab width" hint="Columns of a tab, and spaces of an indent.">
          <Segmented
            label="Tab width"
            value={tabWidth}
            options={TAB_WIDTHS}
            onChange={(next) => change({ tabWidth: next })}
          />
        </CardRow>
        <CardRow label="Key map" hint={KEY_MAP_WORDS[keyMap].hint}>
          <Segmented
            label="Key map"
            value={keyMap}
            options={KEY_MAPS.map((value) => ({ value, label: KEY_MAP_WORDS[value].label }))}
            onChange={(next) => change({ keyMap: next })}
          />
        </CardRow>
        <CardRow
          label="Python help"
          hint="Completion, types and mistakes while you type. Loads 1.5 MB once, when a Python program is open."
        >
          <Segmented
            label="Python help"
            value={languageServer ? "on" : "off"}
            options={SWITCH}
            onChange={(next) => change({ languageServer: next === "on" })}
          />
        </CardRow>
        <CardRow label="Output" hint="Where it stands. Automatic goes by the width of the window.">
          <Segmented
            label="Output"
            value={layout}
            options={LAYOUTS}
            onChange={(next) => change({ layout: next })}
          />
        </CardRow>
      </Card>
    </Section>
  );
}
