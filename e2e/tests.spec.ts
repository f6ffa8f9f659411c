import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { strToU8, zipSync } from "fflate";
import { accessViolations } from "./accessible";
import { Ide } from "./ide";
import { ALL_ONLY } from "./sample";
import { createRun, leaveDraft } from "./stored-runs";

const SUM = "print(sum(map(int, input().split())))\n";

const tabOf = (page: Page) => page.getByRole("tab", { name: /^Tests/ });
const panelOf = (page: Page) => page.getByRole("region", { name: "Tests", exact: true });
const rowOf = (page: Page, name: string) =>
  panelOf(page)
    .getByRole("listitem")
    .filter({ has: page.getByRole("button", { name: new RegExp(`^${name}`) }) });

/** Fills the test that is open last. */
async function fill(page: Page, name: string, stdin: string, expected: string): Promise<void> {
  await panelOf(page).getByRole("textbox", { name: "Name" }).last().fill(name);
  await panelOf(page).getByRole("textbox", { name: "Input" }).last().fill(stdin);
  await panelOf(page).getByRole("textbox", { name: "Expected output" }).last().fill(expected);
}

test("tests are written, run, mended, run again, imported, exported, shared and forked", async ({ page }) => {
  await leaveDraft(page, "python", SUM, "1 2\n");
  const ide = new Ide(page);
  await ide.open();
  await tabOf(page).click();
  const panel = panelOf(page);
  await expect(panel.getByText("No tests yet")).toBeVisible();

  await panel.getByRole("button", { name: "Add a test" }).last().click();
  await fill(page, "small", "1 2\n", "3\n");
  await panel.getByRole("button", { name: "Add a test" }).click();
  await fill(page, "large", "400 500\n", "901\n");
  await panel.getByRole("button", { name: "Run tests" }).click();
  await expect(rowOf(page, "small")).toContainText("Passed");
  await expect(rowOf(page, "large")).toContainText("Wrong answer");
  await expect(panel.getByText("1 of 2 tests failed")).toBeVisible();
  const difference = panel.getByRole("region", { name: "Difference of large" });
  await expect(difference).toContainText("expected: 901");
  await expect(difference).toContainText("printed: 900");
  expect(await accessViolations(page)).toEqual([]);

  await panel.getByRole("textbox", { name: "Expected output" }).last().fill("900\n");
  await expect(rowOf(page, "large")).toContainText("Not run");
  await panel.getByRole("textbox", { name: "Expected output" }).last().fill("901\n");
  await expect(rowOf(page, "large")).toContainText("Wrong answer");
  const sent = page.waitForRequest((request) => request.url().includes("/api/editor/run"));
  await panel.getByRole("button", { name: "Run failed" }).click();
  expect(
    ((await sent).postDataJSON() as { tests: { name: string }[] }).tests.map(({ name }) => name),
  ).toEqual(["large"]);
  await expect(panel.getByRole("button", { name: "Run tests" })).toBeFocused();
  await expect(rowOf(page, "large")).toContainText("Wrong answer");
  await expect(rowOf(page, "small")).toContainText("Passed");

  const files = { "third.in": strToU8("5 6\n"), "third.out": strToU8("11\n"), "half.in": strToU8("") };
  await panel
    .locator('input[type="file"]')
    .first()
    .setInputFiles({
      ...{ name: "tests.zip", mimeType: "application/zip" },
      buffer: Buffer.from(zipSync(files)),
    });
  await expect(page.getByText("1 test imported")).toBeVisible();
  await expect(page.getByText("half.in has no expected output beside it (.out).")).toBeVisible();
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["7 8\n"], "4.in"));
    transfer.items.add(new File(["15\n"], "4.out"));
    return transfer;
  });
  await panel.dispatchEvent("drop", { dataTransfer: dropped });
  await expect(rowOf(page, "4")).toBeVisible();
  await panel.getByRole("button", { name: "More for tests" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Export as JSON" }).click();
  const exported = JSON.parse(await readFile(await (await download).path(), "utf8"));
  expect(exported.tests).toEqual([
    { name: "small", stdin: "1 2\n", expected: "3\n", compare: "trimmed" },
    { name: "large", stdin: "400 500\n", expected: "901\n", compare: "trimmed" },
    { name: "third", stdin: "5 6\n", expected: "11\n", compare: "trimmed" },
    { name: "4", stdin: "7 8\n", expected: "15\n", compare: "trimmed" },
  ]);

  const answer = page.waitForResponse((response) => response.url().includes("/api/editor/run"));
  await panel.getByRole("button", { name: "Run tests" }).click();
  const id = /"id":"([\w-]{22})"/.exec(await (await answer).text())?.[1] ?? "";
  await expect(rowOf(page, "third")).toContainText("Passed");

  await page.goto(`/r/${id}`);
  await expect(page.getByText("1 of 4 tests failed", { exact: true }).first()).toBeVisible();
  const report = page.getByRole("list", { name: "Tests", exact: true });
  await report.getByText("large").click();
  await expect(report.getByRole("region", { name: "Difference of large" })).toContainText("printed: 900");
  expect(await accessViolations(page)).toEqual([]);
  await page.goto("/history");
  await expect(page.getByText("1 of 4 failed").filter({ visible: true }).first()).toBeVisible();

  await page.evaluate(() => window.localStorage.clear());
  await page.goto(`/?fork=${id}`);
  await ide.ready();
  await tabOf(page).click();
  await expect(rowOf(page, "third")).toContainText("Not run");
  await expect(panel.getByRole("listitem")).toHaveCount(4);
});

