"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

/** Tolerance for being at the end: fractions of pixels, half a line. */
const SLACK_PX = 24;

interface StickToEnd {
  content: RefObject<HTMLDivElement | null>;
  /** False after the person has scrolled up, which stops following. */
  atEnd: boolean;
  toEnd: () => void;
}

/** Scrolls along with growing content, like a terminal, unless the person has scrolled up. */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>, resetKey: unknown): StickToEnd {
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    stuck.current = true;
    setAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [scroller]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run starts at the end again, wherever the last one was left
  useEffect(() => {
    stuck.current = true;
    setAtEnd(true);
  }, [resetKey]);

  useEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!box || !inner) return;
    let lastTop = box.scrollTop;
    const onScroll = () => {
      const near = box.scrollHeight - box.scrollTop - box.clientHeight < SLACK_PX;
      // Only scrolling up stops following: growing content also moves the end away.
      if (near) stuck.current = true;
      else if (box.scrollTop < lastTop) stuck.current = false;
      lastTop = box.scrollTop;
      setAtEnd(stuck.current);
    };
    const grown = new ResizeObserver(() => {
      if (stuck.current) box.scrollTop = box.scrollHeight;
    });
    box.addEventListener("scroll", onScroll, { passive: true });
    grown.observe(inner);
    return () => {
      box.removeEventListener("scroll", onScroll);
      grown.disconnect();
    };
  }, [scroller]);

  return { content, atEnd, toEnd };
}
