"use client";

import { useRef } from "react";

/**
 * Props for the content of a dialog that is opened without a trigger of its own: without them Radix leaves the focus on the page's body
 * when it closes.
 */
export function useReturnFocus(onClosed?: () => void) {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus() {
      before.current = document.activeElement;
    },
    onCloseAutoFocus(event: Event) {
      event.preventDefault();
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
      onClosed?.();
    },
  };
}
