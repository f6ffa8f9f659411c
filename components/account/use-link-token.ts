"use client";

import { useEffect, useState } from "react";

/**
 * What the address has behind the `#`, taken out of it so that it stays in no history and on no screen. `undefined` until the page has
 * read it, `null` when there is nothing.
 */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const found = window.location.hash.slice(1);
    if (found !== "") window.history.replaceState(window.history.state, "", window.location.pathname);
    // An effect that runs twice finds nothing the second time.
    setToken((known) => known ?? (found || null));
  }, []);
  return token;
}
