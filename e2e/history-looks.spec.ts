import { expect, type Page, test } from "@playwright/test";
import { expectClean, lookedAt } from "./looks";
import { createRun, GRADIENT, PRIMES, PRIMES_FASTER } from "./stored-runs";

async function createSome(page: Page): Promise<{ first: string; second: string; picture: string }> {
  const first = await createRun(
    page,
    { language: "python", code: PRIMES },
    { title: "Primes, the slow way", pinned: true },
  );
  const second = await createRun(
    page,
    { language: "python", code: PRIMES_FASTER },
    { visibility: "unlisted" },
  );
  await createRun(page, {
    language: "cpp",
    code: "#include <iostream>\nint main() { std::cout << missing; }\n",
  });
  await createRun(page, {
    language: "javascript",
    code: "console.log([1, 2, 3].map((n) => n * n));\nprocess.exit(3);\n",
  });
  await createRun(page, { language: "bash", code: 'for i in 1 2 3; do echo "line $i"; done\n' });
  const files = [{ path: "shades.py", content: "SHADES = 160\n" }];
  const picture = await createRun(
    page,
    { language: "python", code: GRADIENT, stdin: "one\ntwo\n", args: ["--size", "160 px"], files },
    { title: "A gradient", visibility: "public" },
  );
  return { first, second, picture };
}

for (const { name, colorScheme, viewport } of lookedAt("phone-dark")) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test("history, compare, run page and embed have no accessibility violation and fit", async ({ page }) => {
      test.setTimeout(150_000);
      const { first, second, picture } = await createSome(page);
      await page.goto("/history");
      await expect(page.getByRole("checkbox")).toHaveCount(6);
      await expect(page.locator(".uplot canvas").first()).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/history-${name}.png` });
      await page.getByRole("checkbox").first().check();
      await page.getByRole("button", { name: /^Actions for A gradient/ }).click();
      await expectClean(page);

      await page.goto(`/history/compare?a=${first}&b=${second}`);
      await expect(page.locator(".line-insert").first()).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/compare-${name}.png` });

      await page.goto(`/r/${picture}`);
      await expect(page.getByRole("img", { name: "gradient.png" })).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/run-${name}.png` });
      await page.getByRole("button", { name: "Share" }).click();
      await expectClean(page);

      for (const theme of ["", "?theme=light", "?theme=dark"]) {
        await page.goto(`/embed/${picture}${theme}`);
        await expect(page.getByRole("link", { name: /Open in Quicksand/ })).toBeVisible();
        await expectClean(page);
      }
    });
  });
}
