/** With `ESC [ ? 1049 h`, or its older forms, a program takes the whole screen; with `l` it gives it back. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const SWITCH = /\x1b\[\?(1049|1047|47)([hl])/g;

/** What a terminal has left when a program has ended: without what the program drew on a screen of its own, as far as it has left that. */
export function withoutDrawnScreens(text: string): string {
  let kept = "";
  let from = 0;
  let taken: { kind: string; at: number } | null = null;
  for (const { index, 0: whole, 1: kind = "", 2: way } of text.matchAll(SWITCH)) {
    if (way === "h") taken ??= { kind, at: index };
    else if (taken?.kind === kind) {
      kept += text.slice(from, taken.at);
      from = index + whole.length;
      taken = null;
    }
  }
  return kept + text.slice(from);
}
