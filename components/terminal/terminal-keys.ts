/** What a key does on the page, rather than in the program. */
export type PageKey = "copy" | "paste" | "search" | "leave" | "run";

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** The key that leaves the terminal, as it is shown. Tab and Escape belong to the program. */
export const LEAVE_KEYS = ["Ctrl", "Shift", "X"] as const;

/** `null` for every key that is the program's. */
export function pageKeyOf(pressed: Pressed, ended: boolean): PageKey | null {
  const { ctrlKey, metaKey, shiftKey, altKey, code } = pressed;
  if (altKey) return null;
  // Nothing reads keys any more, so the page's own shortcut for Run counts.
  if (ended && pressed.key === "Enter" && (ctrlKey || metaKey)) return "run";
  if (!ctrlKey || !shiftKey || metaKey) return null;
  if (code === "KeyC") return "copy";
  if (code === "KeyV") return "paste";
  if (code === "KeyF") return "search";
  return code === "KeyX" ? "leave" : null;
}

/** The keys that a telephone's keyboard lacks, and what a terminal sends for them. */
export const TOUCH_KEYS: readonly { label: string; name: string; sends: string }[] = [
  { label: "^C", name: "Control C: interrupt", sends: "\x03" },
  { label: "^D", name: "Control D: end of input", sends: "\x04" },
  { label: "Esc", name: "Escape", sends: "\x1b" },
  { label: "Tab", name: "Tab", sends: "\t" },
  { label: "←", name: "Left", sends: "\x1b[D" },
  { label: "↑", name: "Up", sends: "\x1b[A" },
  { label: "↓", name: "Down", sends: "\x1b[B" },
  { label: "→", name: "Right", sends: "\x1b[C" },
];

/** Arrows as the program asked for them: programs that draw the whole screen want others than shells. */
export function sentFor(sends: string, applicationCursor: boolean): string {
  return applicationCursor && sends.startsWith("\x1b[") ? sends.replace("[", "O") : sends;
}
