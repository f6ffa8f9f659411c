import { expect, type Page, test } from "@playwright/test";
import { accessViolations } from "./accessible";
import { Ide } from "./ide";
import { ALL_ONLY, matrix } from "./sample";
import { SITE_PAGES } from "./site-pages";

const NAMES = ["Editor", "Programs", "History", "Docs", "Settings"];

/** The places of everything in the header, by name. */
function headerBoxes(page: Page): Promise<Record<string, string>> {
  return page
    .getByRole("banner")
    .locator("a, button, input")
    .evaluateAll((all) =>
      Object.fromEntries(
        all.map((one) => {
          const { x, y, width, height } = one.getBoundingClientRect();
          return [one.getAttribute("aria-label") ?? one.textContent ?? "", [x, y, width, height].join(" ")];
        }),
      ),
    );
}

test("panels are tabs with arrow keys and badges, and the chosen one is remembered", async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  const panels = page.getByRole("tablist", { name: "Panels" });
  const tab = (name: string) => panels.getByRole("tab", { name });
  await expect(tab("Output")).toHaveAttribute("aria-selected", "true");
  // Nothing yet, but there to be found.
  await tab("Files").click();
  await expect(page.getByText("$OUTPUT_DIR")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(tab("Problems")).toBeFocused();
  await expect(page.getByText("No problems")).toBeVisible();

  await ide.prepareInput("one\ntwo\n");
  await expect(tab("Input")).toHaveAccessibleName("Input 2 lines");
  await ide.write(
    "import os\nopen(os.environ['OUTPUT_DIR'] + '/a.txt', 'w').write('x')\nraise ValueError('bad')",
  );
  await ide.run.click();
  await expect(ide.status).toHaveText(/error/i);
  await expect(tab("Output")).toHaveAttribute("aria-selected", "true");
  await expect(tab("Problems")).toHaveAccessibleName("Problems 1 problem");
  await expect(tab("Files")).toHaveAccessibleName("Files 1 file");
  await tab("Files").click();
  await expect(page.getByRole("link", { name: /a\.txt/ })).toBeVisible();
  await tab("Problems").click();
  await page.getByRole("region", { name: "Problems" }).getByRole("button").click();
  await expect(page.locator(".monaco-editor.focused")).toHaveCount(1);
  expect(await accessViolations(page)).toEqual([]);

  await page.reload();
  await ide.ready();
  await expect(tab("Problems")).toHaveAttribute("aria-selected", "true");
});

test("panels go below the editor and beside it, and stay there", ALL_ONLY, async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  const panels = page.getByRole("tablist", { name: "Panels" });
  const editor = page.getByRole("region", { name: "Program" });
  const below = async () =>
    ((await panels.boundingBox())?.y ?? 0) > ((await editor.boundingBox())?.y ?? 0) + 100;
  expect(await below()).toBe(false);
  await page.getByRole("button", { name: "Put the panels below the editor" }).click();
  await expect.poll(below).toBe(true);
  const size = page.getByRole("separator", { name: "Resize editor and output" });
  await size.focus();
  for (let times = 0; times < 3; times++) await page.keyboard.press("ArrowUp");
  const height = (await editor.boundingBox())?.height;
  await page.reload();
  await ide.ready();
  expect(await below()).toBe(true);
  expect((await editor.boundingBox())?.height).toBe(height);
  await page.getByRole("button", { name: "Put the panels beside the editor" }).click();
  await expect.poll(below).toBe(false);
});

