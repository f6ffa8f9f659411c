import { expect, type Page, test } from "@playwright/test";
import { accessViolations } from "./accessible";
import { lookedAt } from "./looks";
import { OwnServer } from "./own-server";
import { becomeUser, PASSWORD, signInStatus } from "./people";

const ADMIN = "ada@example.com";
const PEOPLE = ["grace@example.com", "margaret@example.com", "barbara@example.com"];
const server = new OwnServer();

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  await server.start();
  for (const email of [ADMIN, ...PEOPLE]) {
    const page = await (await browser.newContext()).newPage();
    await becomeUser(page, server.address, email);
    for (const code of ["print(1)", "print(2)", "1/0"]) {
      const run = await page.request.post(`${server.address}/api/editor/run`, {
        data: { language: "python", code },
      });
      expect(run.status()).toBe(200);
    }
    for (const [name, expiresInDays] of [["nightly tests", 90] as const, ["laptop", 3] as const]) {
      const made = await page.request.post(`${server.address}/api/keys`, { data: { name, expiresInDays } });
      expect(made.status()).toBe(201);
    }
    await page.context().close();
  }
  server.grantAdmin(ADMIN);
});
test.afterAll(() => server.dispose());

/** No axe violations, no horizontal overflow, and only `main` scrolls. */
async function isClean(page: Page): Promise<void> {
  expect(await accessViolations(page)).toEqual([]);
  const sizes = await page.evaluate(() => {
    const main = document.querySelector("main");
    return {
      window: document.documentElement.scrollWidth - window.innerWidth,
      below: document.documentElement.scrollHeight - window.innerHeight,
      main: main ? main.scrollWidth - main.clientWidth : 0,
    };
  });
  expect(sizes).toEqual({ window: 0, below: 0, main: 0 });
}

for (const { name, colorScheme, viewport } of lookedAt("light")) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test("settings and admin have no accessibility violation and fit", async ({ page }) => {
      test.setTimeout(120_000);
      await page.goto(`${server.address}/settings`);
      await expect(page.getByRole("heading", { name: "You are a guest" })).toBeVisible();
      await isClean(page);

      expect(await signInStatus(page, server.address, ADMIN, PASSWORD)).toBe(200);
      await page.goto(`${server.address}/settings`);
      await expect(page.getByText("nightly tests")).toBeVisible();
      await expect(page.locator(".uplot canvas")).toBeVisible();
      await isClean(page);
      await page.screenshot({ path: `docs/screenshots/settings-${name}.png` });
      await page.getByRole("button", { name: "Change password" }).click();
      await isClean(page);
      await page.getByRole("button", { name: "New key" }).click();
      await isClean(page);

      await page.keyboard.press("Escape");
      await page.goto(`${server.address}/settings#keys`);
      await page.reload();
      await expect(page.getByRole("button", { name: "New key" })).toBeInViewport();
      await isClean(page);

      await page.goto(`${server.address}/settings#two-factor`);
      await page.reload();
      await expect(page.getByText("this one")).toBeVisible();
      await page.screenshot({ path: `docs/screenshots/sessions-${name}.png` });
      await page.getByRole("button", { name: "Set up" }).click();
      await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
      await isClean(page);
      await page.screenshot({ path: `docs/screenshots/two-factor-${name}.png`, animations: "disabled" });

      await page.goto(`${server.address}/admin`);
      await expect(page.getByText(`${ADMIN} signed up`)).toBeVisible();
      await expect(page.locator(".uplot canvas")).toBeVisible();
      await isClean(page);
      await page.screenshot({ path: `docs/screenshots/admin-${name}.png` });
      await page.getByRole("button", { name: `Actions for ${PEOPLE[0]}` }).click();
      await isClean(page);
    });
  });
}
