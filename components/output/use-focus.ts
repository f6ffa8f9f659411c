"use client";

import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

type Target = RefObject<HTMLElement | null>;

/** What a person who is in it did not leave for the run: a menu, a dialog. */
const ELSEWHERE = '[role="dialog"], [role="menu"], [role="listbox"], [role="alertdialog"]';

interface LiveFocus {
  field: Target;
  /** The field with all that goes away with it. */
  box: Target;
  /** Has the focus when the box goes away with it. */
  after: Target;
  /** The program seems to wait for input. */
  wanted: boolean;
}

/**
 * Puts the focus on a field when it is wanted there, unless somebody has pressed a key or pointed somewhere else since the field is there: who
 * types code goes on typing code. A field that went away unused gives the focus back to where it came from.
 */
export function useLiveFocus({ field, box, after, wanted }: LiveFocus): void {
  const busy = useRef(false);
  const from = useRef<Element | null>(null);

  useEffect(() => {
    const onUse = ({ target }: Event) => {
      from.current = null;
      if (target !== field.current) busy.current = true;
    };
    document.addEventListener("keydown", onUse, true);
    document.addEventListener("pointerdown", onUse, true);
    return () => {
      document.removeEventListener("keydown", onUse, true);
      document.removeEventListener("pointerdown", onUse, true);
    };
  }, [field]);

  useEffect(() => {
    const active = document.activeElement;
    if (!wanted || busy.current || active === field.current || active?.closest(ELSEWHERE)) return;
    from.current = active === document.body ? null : active;
    field.current?.focus({ preventScroll: true });
  }, [field, wanted]);

  useLayoutEffect(() => {
    const leaving = box.current;
    return () => {
      if (!leaving?.contains(document.activeElement)) return;
      const back = from.current instanceof HTMLElement && from.current.isConnected ? from.current : null;
      (back ?? after.current)?.focus({ preventScroll: true });
    };
  }, [box, after]);
}

/** Takes the focus from the page as a whole, where it falls when a focused button goes away, each time `key` changes. */
export function useFocusCaught(to: Target, key: string): void {
  const before = useRef(key);
  useEffect(() => {
    if (before.current === key) return;
    before.current = key;
    if (document.activeElement === document.body) to.current?.focus({ preventScroll: true });
  }, [to, key]);
}
