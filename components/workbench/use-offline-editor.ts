"use client";

import { useEffect } from "react";

/**
 * Has the browser keep the editor for when there is no network: public/service-worker.js. What was loaded before the worker was there is
 * named to it. Without one everything works as before, but only with a network.
 */
export function useOfflineEditor(): void {
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    const begin = async () => {
      await navigator.serviceWorker.register("/service-worker.js");
      const { active } = await navigator.serviceWorker.ready;
      active?.postMessage({ type: "keep", urls: loadedFiles() });
    };
    // After the page: keeping it must not slow it down.
    const timer = setTimeout(() => {
      begin().catch((error: unknown) => console.warn("The editor is not kept for use offline.", error));
    }, IDLE_MS);
    return () => clearTimeout(timer);
  }, []);
}

const IDLE_MS = 4_000;

function loadedFiles(): string[] {
  const files = performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name))
    .filter(
      ({ origin, pathname }) => origin === window.location.origin && pathname.startsWith("/_next/static/"),
    )
    .map(({ pathname }) => pathname);
  return ["/", "/api/languages", ...new Set(files)];
}
