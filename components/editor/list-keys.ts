import type { KeyboardEvent } from "react";

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">;

/** One row less than is in view, so that one stays to go on from. */
const PAGE = 8;

/**
 * The place in a list that a key of its search field leads to; `null` where the key is the field's own. Home and End move in the text while
 * there is some.
 */
export function placeAfterKey(
  { key, ctrlKey, metaKey }: Keys,
  { at, count, typed }: { at: number; count: number; typed: boolean },
): number | null {
  const last = count - 1;
  if (count === 0) return null;
  if (key === "ArrowDown") return at >= last ? 0 : at + 1;
  if (key === "ArrowUp") return at <= 0 ? last : at - 1;
  if (key === "PageDown") return Math.min(at + PAGE, last);
  if (key === "PageUp") return Math.max(at - PAGE, 0);
  const ends = !typed || ctrlKey || metaKey;
  if (key === "Home" && ends) return 0;
  return key === "End" && ends ? last : null;
}
