import { expect, type Page, test } from "@playwright/test";

/** A page shows with no more than this, compressed; what it needs to be used may come after. */
const MOST_BYTES_BEFORE_PAINT = 250 * 1_024;

interface Seen {
  shifts: { value: number; moved: string[] }[];
  bytesToPaint: number;
}

declare global {
  interface Window {
    shifts: Seen["shifts"];
  }
}

/** Notes from the first paint on what moves without anybody having done anything, and which elements those are. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Shift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null }[];
    }
    window.shifts = [];
    performance.setResourceTimingBufferSize(2_000);
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[]) {
        const moved = sources.map(({ node }) =>
          node instanceof Element ? node.outerHTML.slice(0, 120) : (node?.textContent ?? "?").slice(0, 120),
        );
        if (!hadRecentInput) window.shifts.push({ value, moved });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

function seen(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const paintMs = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    const loaded = [
      ...performance.getEntriesByType("navigation"),
      ...performance.getEntriesByType("resource"),
    ] as PerformanceResourceTiming[];
    const before = loaded.filter(({ responseEnd }) => responseEnd <= paintMs);
    return {
      shifts: window.shifts,
      bytesToPaint: before.reduce((sum, { transferSize }) => sum + transferSize, 0),
    };
  });
}

const PAGES = [
  { path: "/", ready: ".monaco-editor .view-line span span" },
  { path: "/history", ready: "main h2, main li" },
  { path: "/settings", ready: "main h2" },
  { path: "/status", ready: "main li" },
  { path: "/sign-in", ready: "form button[type=submit]" },
];

for (const { name, viewport } of [
  { name: "desktop", viewport: { width: 1280, height: 800 } },
  { name: "phone", viewport: { width: 390, height: 844 } },
]) {
  test.describe(name, () => {
    test.use({ viewport });

    for (const { path, ready } of PAGES) {
      test(`nothing moves while ${path} loads, and it shows with little`, async ({ page }) => {
        await watch(page);
        await page.goto(path);
        await expect(page.locator(ready).first()).toBeVisible();
        await page.waitForLoadState("networkidle");
        const { shifts, bytesToPaint } = await seen(page);
        expect(shifts).toEqual([]);
        expect(bytesToPaint).toBeLessThan(MOST_BYTES_BEFORE_PAINT);
        // The first paint comes after the page itself.
        expect(bytesToPaint).toBeGreaterThan(0);
      });
    }
  });
}
