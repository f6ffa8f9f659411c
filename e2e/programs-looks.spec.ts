import { expect, type Page, test } from "@playwright/test";
import { expectClean, lookedAt } from "./looks";

async function makeProgram(page: Page, program: object): Promise<void> {
  expect((await page.request.post("/api/programs", { data: program })).status()).toBe(201);
}

for (const { name, colorScheme, viewport } of lookedAt("phone-dark")) {
  test.describe(name, () => {
    // Nothing is half faded in when axe measures its colours.
    test.use({ colorScheme, viewport, contextOptions: { reducedMotion: "reduce" } });

    test("the programs, none, some, and what is done to one have no accessibility violation and fit", async ({
      page,
    }) => {
      await page.goto("/programs");
      await expect(page.locator(`html.${colorScheme}`)).toBeAttached();
      await expect(page.getByRole("heading", { name: "No programs yet" })).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/programs-empty-${name}.png` });

      await makeProgram(page, {
        ...{ language: "python", code: "# Two sum\nprint(sum(map(int, input().split())))\n", stdin: "1 2\n" },
        files: [{ path: "help.py", content: "x = 1\n" }],
        tests: [{ name: "small", stdin: "1 2\n", expected: "3\n" }],
      });
      await makeProgram(page, {
        language: "bash",
        code: `# ${"A title as long as titles get ".repeat(6)}\n`,
      });
      await makeProgram(page, { language: "cpp", title: "Named by hand", code: "int main() {}\n" });
      await page.reload();
      const rows = page.getByRole("list", { name: "Programs" }).getByRole("listitem");
      await expect(rows).toHaveCount(3);
      await expect(page.getByText("Without an account, programs are kept")).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/programs-${name}.png` });

      const actions = page.getByRole("button", { name: "Actions for Two sum" });
      await actions.click();
      await expect(page.getByRole("menuitem", { name: "Delete" })).toBeVisible();
      await expectClean(page);
      await page.getByRole("menuitem", { name: "Rename" }).click();
      await expect(page.getByRole("textbox", { name: "Title", exact: true })).toBeFocused();
      await expectClean(page);
      await page.keyboard.press("Escape");

      await page.getByRole("button", { name: "Language: Any language" }).click();
      await expect(page.getByRole("menuitemradio", { name: "Bash" })).toBeVisible();
      await expectClean(page);
      await page.keyboard.press("Escape");

      await page.getByRole("textbox", { name: "Search title and code" }).fill("nothing like this");
      await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
      await expectClean(page);
      await page.getByRole("button", { name: "Clear filters" }).click();
      await expect(rows).toHaveCount(3);

      await actions.click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await expect(rows).toHaveCount(2);
      await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
      await expectClean(page);
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(rows).toHaveCount(3);
    });
  });
}
