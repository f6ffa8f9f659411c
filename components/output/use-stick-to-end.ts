"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

/** Nearer than this to the end counts as being there: fractions of pixels and a last half line do not matter. */
const SLACK_PX = 24;

interface StickToEnd {
  scroller: RefObject<HTMLElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** False once the reader has scrolled up; following stops then. */
  atEnd: boolean;
  toEnd: () => void;
}

/** Follows growing content, as a terminal does, until the reader scrolls up; starts again when they come back. */
export function useStickToEnd(resetKey: unknown): StickToEnd {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    stuck.current = true;
    setAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);

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
      // Only a movement upwards lets go: content that grows also leaves the end behind, without anyone having scrolled.
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
  }, []);

  return { scroller, content, atEnd, toEnd };
}
