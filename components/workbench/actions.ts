/** Something that can be done on the page. The palette, the shortcut list and the keys all go by these. */
export interface Action {
  id: string;
  title: string;
  group: ActionGroup;
  /** As in `Mod+Shift+P`: `Mod` is ⌘ on a Mac and Ctrl elsewhere; the last part is the key. */
  keys?: string;
  /** The editor or another part of the page answers the keys itself; they are only shown. */
  keysElsewhere?: boolean;
  /** Other words by which it is looked for. */
  words?: readonly string[];
  /** `false` when there is nothing to do it to now. */
  enabled?: boolean;
  run: () => void;
}

export const ACTION_GROUPS = ["Run", "Program", "Edit", "Go", "View", "Language", "Pages"] as const;
type ActionGroup = (typeof ACTION_GROUPS)[number];

/** What of a keyboard event keys are compared with. */
export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Whether a key press is the one that `keys` names. */
export function isPressed(keys: string, press: KeyPress, mac: boolean): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const has = (part: string) => parts.includes(part);
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  // A sign such as `?` needs Shift on some keyboards and not on others.
  const shift = /^[^a-z0-9]$/i.test(key) || has("Shift") === press.shiftKey;
  if (mod !== has("Mod") || other || press.altKey !== has("Alt") || !shift) return false;
  // With Alt, a Mac's letter keys give other signs.
  return press.key.toLowerCase() === key.toLowerCase() || press.code === `Key${key.toUpperCase()}`;
}

/** Keys as they are written on this platform's keyboard, one word each. */
export function keyNames(keys: string, mac: boolean): readonly string[] {
  const names: Readonly<Record<string, string>> = mac
    ? { Mod: "⌘", Shift: "⇧", Alt: "⌥", Enter: "↵", ArrowUp: "↑", ArrowDown: "↓" }
    : { Mod: "Ctrl", Enter: "↵", ArrowUp: "↑", ArrowDown: "↓" };
  return keys.split("+").map((part) => names[part] ?? part);
}

/** The action whose keys a press is, of those that the page answers and that can be done now. */
export function actionFor(actions: readonly Action[], press: KeyPress, mac: boolean): Action | null {
  return (
    actions.find(
      ({ keys, keysElsewhere = false, enabled = true }) =>
        keys !== undefined && !keysElsewhere && enabled && isPressed(keys, press, mac),
    ) ?? null
  );
}
