import { expect, type Page, test } from "@playwright/test";
import { readLink } from "../lib/client/programs/link";
import { languagesSchema } from "../lib/schemas/language";
import { expectClean, lookedAt } from "./looks";
import { ALL_ONLY, matrix } from "./sample";

const DEVICES = [
  { name: "desktop", use: { viewport: { width: 1280, height: 800 } } },
  { name: "phone", use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
] as const;

async function languagesOf(page: Page) {
  return languagesSchema.parse(await (await page.request.get("/api/languages")).json()).languages;
}

const entry = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const headings = (page: Page) => page.getByRole("main").getByRole("heading", { level: 2 });

const SOON = { timeout: 1_000 };

/** Types until the page listens, and has done what it is to do. */
async function search(page: Page, text: string, done: () => Promise<void>): Promise<void> {
  await expect(async () => {
    const field = page.getByRole("searchbox", { name: "Find a language" });
    // Emptied first: React takes no notice of a text that was there before it listened.
    await field.fill("");
    await field.fill(text);
    await done();
  }).toPass();
}

for (const { name: device, use } of DEVICES) {
  test.describe(device, matrix(device === "desktop"), () => {
    test.use(use);

    test("every language is there with its version, its commands and a link that holds its sample", async ({
      page,
    }) => {
      const languages = await languagesOf(page);
      await page.goto("/docs/languages");
      await expect(headings(page)).toHaveText(languages.map(({ name }) => name));
      await expect(page.getByText(`${languages.length} languages`, { exact: true })).toBeVisible();
      for (const { id, name, version, mainFile, commands, sample } of languages) {
        await expect(page.locator(`section[id="${id}"]`)).toContainText(version);
        await expect(entry(page, name)).toContainText(mainFile);
        await expect(entry(page, name)).toContainText(commands.run[0] ?? "?");
        const link = page.getByRole("link", { name: `Open in the editor: ${name}`, exact: true });
        const read = readLink(((await link.getAttribute("href")) ?? "").slice(1));
        expect(read.ok && { language: read.program.language, code: read.program.content.code }).toEqual({
          ...{ language: id, code: sample.code },
        });
      }
    });

    test(
      "the search goes by names, endings and libraries, and says when nothing matches",
      ALL_ONLY,
      async ({ page }) => {
        await page.goto("/docs/languages");
        const all = await headings(page).count();
        await search(page, "sklearn", () => expect(headings(page)).toHaveText(["Python for data"], SOON));
        const index = page.getByRole("navigation", { name: "Languages" });
        await expect(index.getByRole("link")).toHaveText(["Python for data"]);
        await expect(page.getByText(`1 of ${all} languages`)).toBeVisible();
        await search(page, "c++", () => expect(headings(page)).toHaveText(["C++"], SOON));
        await search(page, "nothing like this", () =>
          expect(page.getByText("Nothing matches.")).toBeVisible(SOON),
        );
        await expect(headings(page)).toHaveCount(0);
        await search(page, "", () => expect(headings(page)).toHaveCount(all, SOON));
      },
    );

    test("the index and an address lead to a language", async ({ page }) => {
      await page.goto("/docs/languages");
      const index = page.getByRole("navigation", { name: "Languages" });
      await index.getByRole("link", { name: "SQL", exact: true }).click();
      await expect(page).toHaveURL(/#sql$/);
      await expect(page.locator("section[id=sql] h2")).toBeInViewport();
      await page.goto("/docs");
      await page.getByRole("link", { name: "Every language" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Languages" })).toBeVisible();
      await page.goto("/docs");
      await page.goto("/docs/languages#verilog");
      await expect(page.locator("section[id=verilog] h2")).toBeInViewport();
    });

    test("a sample opens in the editor in its language", ALL_ONLY, async ({ page }) => {
      const bash = (await languagesOf(page)).find(({ id }) => id === "bash");
      await page.goto("/docs/languages");
      await page.getByRole("link", { name: "Open in the editor: Bash", exact: true }).click();
      await expect(page.locator(".monaco-editor .view-lines")).toContainText(
        bash?.sample.code.split("\n")[0] ?? "?",
      );
      await expect(page.getByRole("combobox", { name: "Language" })).toContainText("Bash");
      await expect(page.getByText("The program of the link is in the editor")).toBeVisible();
      await expect(page).not.toHaveURL(/#/);
    });
  });
}

test("it can be read without scripts", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/docs/languages");
  await expect(entry(page, "Python")).toContainText("main.py");
  await context.close();
});

for (const { name, colorScheme, viewport } of lookedAt("phone-dark")) {
  test.describe(name, () => {
    // Nothing is half faded in when axe measures its colours.
    test.use({ colorScheme, viewport, contextOptions: { reducedMotion: "reduce" } });

    test("the languages, all and none, have no accessibility violation and fit", async ({ page }) => {
      await page.goto("/docs/languages");
      await expect(page.locator(`html.${colorScheme}`)).toBeAttached();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/docs-languages-${name}.png` });
      await search(page, "nothing like this", () =>
        expect(page.getByText("Nothing matches.")).toBeVisible(SOON),
      );
      await expectClean(page);
    });
  });
}
