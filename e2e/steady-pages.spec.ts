import { expect, type Page, test } from "@playwright/test";
import { matrix } from "./sample";
import { createRun } from "./stored-runs";

interface Shift {
  value: number;
  moved: string[];
}

declare global {
  interface Window {
    shifts: Shift[];
  }
}

/** Notes from the first paint on what moves without anybody having done anything, and which elements those are. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Seen extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null }[];
    }
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as Seen[]) {
        const moved = sources.map(({ node }) =>
          node instanceof Element ? node.outerHTML.slice(0, 120) : (node?.textContent ?? "?").slice(0, 120),
        );
        if (!hadRecentInput) window.shifts.push({ value, moved });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

const PAGES = [
  { path: "/", ready: ".monaco-editor .view-line span span" },
  { path: "/history", ready: "main h2" },
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
      test(
        `nothing moves while ${path} loads`,
        matrix(path === "/" && name === "phone"),
        async ({ page }) => {
          await watch(page);
          await page.goto(path);
          await expect(page.locator(ready).first()).toBeVisible();
          await page.waitForLoadState("networkidle");
          expect(await page.evaluate(() => window.shifts)).toEqual([]);
        },
      );
    }

    test(
      "nothing moves while a history with runs and its charts loads",
      matrix(name === "phone"),
      async ({ page }) => {
        await createRun(page, { language: "python", code: "print(1)" });
        await createRun(page, { language: "bash", code: "exit 1" });
        await watch(page);
        await page.goto("/history?language=python");
        await expect(page.getByRole("checkbox")).toHaveCount(1);
        await expect(page.locator(".uplot canvas").first()).toBeVisible();
        await page.waitForLoadState("networkidle");
        expect(await page.evaluate(() => window.shifts)).toEqual([]);
      },
    );
  });
}
