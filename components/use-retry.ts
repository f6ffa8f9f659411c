"use client";

import { useEffect, useMemo, useState } from "react";

export interface Retry {
  /** When trying again makes sense; `null` when that was not said. */
  at: Date | null;
  /** Seconds until then; 0 from then on. */
  leftS: number;
}

/** Counts down from the moment at which a failure came up to when the server said to come back. */
export function useRetry(failure: { readonly retryAfterS: number | null } | null): Retry {
  const at = useMemo(() => {
    const seconds = failure?.retryAfterS ?? null;
    return seconds === null ? null : new Date(Date.now() + seconds * 1000);
  }, [failure]);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (at === null) return;
    const tick = () => {
      setNow(Date.now());
      if (Date.now() >= at.getTime()) clearInterval(timer);
    };
    const timer = setInterval(tick, 1000);
    tick();
    return () => clearInterval(timer);
  }, [at]);
  const left = at === null ? 0 : Math.ceil((at.getTime() - now) / 1000);
  // Before the first tick `now` may be from long before the failure.
  return { at, leftS: Math.min(Math.max(0, left), failure?.retryAfterS ?? 0) };
}
