import { expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { expectReadable, pixelColors } from "./readable";
import { ALL_ONLY } from "./sample";
import { leaveDraft } from "./stored-runs";

/* What opens over the editor's text, in every theme: opaque, and in colours that can be read. */

const CODE = `const words: string[] = ["sand"];

function shout(word: string): string {
  return word.toUpperCase();
}
const total: number = words;
console.log(words.map(shout));
`;

const ALL_LOOKS = [
  { name: "light", colorScheme: "light", forcedColors: "none", menu: "rgb(255, 255, 255)" },
  { name: "dark", colorScheme: "dark", forcedColors: "none", menu: "rgb(28, 26, 24)" },
  { name: "high contrast, light", colorScheme: "light", forcedColors: "active", menu: "rgb(255, 255, 255)" },
  { name: "high contrast, dark", colorScheme: "dark", forcedColors: "active", menu: "rgb(0, 0, 0)" },
] as const;

/** All of them in `npm run test:all`; in `npm test` the one whose colours are the browser's and the system's. */
const LOOKS = process.env.QUICKSAND_TEST_ALL
  ? ALL_LOOKS
  : ALL_LOOKS.filter(({ name }) => name === "high contrast, dark");

async function open(page: Page): Promise<Ide> {
  await leaveDraft(page, "typescript", CODE, "x");
  const ide = new Ide(page);
  await ide.open();
  await ide.choose("TypeScript");
  await expect(page.locator(".squiggly-error").first()).toBeVisible({ timeout: 45_000 });
  return ide;
}

for (const { name, colorScheme, forcedColors, menu: menuColor } of LOOKS) {
  test.describe(name, () => {
    test.use({ colorScheme, contextOptions: { forcedColors } });

    test("the context menu is opaque and can be read", ALL_ONLY, async ({ page }) => {
      const ide = await open(page);
      await ide.clickWord("shout", { button: "right" });
      const menu = page.locator(".context-view .monaco-scrollable-element").first();
      await expectReadable(menu);
      await expect(menu.getByRole("menuitem", { name: "Command Palette" })).toBeVisible();
      const [most] = await pixelColors(menu);
      expect(most?.color).toBe(menuColor);
      expect(most?.share).toBeGreaterThan(0.6);
      await menu.getByRole("menuitem", { name: "Run the Program" }).click();
      await expect(page.getByRole("region", { name: "Output", exact: true })).toContainText("SAND");
    });

    test(
      "hover, suggestions, find, palette, rename box, problems and places can be read",
      ALL_ONLY,
      async ({ page }) => {
        test.setTimeout(120_000);
        const ide = await open(page);
        await ide.hoverWord("shout");
        await expectReadable(page.locator(".monaco-hover", { hasText: "function shout" }));
        await ide.clickWord("shout");
        await page.keyboard.press("F2");
        await expectReadable(page.locator(".monaco-editor.rename-box"));
        await page.keyboard.press("Escape");
        await page.keyboard.press("F8");
        await expectReadable(page.locator(".marker-widget"));
        await page.keyboard.press("Escape");
        await ide.clickWord("shout");
        await page.keyboard.press("Shift+F12");
        await expectReadable(page.locator(".peekview-widget"));
        await page.keyboard.press("Escape");
        await page.keyboard.press("ControlOrMeta+F");
        await expectReadable(page.locator(".find-widget.visible"));
        await page.keyboard.press("Escape");
        await page.keyboard.press("F1");
        await expectReadable(page.locator(".quick-input-widget"));
        await page.keyboard.press("Escape");
        await expect(page.locator(".quick-input-widget")).toBeHidden();
        // A key that comes just when the palette goes is still the palette's.
        await expect(async () => {
          await page.keyboard.press("ControlOrMeta+End");
          await expect(page.locator(".monaco-editor .active-line-number")).toHaveText("8", { timeout: 500 });
        }).toPass();
        await page.keyboard.type("words.");
        await expectReadable(page.locator(".suggest-widget.visible"));
        await page.keyboard.press("Control+Space");
        await page.keyboard.press("Escape");
        await page.keyboard.type("push(");
        await expectReadable(page.locator(".parameter-hints-widget.visible"));
      },
    );
  });
}
