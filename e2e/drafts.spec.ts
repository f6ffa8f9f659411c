import { expect, test } from "@playwright/test";
import { Ide } from "./ide";

test("a draft of each language is kept over switching and reload", async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  await ide.write("print('my python')");
  await ide.choose("Bash");
  await ide.write("echo my bash");
  await ide.choose("Python");
  await expect(page.locator(".monaco-editor")).toContainText("my python");
  await page.reload();
  await ide.ready();
  await expect(page.locator(".monaco-editor")).toContainText("my python");
  await ide.choose("Bash");
  await expect(page.locator(".monaco-editor")).toContainText("my bash");
});
