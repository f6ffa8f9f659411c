import { expect, test } from "@playwright/test";
import { Ide } from "./ide";
import { ALL_ONLY } from "./sample";
import { leaveDraft } from "./stored-runs";

test("a draft of each language is kept over switching and reload", ALL_ONLY, async ({ page }) => {
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

test("a new guest whose draft is saved as the page opens is one guest, however late another answer comes", async ({
  page,
}) => {
  await leaveDraft(page, "python", 'print("mine")\n', "");
  await page.route("**/api/usage", async (route) => {
    // As it was sent, before anything else is answered; and its cookie comes last.
    const answer = await route.fetch();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.fulfill({ response: answer });
  });
  const ide = new Ide(page);
  await ide.open();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.waitForTimeout(2_000);
  const { programs } = (await (await page.request.get("/api/programs")).json()) as { programs: unknown[] };
  expect(programs).toHaveLength(1);
  await ide.run.click();
  await expect(ide.output).toContainText("mine");
});
