/**
 * The editor without a network: its page, the files of its build and the list of languages are kept as they last came. Nothing of a person is:
 * no program, no run, no account. The page is always asked for first, so a new build is seen at once; files of the build are named by their
 * content and never change. docs/decisions/0075-the-editor-opens-without-a-network.md
 */
const CACHE = "quicksand-editor-1";
const PAGE = "/";
const LANGUAGES = "/api/languages";
/** Files of a few builds. */
const MAX_KEPT = 400;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith("/_next/static/")) event.respondWith(keptOrFetched(request));
  else if (pathname === LANGUAGES) event.respondWith(fetchedOrKept(request, LANGUAGES));
  else if (request.mode === "navigate" && pathname === PAGE) event.respondWith(fetchedOrKept(request, PAGE));
});

/** The page names what it loaded before this was there. */
self.addEventListener("message", (event) => {
  if (event.data?.type === "keep") event.waitUntil(keepAll(event.data.urls));
});

async function keptOrFetched(request) {
  const kept = await caches.match(request);
  return kept ?? keep(request, request.url, await fetch(request));
}

async function fetchedOrKept(request, key) {
  try {
    return await keep(request, key, await fetch(request));
  } catch (error) {
    const kept = await caches.match(key);
    if (kept) return kept;
    throw error;
  }
}

/** Keeps an answer that may be kept, and hands it on. In development files keep their names and change, and are not called immutable. */
async function keep(request, key, response) {
  const lasting = !key.includes("/_next/static/") || response.headers.get("cache-control")?.includes("immutable");
  // A page with a query may be one that was asked for something.
  const plain = key !== PAGE || new URL(request.url).search === "";
  if (response.ok && response.type === "basic" && lasting && plain) {
    const cache = await caches.open(CACHE);
    await cache.put(key, response.clone());
  }
  return response;
}

async function keepAll(urls) {
  const cache = await caches.open(CACHE);
  for (const url of urls) {
    if (await cache.match(url)) continue;
    const request = new Request(url);
    await keep(request, url, await fetch(request)).catch(() => undefined);
  }
  const kept = await cache.keys();
  // The oldest are first.
  for (const request of kept.slice(0, Math.max(0, kept.length - MAX_KEPT))) await cache.delete(request);
}
