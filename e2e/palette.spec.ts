import { expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { expectReadable } from "./readable";
import { ALL_ONLY, matrix } from "./sample";
import { keptProgram, leaveDraft } from "./stored-runs";

/* Commands, shortcuts, examples, problems and formatting, by the keyboard alone where that is how they are used. */

const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });

async function choose(page: Page, words: string, keys = "ControlOrMeta+K"): Promise<void> {
  await page.keyboard.press(keys);
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toHaveCount(0);
}

async function open(page: Page, id: string, code: string): Promise<Ide> {
  await leaveDraft(page, id, code, "x");
  const ide = new Ide(page);
  await ide.open();
  await page.locator(".monaco-editor .view-lines").first().click();
  return ide;
}

const code = async (page: Page, id: string) => (await keptProgram(page, id)).code;

test("the palette runs, stops, and switches the language, from within the editor, without a pointer", async ({
  page,
}) => {
  const ide = await open(page, "python", 'import time\nprint("up", flush=True)\ntime.sleep(60)\n');
  await choose(page, "run the prog");
  await expect(ide.output).toContainText("up");
  await choose(page, "stop", "ControlOrMeta+Shift+P");
  await expect(ide.status).toHaveText(/stopped|cancelled/i);
  // Focus is where it was: what is typed goes into the program.
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("# here");
  await expect.poll(() => code(page, "python")).toContain("# here");
  await choose(page, "typescript");
  await expect(page.getByRole("combobox", { name: "Language" })).toContainText("TypeScript");
});

test(
  "what is looked for and not there is said; Escape closes and gives the focus back",
  ALL_ONLY,
  async ({ page }) => {
    await open(page, "python", "x = 1\n");
    await page.keyboard.press("ControlOrMeta+K");
    await page.keyboard.type("zzzz");
    await expect(palette(page)).toContainText("Nothing matches.");
    await page.keyboard.press("Escape");
    await expect(palette(page)).toHaveCount(0);
    await page.keyboard.type("y");
    await expect.poll(() => code(page, "python")).toContain("y");
  },
);

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, matrix(colorScheme === "dark"), () => {
    test.use({ colorScheme });

    test("the palette, its shortcuts and the high contrast can be read", ALL_ONLY, async ({ page }) => {
      await open(page, "python", "x = 1\n");
      await page.keyboard.press("ControlOrMeta+K");
      await expect(palette(page).getByRole("option", { name: /Run the program/ })).toContainText("Ctrl");
      await expectReadable(palette(page));
      await page.keyboard.type("high contrast");
      await page.keyboard.press("Enter");
      const editor = page.locator(".monaco-editor").first();
      const background = colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(0, 0, 0)";
      await expect(editor).toHaveCSS("background-color", background);
      await expect(page.locator("body")).toHaveCSS("background-color", background);
      await page.keyboard.press("ControlOrMeta+K");
      await expectReadable(palette(page));
    });
  });
}

test(
  "? lists the shortcuts where nothing is typed, and is a question mark elsewhere",
  ALL_ONLY,
  async ({ page }) => {
    await open(page, "python", "x = 1\n");
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("#?");
    await expect.poll(() => code(page, "python")).toContain("#?");
    await page.getByRole("button", { name: "Run", exact: true }).focus();
    await page.keyboard.press("?");
    const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(list).toContainText("Go to the next problem");
    await expect(list).toContainText("F8");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Run", exact: true })).toBeFocused();
  },
);

test(
  "an example takes the program's place, runs, and Undo brings the program back",
  ALL_ONLY,
  async ({ page }) => {
    const ide = await open(page, "python", 'print("mine")\n');
    await page.getByRole("button", { name: "See examples" }).click();
    const dialog = page.getByRole("dialog", { name: "Examples in Python" });
    await expect(dialog.getByRole("listitem")).toHaveCount(4);
    await dialog.getByRole("button", { name: /Waves/ }).click();
    await expect(page.locator(".view-lines")).toContainText("import math");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.locator(".view-lines")).toContainText('print("mine")');
    await page.getByRole("button", { name: "See examples" }).click();
    await dialog.getByRole("button", { name: /Waves/ }).click();
    await ide.run.click();
    await expect(page.getByRole("img", { name: "waves.png" })).toBeVisible();
  },
);

