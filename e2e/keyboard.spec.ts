import { expect, type Locator, type Page, test } from "@playwright/test";
import { Ide } from "./ide";

/* Everything that a visit is made of without a pointer: nothing is clicked here, and no focus is set by the test. */

/** More than the page has places to go to. */
const MANY_STEPS = 120;

const inEditor = (page: Page) => page.locator(".monaco-editor.focused");

function hasFocus(wanted: Locator): Promise<boolean> {
  return wanted.evaluateAll((all) => all.some((one) => one === document.activeElement));
}

/** Goes by Tab, or back by Shift+Tab, until something has the focus. In the editor, Escape lets Tab out, as its help says. */
async function goTo(page: Page, wanted: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let step = 0; step < MANY_STEPS; step++) {
    if (await hasFocus(wanted)) return;
    if ((await inEditor(page).count()) > 0) {
      // The first may close what the editor has offered.
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press(key);
  }
  await expect(wanted.first(), `reached by ${key}`).toBeFocused({ timeout: 1 });
}

/** Goes to something and presses Enter. */
async function use(page: Page, wanted: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await goTo(page, wanted, key);
  await page.keyboard.press("Enter");
}

async function intoEditor(page: Page): Promise<void> {
  await use(page, page.getByRole("link", { name: "Skip to the editor" }));
  for (let step = 0; step < 10 && (await inEditor(page).count()) === 0; step++) {
    await page.keyboard.press("Tab");
  }
  await expect(inEditor(page)).toHaveCount(1);
}

/** Chooses a panel by the arrow keys of the tabs. */
async function choosePanel(page: Page, name: string, towards: "ArrowLeft" | "ArrowRight"): Promise<void> {
  const panels = page.getByRole("tablist", { name: "Panels" });
  await goTo(page, panels.getByRole("tab", { selected: true }), "Shift+Tab");
  await page.keyboard.press(towards);
  await expect(panels.getByRole("tab", { selected: true })).toHaveText(new RegExp(`^${name}`));
}

test("a program is written, run, stopped, tested and shared, the history opened and the theme changed by keys alone", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const ide = new Ide(page);
  await ide.open();

  // Write.
  await intoEditor(page);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText("print(sum(map(int, input().split())))\n");
  await page.keyboard.type("# by keys");
  await expect(page.locator(".monaco-editor .view-lines")).toContainText("# by keys");

  // Run: it waits for its input. Stop.
  await page.keyboard.press("ControlOrMeta+Enter");
  const live = page.getByRole("textbox", { name: "Program input" });
  await expect(live).toBeVisible();
  await use(page, ide.stop, "Shift+Tab");
  await expect(ide.status).toHaveText("Stopped");
  await expect(ide.stop).toBeFocused();

  // Run again, by the button, and type to it.
  await use(page, ide.run);
  await expect(live).toBeVisible();
  await goTo(page, live);
  await page.keyboard.type("20 22");
  await page.keyboard.press("Enter");
  await expect(ide.output).toContainText("42");
  await expect(ide.status).toHaveText(/success/i);

  // Test.
  await choosePanel(page, "Tests", "ArrowRight");
  const tests = page.getByRole("region", { name: "Tests", exact: true });
  await use(page, tests.getByRole("button", { name: "Add a test" }));
  await goTo(page, tests.getByRole("textbox", { name: "Input" }));
  await page.keyboard.type("1 2");
  await goTo(page, tests.getByRole("textbox", { name: "Expected output" }));
  await page.keyboard.type("3");
  await use(page, tests.getByRole("button", { name: "Run tests" }), "Shift+Tab");
  await expect(tests.getByRole("listitem").first()).toContainText("Passed");

  // Share.
  await choosePanel(page, "Output", "ArrowLeft");
  const share = ide.result.getByRole("button", { name: "Share" });
  await use(page, share);
  const unlisted = page.getByRole("radio", { name: /^Unlisted/ });
  await expect(unlisted).toBeVisible();
  await goTo(page, page.getByRole("radio", { checked: true }));
  await page.keyboard.press("ArrowDown");
  await expect(unlisted).toBeChecked();
  const shared = async () =>
    ((await (await page.request.get("/api/runs")).json()) as { runs: { visibility: string }[] }).runs.map(
      ({ visibility }) => visibility,
    );
  await expect.poll(shared).toEqual(["unlisted", "private", "private"]);
  await page.keyboard.press("Escape");
  await expect(share).toBeFocused();

  // Open the history, and a run of it.
  await use(
    page,
    page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "History" }),
    "Shift+Tab",
  );
  await expect(page).toHaveURL(/\/history$/);
  await expect(page.getByRole("checkbox")).toHaveCount(3);
  await use(page, page.getByRole("main").getByRole("link", { name: /^print\(sum/ }));
  await expect(page).toHaveURL(/\/r\/[\w-]{22}$/);
  await page.goBack();
  await expect(page.getByRole("checkbox")).toHaveCount(3);

  // Change the theme.
  await expect(page.locator("html.light")).toBeAttached();
  await use(page, page.getByRole("button", { name: "Theme" }));
  // The menu opens at its first entry, and the next one has the focus a moment after the key: keys sent before are lost or too many.
  await expect(page.getByRole("menuitemradio", { name: "Light" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitemradio", { name: "Dark" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("html.dark")).toBeAttached();
  await expect(page.getByRole("button", { name: "Theme" })).toBeFocused();
});
