import { expect, type Page, test } from "@playwright/test";
import { LANGUAGES } from "../lib/languages";
import { programsOf } from "../lib/languages/testing/test-programs";
import { accessViolations } from "./accessible";
import { Ide } from "./ide";
import { ALL_ONLY, matrix } from "./sample";

/** Of each kind one: interpreted and compiled. */
const SAMPLED = ["python", "cpp"];

// The others' images are made at first use, which takes minutes.
for (const language of LANGUAGES.filter(({ core }) => core)) {
  test(
    `${language.name}: the sample has colours, runs and greets who its input names`,
    matrix(SAMPLED.includes(language.id)),
    async ({ page }) => {
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
      await ide.prepareInput("Ada\n");
      await ide.run.click();
      await expect(ide.output).toContainText("Hello, Ada!");
      await expect(ide.status).toHaveText(/success/i);
      await expect(ide.result).toContainText(language.name);
    },
  );

  test(
    `${language.name}: the line that an error names is marked, in words and in the editor`,
    matrix(SAMPLED.includes(language.id)),
    async ({ page }) => {
      const { failures } = await programsOf(language.id);
      const [failure] = Object.values(failures);
      expect(failure).toBeDefined();
      const { code = "", marked } = failure ?? {};
      const ide = new Ide(page);
      await ide.open();
      // Typed in, the editor would indent it further.
      const created = await page.request.post("/api/editor/run", { data: { language: language.id, code } });
      const { id } = await created.json();
      await ide.open(`/?fork=${id}`);
      await expect(page.locator(".monaco-editor .view-lines")).toContainText(code.split("\n")[0] ?? "");
      await ide.prepareInput("input\n");
      await ide.run.click();
      const problem = page.getByRole("list", { name: "Problems" }).getByRole("listitem").first();
      await expect(problem).toContainText(marked?.message ?? "?");
      await expect(problem).toContainText(`Line ${marked?.line}`);
      await expect(page.locator(".monaco-editor .squiggly-error")).not.toHaveCount(0);
    },
  );
}

test("Ctrl+Enter in the editor runs the program", async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  await ide.write('print("by keyboard")');
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(ide.output).toContainText("by keyboard");
});

test(
  "TypeScript: the editor knows modules as they run, with the files beside them, and types",
  ALL_ONLY,
  async ({ page }) => {
    const code = `import { readFile } from "node:fs/promises";
import { half } from "./lib/half";
import { basename } from "node:path";

const path = require("node:path");
const text = await readFile(new URL("./lib/half.ts", import.meta.url), "utf8");
console.log(half(text.length) > 1, path.sep, basename(__filename));
const wrong: string = half(2);
`;
    const files = [{ path: "lib/half.ts", content: "export const half = (n: number): number => n / 2;\n" }];
    const ide = new Ide(page);
    await ide.open();
    const created = await page.request.post("/api/editor/run", {
      data: { language: "typescript", code, files },
    });
    const { id, output } = await created.json();
    expect(output.stdout).toBe("true / main.ts\n");
    await ide.open(`/?fork=${id}`);
    await expect(page.getByRole("tab", { name: /lib\/half\.ts/ })).toBeVisible();
    // The one that is a mistake, once the types have been looked at; nothing else is taken for one.
    const mistakes = page.locator(".monaco-editor .squiggly-error");
    await expect(mistakes).toHaveCount(1);
    await page.locator(".monaco-editor .view-line").last().click();
    await page.keyboard.press("F8");
    await expect(page.locator(".monaco-editor .zone-widget")).toContainText(
      "not assignable to type 'string'",
    );
  },
);

/** The row of the language list that Enter would pick. */
async function activeRow(page: Page) {
  const field = page.getByRole("combobox", { name: "Find by name" });
  const id = await field.getAttribute("aria-activedescendant");
  return page.locator(`[id="${id}"]`);
}

test("by keys alone: all languages by name, the current one in view, those that were picked first", async ({
  page,
}) => {
  const ide = new Ide(page);
  await ide.open();
  const picker = page.getByRole("combobox", { name: "Language", exact: true });
  const field = page.getByRole("combobox", { name: "Find by name" });
  const recent = page.getByRole("group", { name: "Recent" }).getByRole("option");
  const all = page.getByRole("group", { name: "All languages" }).getByRole("option");
  const current = page.getByRole("option", { selected: true });
  await picker.focus();
  await page.keyboard.press("ArrowDown");
  await expect(field).toBeFocused();
  await expect(recent).toHaveCount(0);
  await expect(all).toHaveCount(LANGUAGES.length);
  await expect(current).toContainText("Python 3");
  await expect(current).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("End");
  await expect(await activeRow(page)).toHaveText((await all.last().textContent()) ?? "");
  await expect(await activeRow(page)).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Home");
  await page.keyboard.press("PageDown");
  await expect(await activeRow(page)).toHaveText((await all.nth(8).textContent()) ?? "");
  await expect(await activeRow(page)).toBeInViewport({ ratio: 1 });

  for (const [typed, name] of [
    ["bas", "Bash"],
    ["c", "C17"],
  ] as const) {
    await expect(field).toBeFocused();
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
    await expect(picker).toContainText(name);
    await expect(picker).toBeFocused();
    await page.keyboard.press("ArrowDown");
  }
  await expect(recent).toContainText(["C17", "Bash"]);
  await expect(current).toHaveCount(1);
  await expect(current).toContainText("C17");
  expect(await accessViolations(page)).toEqual([]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(picker).toContainText("Bash");

  await page.reload();
  await ide.ready();
  await picker.focus();
  await page.keyboard.press("ArrowDown");
  await expect(recent).toContainText(["Bash", "C17"]);
});