test(
  "the examples are in the header; opening and closing them moves nothing and gives the focus back",
  ALL_ONLY,
  async ({ page }) => {
    await open(page, "python", 'print("mine")\n');
    const entry = page.getByRole("banner").getByRole("button", { name: "Examples", exact: true });
    const places = async () =>
      Promise.all(
        ["Run", "Stop", "Theme", "Recent runs"].map((name) =>
          // Behind a dialog they are hidden from assistive technology, and still in their places.
          page.getByRole("button", { name, exact: true, includeHidden: true }).boundingBox(),
        ),
      );
    const before = await places();
    await entry.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Examples in Python" });
    await expect(dialog.getByRole("listitem")).toHaveCount(4);
    expect(await places()).toEqual(before);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(entry).toBeFocused();
    expect(await places()).toEqual(before);
    await entry.click();
    await dialog.getByRole("button", { name: /Waves/ }).click();
    await expect(page.locator(".view-lines")).toContainText("import math");
  },
);

test("a long title leaves the header's other parts in the window", ALL_ONLY, async ({ page }) => {
  const name = `# ${"a long title ".repeat(12)}\n`;
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, "python", name);
  await expect(page.getByRole("button", { name: /^Program: a long title/ })).toBeVisible();
  for (const part of await page.getByRole("banner").locator("button:visible, a:visible").all()) {
    const box = await part.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1280);
  }
  const title = await page.getByRole("button", { name: /^Program: / }).boundingBox();
  const stop = await page.getByRole("button", { name: "Stop", exact: true }).boundingBox();
  expect((title?.x ?? 0) + (title?.width ?? 0)).toBeLessThanOrEqual(stop?.x ?? 0);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the examples are in the menu, and one opens in the editor", ALL_ONLY, async ({ page }) => {
    await open(page, "python", 'print("mine")\n');
    await page.getByRole("button", { name: "Menu" }).tap();
    const entry = page.getByRole("menuitem", { name: "Examples" });
    // The menu grows to its size when it opens.
    await expect.poll(async () => (await entry.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await entry.tap();
    const dialog = page.getByRole("dialog", { name: "Examples in Python" });
    await dialog.getByRole("button", { name: /Waves/ }).tap();
    await expect(page.locator(".view-lines")).toContainText("import math");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test("a program is formatted by its keys, and that is undone", ALL_ONLY, async ({ page }) => {
  await open(page, "python", "x={'a':1}\n");
  // The formatter is there with the language, a moment after the editor.
  await expect(async () => {
    await page.keyboard.press("Shift+Alt+F");
    await expect.poll(() => code(page, "python"), { timeout: 5_000 }).toBe('x = {"a": 1}\n');
  }).toPass();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(() => code(page, "python")).toBe("x={'a':1}\n");
});

test(
  "a program that cannot be formatted stays as it is, and the formatter says why",
  ALL_ONLY,
  async ({ page }) => {
    await open(page, "python", "x = (\n");
    await choose(page, "format");
    await expect(page.getByText("The program cannot be formatted as it is")).toBeVisible();
    await expect(page.getByText(/Cannot parse/)).toBeVisible();
    expect(await code(page, "python")).toBe("x = (\n");
  },
);

test(
  "what a run found is marked at its column until the line changes, and F8 goes through it",
  ALL_ONLY,
  async ({ page }) => {
    const ide = await open(page, "c", "int main(void) {\n    return missing;\n}\n");
    await ide.choose("C");
    await ide.run.click();
    await ide.panel("Problems");
    const problems = page.getByRole("list", { name: "Found in main.c" });
    await expect(problems.getByRole("button")).toHaveCount(1);
    await expect(problems.getByRole("button")).toContainText("line 2, column 12");
    await page.locator(".monaco-editor .view-lines").first().click();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("F8");
    await expect(page.locator(".marker-widget")).toContainText("undeclared (first use in this function)");
    await page.keyboard.press("Escape");
    // A line above it moves it; a change of its own line takes it away.
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("\n");
    await expect(problems.getByRole("button")).toContainText("line 3, column 12");
    await problems.getByRole("button").press("Enter");
    await page.keyboard.type("0");
    await expect(problems).toHaveCount(0);
    await expect(page.locator(".squiggly-error")).toHaveCount(0);
  },
);