test("nothing in the header moves before, during and after a run", async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  // The title follows what is typed, and takes its place before the run.
  await ide.write("print('going')\ninput()");
  await expect(page.getByRole("button", { name: /^Program: print/ })).toBeVisible();
  await ide.prepareInput("");
  const before = await headerBoxes(page);
  expect(Object.keys(before)).toEqual(expect.arrayContaining(["Run", "Stop", "Language", "Theme", "Docs"]));
  await ide.run.click();
  await expect(ide.output).toContainText("going");
  await expect(ide.stop).toBeEnabled();
  expect(await headerBoxes(page)).toEqual(before);
  // The program waits for input and has the focus; somebody goes from there to Stop.
  await expect(page.getByRole("textbox", { name: "Program input" })).toBeFocused();
  await ide.stop.focus();
  await page.keyboard.press("Enter");
  await expect(ide.status).toHaveText("Stopped");
  await expect(page.getByRole("button", { name: "Share" })).toBeVisible();
  expect(await headerBoxes(page)).toEqual(before);
  // It did not take the focus with it.
  await expect(ide.stop).toBeFocused();
  await expect(ide.stop).toBeDisabled();
});

test("a toast lies over no control", ALL_ONLY, async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  for (const place of ["beside", "below"]) {
    await ide.write(`print(${JSON.stringify(place)})`);
    await page.getByRole("button", { name: "File actions" }).click();
    await page.getByRole("menuitem", { name: "Reset to sample" }).click();
    const toast = page.locator("[data-sonner-toast]").filter({ hasText: "sample is back" }).first();
    await expect(toast).toBeVisible();
    await ide.panel("Input");
    await expect.poll(() => coveredControls(page)).toEqual([]);
    if (place === "beside")
      await page.getByRole("button", { name: "Put the panels below the editor" }).click();
  }
});

/** Controls whose middle is under a toast. */
function coveredControls(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("button, a, input, textarea:not(.monaco-editor *), [role=tab]")]
      .filter((one) => one.closest("[data-sonner-toaster]") === null && one.checkVisibility())
      .filter((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        if (width === 0 || height === 0) return false;
        const above = document.elementFromPoint(x + width / 2, y + height / 2);
        return above?.closest("[data-sonner-toaster]") != null;
      })
      .map((one) => one.getAttribute("aria-label") ?? one.textContent ?? one.tagName),
  );
}

test(
  "every page has the same navigation, guests' too, and the page that is shown is marked",
  ALL_ONLY,
  async ({ page }) => {
    for (const path of SITE_PAGES) {
      await page.goto(path);
      const links = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
      await expect(links).toHaveText(NAMES);
    }
    await page.goto("/docs");
    const navigation = page.getByRole("navigation", { name: "Pages" });
    await expect(navigation.locator("[aria-current=page]")).toHaveText("Docs");
    await expect(page.getByRole("cell", { name: "C++20 · GCC 14.2" })).toBeVisible();
    expect(await accessViolations(page)).toEqual([]);
    await navigation.getByRole("link", { name: "Editor" }).click();
    await expect(page).toHaveURL(/\/(p\/[\w-]{22})?$/);
  },
);

test("on a narrow window the navigation is a menu, by keys too", ALL_ONLY, async ({ page }) => {
  await page.setViewportSize({ width: 600, height: 800 });
  for (const path of ["/", "/history"]) {
    await page.goto(path);
    const menu = page.getByRole("menu", { name: "Menu" });
    if (path === "/") await new Ide(page).ready();
    // As soon as the page listens.
    await expect(async () => {
      if (await menu.isHidden()) await page.getByRole("button", { name: "Menu" }).press("Enter");
      await expect(menu).toBeVisible({ timeout: 1_000 });
    }).toPass();
    for (const name of NAMES) await expect(menu.getByRole("menuitem", { name })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Menu" })).toBeFocused();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in forced colours, ${colorScheme}`, matrix(colorScheme === "dark"), () => {
    test.use({ colorScheme, contextOptions: { forcedColors: "active" } });

    test("what is chosen can be told, and axe finds nothing", ALL_ONLY, async ({ page }) => {
      const ide = new Ide(page);
      await ide.open();
      const chosen = page.getByRole("tab", { name: "Output" });
      await expect(chosen).toHaveCSS("outline-style", "solid");
      await expect(page.getByRole("tab", { name: "Input" })).toHaveCSS("outline-style", "none");
      expect(await accessViolations(page)).toEqual([]);
    });
  });
}
