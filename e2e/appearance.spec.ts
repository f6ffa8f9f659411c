import { expect, test } from "@playwright/test";
import { accessViolations } from "./accessible";
import { Ide } from "./ide";
import { LOOKS } from "./looks";

/** Without an indented block: it is typed, and the editor would put what follows the block into it. */
const PROGRAM = `import sys

primes = [n for n in range(2, 60) if all(n % d for d in range(2, n))]
for n in primes[:8]: print(f"\\033[33m{n:>3}\\033[0m", "#" * n)
print("done", file=sys.stderr)
`;

for (const { name, colorScheme, viewport } of LOOKS) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test("has no accessibility violation before and after a run, and fits its width", async ({ page }) => {
      const ide = new Ide(page);
      await ide.open();
      expect(await accessViolations(page)).toEqual([]);
      await ide.runProgram(PROGRAM, "x");
      await expect(ide.output).toContainText("###");
      await expect(ide.status).toHaveText(/success/i);
      expect(await accessViolations(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await page.screenshot({ path: `docs/screenshots/ide-${name}.png` });
    });
  });
}

test("an accessibility check waits for nothing that fades in", async ({ page }) => {
  await page.goto("/forgot-password");
  await page.addStyleTag({ content: ".animate-in { animation: enter 60s -20s }" });
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  expect(await accessViolations(page)).toEqual([]);
});
