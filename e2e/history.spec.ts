import { type Browser, expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { ALL_ONLY } from "./sample";
import { createRun, GRADIENT, leaveDraft, PRIMES, PRIMES_FASTER } from "./stored-runs";

/** Another viewer: a browser context without cookies. */
async function stranger(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

test("a run is kept, named, found, compared, shared, seen by somebody else and forked", async ({
  page,
  browser,
  context,
}) => {
  test.setTimeout(120_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await createRun(page, { language: "python", code: PRIMES_FASTER });
  await leaveDraft(page, "python", PRIMES, "60\n");
  const ide = new Ide(page);
  await ide.open();
  await ide.run.click();
  await expect(ide.output).toContainText("59 ");
  await expect(ide.status).toHaveText(/success/i);

  await page.goto("/history");
  const rows = page.getByRole("listitem").filter({ has: page.getByRole("checkbox") });
  await expect(rows).toHaveCount(2);
  await rows
    .first()
    .getByRole("button", { name: /^Actions/ })
    .click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Primes, the slow way");
  await page.keyboard.press("Enter");
  await expect(rows.first()).toContainText("Primes, the slow way");
  await page.reload();
  await expect(rows.first()).toContainText("Primes, the slow way");

  await page.getByRole("textbox", { name: "Search title and code" }).fill("SLOW WAY");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/q=SLOW\+WAY/);
  await page.getByRole("textbox", { name: "Search title and code" }).fill("no such thing");
  await expect(page.getByText("No run fits")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rows).toHaveCount(2);

  await rows.nth(0).getByRole("checkbox").check();
  await rows.nth(1).getByRole("checkbox").check();
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("region", { name: "Figures" })).toContainText("Primes, the slow way");
  await expect(page.getByRole("region", { name: "Code" }).locator(".line-insert").first()).toBeVisible();

  await page.goto("/history");
  await page.getByRole("link", { name: "Primes, the slow way" }).click();
  await expect(page.getByRole("heading", { name: "Primes, the slow way" })).toBeVisible();
  const address = page.url();
  const other = await stranger(browser);
  expect((await other.goto(address))?.status()).toBe(404);

  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Share and copy link" }).click();
  await expect(page.getByText("Link copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);

  await page.keyboard.press("Escape");
  await expect(page.getByRole("main").getByText("Unlisted", { exact: true })).toBeVisible();

  expect((await other.goto(address))?.status()).toBe(200);
  await expect(other.getByRole("region", { name: "Output", exact: true })).toContainText("59 ");
  await expect(other.getByRole("button", { name: "Share" })).toHaveCount(0);
  await other.getByRole("link", { name: "Fork" }).click();
  const theirs = new Ide(other);
  await theirs.ready();
  await expect(other.locator(".monaco-editor")).toContainText("def sieve");
  await theirs.expectInput("60\n");
  await theirs.run.click();
  await expect(theirs.output).toContainText("59 ");
  await other.goto("/history");
  await expect(other.getByRole("checkbox")).toHaveCount(1);
});

test("an image that a program writes is seen beside its output and on its page", async ({ page }) => {
  await leaveDraft(page, "python", GRADIENT, "x");
  const ide = new Ide(page);
  await ide.open();
  await ide.run.click();
  const image = page.getByRole("img", { name: "gradient.png" });
  await expect(image).toBeVisible();
  await expect.poll(() => image.evaluate((node: HTMLImageElement) => node.naturalWidth)).toBe(160);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("link", { name: "Open its page" }).click();
  await expect(page.getByRole("img", { name: "gradient.png" })).toBeVisible();
  await expect(page.getByRole("link", { name: /table.csv/ })).toBeVisible();
});

test("a deleted run comes back with Undo, and is gone for good without", async ({ page }) => {
  await createRun(page, { language: "bash", code: "echo first" });
  const second = await createRun(page, { language: "bash", code: "echo second" });
  await page.goto("/history");
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  const remove = async () => {
    await page.getByRole("button", { name: /^Actions for echo second/ }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByRole("checkbox")).toHaveCount(1);
  };
  await remove();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  await remove();
  // Leaving before the time to undo is over carries it out.
  await page.goto("/status-of-nothing");
  await expect.poll(async () => (await page.request.get(`/api/runs/${second}`)).status()).toBe(404);
});

test("all runs are deleted after a word was typed", async ({ page }) => {
  await createRun(page, { language: "bash", code: "echo one" });
  await page.goto("/history");
  await page.getByRole("button", { name: "Export and delete" }).click();
  await page.getByRole("menuitem", { name: /Delete all/ }).click();
  const button = page.getByRole("button", { name: "Delete all" });
  await expect(button).toBeDisabled();
  await page.getByRole("textbox", { name: /to confirm/ }).fill("delete");
  await button.click();
  await expect(page.getByText("Nothing was run yet")).toBeVisible();
});

test("the panel shows a new run at once and brings an old one back", ALL_ONLY, async ({ page }) => {
  await createRun(page, { language: "bash", code: "echo from the panel", stdin: "kept input\n" });
  const ide = new Ide(page);
  await ide.open();
  await page.getByRole("button", { name: "Recent runs", exact: true }).click();
  const panel = page.getByRole("complementary", { name: "Recent runs" });
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  await ide.runProgram("print('mine')", "x");
  await expect(panel.getByRole("listitem")).toHaveCount(2);
  await expect(panel.getByRole("listitem").first()).toContainText("Success");
  await panel.getByRole("button", { name: /echo from the panel/ }).click();
  await expect(page.locator(".monaco-editor")).toContainText("echo from the panel");
  await ide.expectInput("kept input\n");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator(".monaco-editor")).toContainText("print('mine')");
});

test("Run again in the history opens the program and runs it", ALL_ONLY, async ({ page }) => {
  await createRun(page, { language: "bash", code: "echo once more", stdin: "x" });
  await page.goto("/history");
  await page.getByRole("button", { name: /^Actions for echo once more/ }).click();
  await page.getByRole("menuitem", { name: "Run again" }).click();
  await expect(new Ide(page).output).toContainText("once more");
});

test("a comparison without two runs says what to do", ALL_ONLY, async ({ page }) => {
  await page.goto("/history/compare?a=x");
  await expect(page.getByRole("heading", { name: "Two runs are needed" })).toBeVisible();
  await page.getByRole("link", { name: "Open the history" }).click();
  await expect(page).toHaveURL(/\/history$/);
});
