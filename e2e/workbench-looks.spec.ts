import { expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { expectClean, lookedAt } from "./looks";
import { ALL_ONLY } from "./sample";
import { createRun, leaveDraft } from "./stored-runs";

/* What the workbench shows beside a program's output: looked at by axe, fits its width, and kept as pictures. */

const CODE = `def change(amount, coins):
    """The fewest coins that make the amount."""
    fewest = [0] + [amount + 1] * amount
    for part in range(1, amount + 1):
        for coin in coins:
            if coin <= part:
                fewest[part] = min(fewest[part], fewest[part - coin] + 1)
    return fewest[amount]


amount, *coins = map(int, input().split())
print(change(amount, coins))
`;

const TESTS = [
  { name: "two coins", stdin: "6 1 3 4\n", expected: "2\n" },
  { name: "only ones", stdin: "5 1\n", expected: "5\n" },
  { name: "wrong on purpose", stdin: "8 1 5\n", expected: "5\n" },
];

const GUESS = `name = input("\\033[1mWho is there?\\033[0m ")
for colour in range(31, 37):
    print(f"\\033[{colour}m{'■' * 24}\\033[0m")
print(f"Hello, {name}! What else?")
input("> ")
`;

async function looksRight(page: Page, picture: string): Promise<void> {
  await expectClean(page);
  await page.screenshot({ path: `docs/screenshots/${picture}.png`, animations: "disabled" });
}

for (const { name, colorScheme, viewport } of lookedAt("phone-dark")) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test("the documents", ALL_ONLY, async ({ page }) => {
      await page.goto("/docs");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await looksRight(page, `docs-${name}`);
    });

    test("tests with their verdicts, and a run page that has them", ALL_ONLY, async ({ page }) => {
      const id = await createRun(
        page,
        { language: "python", code: CODE, tests: TESTS },
        { visibility: "public" },
      );
      await page.goto(`/new?from=${id}`);
      const ide = new Ide(page);
      await ide.ready();
      await ide.panel("Tests");
      const panel = page.getByRole("region", { name: "Tests", exact: true });
      await panel.getByRole("button", { name: "Run tests" }).click();
      await expect(panel.getByText("1 of 3 tests failed")).toBeVisible();
      await looksRight(page, `tests-${name}`);
      await page.goto(`/r/${id}`);
      await expect(page.getByText("wrong on purpose").first()).toBeVisible();
      await looksRight(page, `run-tests-${name}`);
      await page.goto(`/embed/${id}?edit=1`);
      await expect(page.getByRole("button", { name: "Run", exact: true })).toBeEnabled();
      await looksRight(page, `embed-edit-${name}`);
    });

    test("a terminal", ALL_ONLY, async ({ page }) => {
      await leaveDraft(page, "python", GUESS, "");
      const ide = new Ide(page);
      await ide.open();
      await page.getByRole("button", { name: "More ways to run" }).click();
      await page.getByRole("menuitem", { name: "Run in terminal", exact: true }).click();
      const terminal = page.getByRole("region", { name: "Terminal" });
      await expect(terminal.locator(".xterm-rows")).toContainText("Who is there?");
      await page.keyboard.type("Ada\n");
      await expect(terminal.locator(".xterm-rows")).toContainText("What else?");
      await looksRight(page, `terminal-${name}`);
    });

    test("problems, examples, the palette and the shortcuts", async ({ page }) => {
      await leaveDraft(page, "cpp", "#include <iostream>\n\nint main() {\n  std::cout << missing;\n}\n", "");
      const ide = new Ide(page);
      await ide.open();
      await ide.choose("C++");
      await ide.run.click();
      await expect(ide.status).toHaveText(/compile error/i);
      await ide.panel("Problems");
      await expect(page.getByRole("region", { name: "Problems", exact: true })).toContainText("missing");
      await looksRight(page, `problems-${name}`);
      await page.keyboard.press("ControlOrMeta+Shift+P");
      await expect(page.getByRole("dialog")).toBeVisible();
      await looksRight(page, `palette-${name}`);
      await page.keyboard.type("examples");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("dialog").getByRole("button").nth(3)).toBeVisible();
      await looksRight(page, `examples-${name}`);
    });
  });
}
