"use client";

import { startTransition, useEffect, useState } from "react";

/**
 * A part of the page that is loaded while the rest is shown; `null` until it is there. For what people wait for, in place of `next/dynamic`:
 * React shows nothing new for 300 ms after a fallback of Suspense. `load` must be the same function each time. Where it fails, the page's
 * error boundary is told, whose "try again" calls it again.
 */
export function usePart<Part>(load: () => Promise<Part>): Part | null {
  const [state, setState] = useState<{ part: Part } | { error: unknown } | null>(null);

  useEffect(() => {
    let current = true;
    load().then(
      // In a task of its own and in slices: what was loaded has just been evaluated, and the page must answer in between.
      (part) => startTransition(() => void (current && setState({ part }))),
      (error: unknown) => current && setState({ error }),
    );
    return () => {
      current = false;
    };
  }, [load]);

  if (state && "error" in state) throw state.error;
  return state?.part ?? null;
}
