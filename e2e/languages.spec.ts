import { expect, test } from "@playwright/test";
import { LANGUAGES } from "../lib/languages";
import { programsOf } from "../lib/languages/testing/test-programs";
import { Ide } from "./ide";

// The others' images are made at first use, which takes minutes.
for (const language of LANGUAGES.filter(({ core }) => core)) {
  test(`${language.name}: the sample has colours, runs and greets who its input names`, async ({ page }) => {
    const ide = new Ide(page);
    await ide.open();
    await ide.choose(language.name);
    const tokens = page.locator('.monaco-editor .view-line span[class^="mtk"]');
    // Plain text has one colour.
    await expect
      .poll(
        async () =>
          new Set(await tokens.evaluateAll((spans) => spans.map(({ className }) => className))).size,
      )
      .toBeGreaterThan(1);
    await ide.stdin.fill("Ada\n");
    await ide.run.click();
    await expect(ide.output).toContainText("Hello, Ada!");
    await expect(ide.status).toHaveText(/success/i);
    await expect(ide.result).toContainText(language.name);
  });

  test(`${language.name}: the line that an error names is marked, in words and in the editor`, async ({
    page,
  }) => {
    const { failures } = await programsOf(language.id);
    const [failure] = Object.values(failures);
    expect(failure).toBeDefined();
    const { code = "", marked } = failure ?? {};
    const ide = new Ide(page);
    await ide.open();
    await ide.choose(language.name);
    await ide.runProgram(code, "input\n");
    const problem = page.getByRole("list", { name: "Problems" }).getByRole("listitem").first();
    await expect(problem).toContainText(marked?.message ?? "?");
    await expect(problem).toContainText(`Line ${marked?.line}`);
    await expect(page.locator(".monaco-editor .squiggly-error")).not.toHaveCount(0);
  });
}

test("Ctrl+Enter in the editor runs the program", async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  await ide.write('print("by keyboard")');
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(ide.output).toContainText("by keyboard");
});
