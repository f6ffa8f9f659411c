import { expect, test } from "@playwright/test";
import { LANGUAGES } from "../lib/languages";
import { Ide } from "./ide";

for (const language of LANGUAGES.filter(({ core }) => core)) {
  test(`${language.name}: the sample runs and greets who its input names`, async ({ page }) => {
    const ide = new Ide(page);
    await ide.open();
    await ide.choose(language.name);
    await ide.stdin.fill("Ada\n");
    await ide.run.click();
    await expect(ide.output).toContainText("Hello, Ada!");
    await expect(ide.status).toHaveText(/success/i);
    await expect(ide.result).toContainText(language.name);
  });
}

test("Ctrl+Enter in the editor runs the program", async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  await ide.write('print("by keyboard")');
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(ide.output).toContainText("by keyboard");
});
