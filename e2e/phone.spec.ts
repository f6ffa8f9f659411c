import { expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { ALL_ONLY } from "./sample";
import { SITE_PAGES } from "./site-pages";

/* A phone: 390 × 844, touched; narrower ones, and on its side. */

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const PAGES = [...SITE_PAGES, "/reset-password", "/no-such-page"];

const screen = (page: Page, name: string) =>
  page.getByRole("tablist", { name: "View" }).getByRole("tab", { name });

/** What can be touched and is smaller than a finger. Links within text are as tall as the text. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const touched =
      "button, select, summary, [role=tab], [role=combobox], [role=menuitem], input:not([type=checkbox], [type=radio], [type=file]), textarea";
    return [...document.querySelectorAll(touched)]
      .filter(
        (one) => !one.closest(".monaco-editor, [aria-hidden=true], nextjs-portal") && one.checkVisibility(),
      )
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 44 || box.height < 43.5))
      .map(
        ({ one, box }) => `${one.getAttribute("aria-label") ?? one.textContent} ${box.width}×${box.height}`,
      );
  });
}

test("editor, output and input are a screen each, and a run is followed there", async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  await ide.write("name = input()\nprint('Hello from a phone,', name)");
  await screen(page, "Input").tap();
  await expect(ide.stdin).toBeVisible();
  await expect(page.locator(".monaco-editor").first()).toBeHidden();
  await ide.stdin.fill("Ada");
  await ide.run.tap();
  await expect(screen(page, "Output")).toHaveAttribute("aria-selected", "true");
  await expect(ide.output).toContainText("Hello from a phone, Ada");
  await expect(ide.status).toHaveText(/success/i);
  await screen(page, "Code").tap();
  await expect(page.locator(".monaco-editor").first()).toBeVisible();
  expect(await smallTargets(page)).toEqual([]);
});

test("a row of symbols types what a phone's keyboard hides, and keeps the focus in the editor", async ({
  page,
}) => {
  const ide = new Ide(page);
  await ide.open();
  const row = page.getByRole("toolbar", { name: "Keys" });
  await expect(row).toHaveCount(0);
  await ide.write("x = ");
  await expect(row).toBeVisible();
  for (const name of ["[", "1", "]"]) {
    if (name === "1") await page.keyboard.type("1");
    else await row.getByRole("button", { name, exact: true }).tap();
  }
  await expect(page.locator(".monaco-editor .view-lines")).toContainText("x = [1]");
  await row.getByRole("button", { name: "Left" }).tap();
  await page.keyboard.type(", 2");
  await expect(page.locator(".monaco-editor.focused")).toHaveCount(1);
  await expect(page.locator(".monaco-editor .view-lines")).toContainText(", 2");
  await row.getByRole("button", { name: "Undo" }).tap();
  await expect(page.locator(".monaco-editor .view-lines")).not.toContainText(", 2");
  expect(await smallTargets(page)).toEqual([]);
});

test("with the keyboard open everything that is needed is still above it", async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  await expect(page.locator('meta[name="viewport"]')).toHaveAttribute(
    "content",
    /interactive-widget=resizes-content/,
  );
  await ide.write("print(1)");
  // What the keyboard leaves of the screen.
  await page.setViewportSize({ width: 390, height: 420 });
  await expect(page.getByRole("tablist", { name: "View" })).toBeHidden();
  const row = await page.getByRole("toolbar", { name: "Keys" }).boundingBox();
  expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual(420);
  expect((await page.locator(".monaco-editor").first().boundingBox())?.height).toBeGreaterThan(150);
  await expect(ide.run).toBeInViewport();
});

test("on its side, editor and output are beside each other", ALL_ONLY, async ({ page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  const ide = new Ide(page);
  await ide.open();
  await expect(ide.result).toBeVisible();
  const editor = await page.locator(".monaco-editor").first().boundingBox();
  const result = await ide.result.boundingBox();
  expect(result?.x).toBeGreaterThan((editor?.x ?? 0) + (editor?.width ?? 0) - 2);
  expect(editor?.height).toBeGreaterThan(200);
});

test("no page scrolls sideways at 320 pixels, and what is touched has 44", ALL_ONLY, async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of PAGES) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    const overflow = await page.evaluate(() => {
      const wide = [...document.querySelectorAll("main, main *")].filter(
        (one) =>
          !one.closest(".monaco-editor, .no-scrollbar") &&
          getComputedStyle(one).overflowX === "auto" &&
          one.tagName === "MAIN" &&
          one.scrollWidth > one.clientWidth,
      );
      return document.documentElement.scrollWidth - window.innerWidth + wide.length * 1000;
    });
    expect(overflow, path).toBeLessThanOrEqual(0);
    expect(await smallTargets(page), path).toEqual([]);
  }
});

test("a toast on a phone lies over no control", ALL_ONLY, async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  await ide.write("print('x')");
  await page.getByRole("button", { name: "File actions" }).tap();
  await page.getByRole("menuitem", { name: "Reset to sample" }).tap();
  const toast = page.locator("[data-sonner-toast]");
  await expect(toast).toBeVisible();
  for (const name of ["Code", "Input", "Output"]) {
    await screen(page, name).tap();
    await expect
      .poll(() =>
        page.evaluate(() =>
          [...document.querySelectorAll("button, a, input, textarea:not(.monaco-editor *), [role=tab]")]
            .filter((one) => one.closest("[data-sonner-toaster]") === null && one.checkVisibility())
            .filter((one) => {
              const { x, y, width, height } = one.getBoundingClientRect();
              const above = document.elementFromPoint(x + width / 2, y + height / 2);
              return above?.closest("[data-sonner-toaster]") != null;
            })
            .map((one) => one.getAttribute("aria-label") ?? one.textContent),
        ),
      )
      .toEqual([]);
  }
});

test.describe("without a network", () => {
  test.use({ serviceWorkers: "allow" });

  test("the editor opens, and what is typed is kept", async ({ page, context }) => {
    const ide = new Ide(page);
    await ide.open();
    // Everything that the page has loaded is kept.
    await expect
      .poll(
        () =>
          page.evaluate(async () => {
            const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
            const files = loaded.filter((name) => name.includes("/_next/static/"));
            const kept = await Promise.all(["/", "/api/languages", ...files].map((url) => caches.match(url)));
            return kept.filter((one) => one === undefined).length;
          }),
        { timeout: 30_000 },
      )
      .toBe(0);
    await context.setOffline(true);
    await page.reload();
    await ide.ready();
    await ide.write("print('from the train')");
    await page.reload();
    await ide.ready();
    await expect(page.locator(".monaco-editor .view-lines")).toContainText("from the train");
    await ide.run.tap();
    await expect(ide.result).toContainText("The server does not answer");
    // Nothing of a person is kept.
    const kept = await page.evaluate(async () =>
      (await (await caches.open("quicksand-editor-1")).keys()).map(({ url }) => new URL(url).pathname),
    );
    expect(kept.filter((path) => !path.startsWith("/_next/static/")).sort()).toEqual(["/", "/api/languages"]);
  });
});
