/**
 * Begins something that can wait until the page has nothing else to do, after 5 s at the latest. Returns a function that calls it off. Safari has
 * no `requestIdleCallback`.
 */
export function whenIdle(begin: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(begin, 1_000);
    return () => clearTimeout(timer);
  }
  const request = window.requestIdleCallback(begin, { timeout: 5_000 });
  return () => window.cancelIdleCallback(request);
}
