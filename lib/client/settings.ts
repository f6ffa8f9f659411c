import * as z from "zod";
import type { TextStorage } from "./storage";

/** What is shown beside the editor, one at a time, in the order of its tabs. */
export const PANEL_IDS = ["output", "tests", "input", "problems", "files"] as const;
export type PanelId = (typeof PANEL_IDS)[number];

/** Each field falls back by itself, so that one invalid value does not discard the others. */
const settingsSchema = z.object({
  /** The selected language's id; empty until one is selected. */
  language: z.string().catch(""),
  /** Ids of the languages that were picked or run in last, the newest first. */
  recentLanguages: z.array(z.string()).catch([]),
  /** Long output lines are wrapped. */
  wrap: z.boolean().catch(true),
  /** The chosen tab beside the editor. */
  panel: z.enum(PANEL_IDS).catch("output"),
  /** The terminal is read aloud by a screen reader. */
  terminalReader: z.boolean().catch(false),
  /** The panel of recent runs is docked beside the editor. */
  recentOpen: z.boolean().catch(false),
  /** The editor's share of the window in percent, by orientation. */
  split: z
    .object({ horizontal: z.number().min(10).max(90), vertical: z.number().min(10).max(90) })
    .catch({ horizontal: 56, vertical: 58 }),
});
export type Settings = z.infer<typeof settingsSchema>;

const KEY = "quicksand:settings:v1";

/** Loads this browser's layout settings. */
export function loadSettings(storage: TextStorage): Settings {
  let stored: unknown = {};
  try {
    stored = JSON.parse(storage.get(KEY) ?? "{}");
  } catch {
    // Broken JSON counts as none.
  }
  const parsed = settingsSchema.safeParse(stored);
  return parsed.success ? parsed.data : settingsSchema.parse({});
}

export function saveSettings(storage: TextStorage, settings: Settings): void {
  storage.set(KEY, JSON.stringify(settings));
}
