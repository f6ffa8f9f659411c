"use client";

import { useEffect, useMemo, useState } from "react";

export interface Retry {
  /** When to retry; `null` when the server did not say. */
  at: Date | null;
  /** Seconds until `at`, then 0. */
  leftS: number;
}

/** Counts down from a failure to the time at which the server said to retry. */
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
  // Before the first tick `now` may be much older than the failure.
  return { at, leftS: Math.min(Math.max(0, left), failure?.retryAfterS ?? 0) };
}