test(
  "by keyboard: a test of the last run, moved, deleted and brought back, and the focus is always somewhere",
  ALL_ONLY,
  async ({ page }) => {
    const ide = new Ide(page);
    await ide.open();
    await ide.runProgram(SUM, "20 22\n");
    await expect(ide.output).toContainText("42");
    await tabOf(page).click();
    const panel = panelOf(page);
    await panel.getByRole("button", { name: "Make a test of the last run" }).press("Enter");
    await expect(panel.getByRole("textbox", { name: "Expected output" })).toHaveValue("42\n");
    await expect(panel.getByRole("textbox", { name: "Input" })).toHaveValue("20 22\n");
    await panel.getByRole("textbox", { name: "Input" }).press("ControlOrMeta+Enter");
    await expect(rowOf(page, "Test 1")).toContainText("Passed");
    await panel.getByRole("button", { name: "Add a test" }).press("Enter");
    const second = panel.getByRole("button", { name: /^Test 2/ });
    await expect(second).toBeFocused();
    await second.press("Alt+ArrowUp");
    await expect(second).toBeFocused();
    await expect(panel.getByRole("listitem").first()).toContainText("Test 2");
    await panel.getByRole("button", { name: "Actions for Test 2" }).press("Enter");
    await page.getByRole("menuitem", { name: "Delete" }).press("Enter");
    await expect(panel.getByRole("listitem")).toHaveCount(1);
    await expect(panel.getByRole("button", { name: /^Test 1/ })).toBeFocused();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(panel.getByRole("listitem").first()).toContainText("Test 2");
    await page.reload();
    await ide.ready();
    await tabOf(page).click();
    await expect(panel.getByRole("listitem")).toHaveCount(2);
  },
);

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("tests fit, can be touched, and white space that differs is shown", ALL_ONLY, async ({ page }) => {
    const tests = [
      {
        name: "a name that is far longer than the row of a phone is wide",
        stdin: "",
        expected: "a b\n",
        compare: "exact",
      },
    ];
    const id = await createRun(
      page,
      { language: "python", code: "print('a b ')", tests },
      { visibility: "unlisted" },
    );
    await page.goto(`/embed/${id}`);
    await expect(page.getByText("1 of 1 failed").filter({ visible: true }).first()).toBeVisible();
    await page.goto(`/?fork=${id}`);
    const ide = new Ide(page);
    await ide.ready();
    await page.getByRole("tab", { name: "Output" }).tap();
    await tabOf(page).tap();
    const panel = panelOf(page);
    await panel.getByRole("button", { name: "Run tests" }).tap();
    await panel.getByRole("button", { name: /^a name/ }).tap();
    await expect(panel.getByText("Only white space differs")).toBeVisible();
    await expect(panel.getByRole("region", { name: /^Difference/ })).toContainText("a·b·");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    for (const name of ["Run tests", "Add a test", "More for tests", /^Actions for/, /^a name/]) {
      const box = await panel.getByRole("button", { name }).first().boundingBox();
      expect(box?.height, String(name)).toBeGreaterThanOrEqual(44);
    }
  });
});
