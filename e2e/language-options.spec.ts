import { expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { expectReadable } from "./readable";
import { ALL_ONLY, matrix } from "./sample";
import { createRun } from "./stored-runs";

/* What can be chosen of a language: seen, chosen by pointer and keys, run, kept, shown with the run. */

const PRINTLN = '#include <print>\nint main() { std::println("{}", __cplusplus); }\n';
const LABEL = "C++23 · GCC 14.2 · -O2";

const language = (page: Page) => page.getByRole("combobox", { name: "Language", exact: true });
const button = (page: Page) => page.getByRole("button", { name: "Language options" });
const popover = (page: Page) => page.getByRole("dialog", { name: "Language options" });
const command = (page: Page) => popover(page).getByRole("region", { name: "Command" });

async function choose(page: Page, option: string, value: string): Promise<void> {
  await popover(page).getByRole("group", { name: option }).getByText(value, { exact: true }).click();
}

test("C++23 is chosen, run, kept over a reload, and said by the run's page and its embed", async ({
  page,
}) => {
  const ide = new Ide(page);
  await ide.open();
  await expect(button(page)).toHaveCount(0);
  await ide.choose("C++");
  await expect(language(page)).toHaveText(/C\+\+20 · GCC 14\.2 · -O1/);
  await ide.write(PRINTLN);
  await button(page).click();
  await expect(command(page)).toContainText("g++ -std=gnu++20 -O1 -Wall … main.cpp");
  await choose(page, "Standard", "C++23");
  await choose(page, "Optimisation", "-O2");
  await expect(command(page)).toContainText("g++ -std=gnu++23 -O2 -Wall … main.cpp");
  await expect(command(page)).toContainText("./main");
  await expect(language(page)).toContainText(LABEL);
  await page.keyboard.press("Escape");
  await expect(button(page)).toBeFocused();
  await ide.run.click();
  await expect(ide.status).toContainText("Success");
  await expect(ide.output).toContainText("202302");

  await expect(page).toHaveURL(/\/p\//);
  await expect(page.getByText("Saved", { exact: true })).toBeAttached();
  await page.reload();
  await ide.ready();
  await expect(language(page)).toContainText(LABEL);

  const { runs } = (await (await page.request.get("/api/runs")).json()) as { runs: { id: string }[] };
  const id = runs[0]?.id ?? "";
  const run = (await (await page.request.get(`/api/runs/${id}`)).json()) as { options?: object };
  expect(run.options).toEqual({ standard: "c++23", optimization: "o2" });
  const shared = await page.request.patch(`/api/runs/${id}`, {
    data: { visibility: "unlisted" },
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(shared.status()).toBe(200);
  for (const at of [`/r/${id}`, `/embed/${id}`]) {
    await page.goto(at);
    await expect(page.getByText(LABEL)).toBeVisible();
  }
  // Somebody's copy has the options, too.
  await page.goto(`/new?from=${id}`);
  await expect(language(page)).toContainText(LABEL);
});

test(
  "the options are reached and changed by keys alone, and go back to the defaults",
  ALL_ONLY,
  async ({ page }) => {
    const ide = new Ide(page);
    await ide.open();
    await ide.choose("C++");
    await page.keyboard.press("ControlOrMeta+K");
    await expect(page.getByRole("combobox", { name: "Commands" })).toBeFocused();
    await page.keyboard.type("language options");
    await page.keyboard.press("Enter");
    await expect(popover(page).getByRole("radio", { name: "C++20" })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(popover(page).getByRole("radio", { name: "C++23" })).toBeChecked();
    await expect(language(page)).toContainText("C++23");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowLeft");
    await expect(command(page)).toContainText("-std=gnu++23 -O0 -Wall");
    await popover(page).getByRole("button", { name: "Reset to defaults" }).press("Enter");
    await expect(command(page)).toContainText("-std=gnu++20 -O1 -Wall");
    await page.keyboard.press("Escape");
    await expect(popover(page)).toHaveCount(0);
    await expect(language(page)).toContainText("C++20 · GCC 14.2 · -O1");
  },
);

test(
  "nothing in the header moves for a language with options, a choice, or a run",
  ALL_ONLY,
  async ({ page }) => {
    const ide = new Ide(page);
    await ide.open();
    const place = async () => [await ide.run.boundingBox(), await ide.stop.boundingBox()];
    const before = await place();
    await ide.choose("C++");
    expect(await place()).toEqual(before);
    await button(page).click();
    await choose(page, "Warnings", "Extra");
    await page.keyboard.press("Escape");
    expect(await place()).toEqual(before);
    await ide.run.click();
    expect(await place()).toEqual(before);
  },
);

test(
  "an embed that can be edited runs with the options that it was shared with",
  ALL_ONLY,
  async ({ page }) => {
    const program = { language: "cpp", code: PRINTLN, options: { standard: "c++23" } };
    const id = await createRun(page, program, { visibility: "unlisted" });
    await page.goto(`/embed/${id}?edit=1`);
    await page.getByRole("button", { name: "Run" }).click();
    const result = page.getByRole("region", { name: "Result" });
    await expect(result.getByRole("status")).toHaveText("Success");
    await expect(result).toContainText("202302");
  },
);

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, matrix(colorScheme === "light"), () => {
    test.use({ colorScheme });

    test("the options can be read", ALL_ONLY, async ({ page }) => {
      const ide = new Ide(page);
      await ide.open();
      await ide.choose("C++");
      await button(page).click();
      await expectReadable(popover(page));
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  for (const width of [390, 320]) {
    test(
      `they are in the menu, within ${width} pixels, large enough for a finger`,
      matrix(width === 320),
      async ({ page }) => {
        await page.setViewportSize({ width, height: 700 });
        const ide = new Ide(page);
        await ide.open();
        await ide.choose("C++");
        await expect(button(page)).toBeHidden();
        await page.getByRole("button", { name: "Menu" }).tap();
        await page.getByRole("menuitem", { name: "Language options" }).tap();
        await expect(popover(page)).toBeVisible();
        const box = await popover(page).boundingBox();
        expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
        for (const label of await popover(page).locator("label, button").all()) {
          // The popover grows to its size when it opens.
          await expect
            .poll(async () => {
              const size = await label.boundingBox();
              return Math.min(size?.width ?? 0, size?.height ?? 0);
            })
            .toBeGreaterThanOrEqual(44);
        }
        await choose(page, "Standard", "C++17");
        await expect(language(page)).toContainText("C++17");
        await page.keyboard.press("Escape");
        await expect(popover(page)).toHaveCount(0);
      },
    );
  }
});
