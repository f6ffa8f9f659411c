import { expect, test } from "@playwright/test";
import { expectClean, lookedAt } from "./looks";
import { OwnServer } from "./own-server";
import { becomeUser, PASSWORD, signInStatus } from "./people";
import { ALL_ONLY } from "./sample";

const ADMIN = "ada@example.com";
const server = new OwnServer({ QUICKSAND_SIGN_UP: "approve", QUICKSAND_CONTACT: "office@school.example" });

test.beforeAll(() => server.start());
test.afterAll(() => server.dispose());

for (const { name, colorScheme, viewport } of lookedAt("light")) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test("whoever signs up waits until an admin approves them, and is told so", async ({ page, browser }) => {
      const email = `grace-${name}@example.com`;
      await page.goto(`${server.address}/sign-up`);
      await expect(page.getByText("An admin approves new accounts")).toBeVisible();
      await page.getByLabel("Name").fill("Grace");
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Sign up" }).click();
      await expect(page.getByRole("heading", { name: "Your account waits for approval" })).toBeVisible();
      await expect(page.getByRole("link", { name: "office@school.example" })).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/sign-up-waits-${name}.png` });

      const admins = await (await browser.newContext({ colorScheme, viewport })).newPage();
      if ((await signInStatus(admins, server.address, ADMIN, PASSWORD)) !== 200) {
        await admins.request.post(`${server.address}/api/account`, {
          data: { email: ADMIN, password: PASSWORD },
        });
        server.grantAdmin(ADMIN);
        expect(await signInStatus(admins, server.address, ADMIN, PASSWORD)).toBe(200);
      }
      await admins.goto(`${server.address}/admin`);
      await expect(admins.getByRole("button", { name: `Approve ${email}` })).toBeVisible();
      await expectClean(admins);
      await admins.screenshot({ path: `docs/screenshots/admin-waiting-${name}.png` });
      await admins.getByRole("button", { name: `Approve ${email}` }).click();
      await expect(admins.getByText(`${email} can sign in now`)).toBeVisible();

      await page.getByRole("link", { name: "Sign in" }).last().click();
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.waitForURL(`${server.address}/`);
    });
  });
}

test(
  "a server without an admin asks for the code of its start, and one that is closed says whom to ask",
  ALL_ONLY,
  async ({ page }) => {
    const fresh = new OwnServer({ QUICKSAND_CONTACT: "Ann, room 12" });
    await fresh.start();
    try {
      await page.goto(`${fresh.address}/sign-up`);
      await page.getByLabel("Admin code").fill("WRONG");
      await page.getByLabel("E-mail").fill(ADMIN);
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Sign up" }).click();
      await expect(page.getByText("The code is not the code that was printed")).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: "docs/screenshots/sign-up-first-admin.png" });
      await becomeUser(page, fresh.address, ADMIN);
      await page.goto(`${fresh.address}/settings#admin`);
      await page.getByLabel("Code from the log").fill("WRONG");
      await page.keyboard.press("Enter");
      await expect(page.getByText("The code is not the code that was printed")).toBeVisible();
      await expectClean(page);
      fresh.grantAdmin(ADMIN);
    } finally {
      await fresh.stop();
    }
    await fresh.start({ QUICKSAND_SIGN_UP: "closed" });
    try {
      await page.context().clearCookies();
      await page.goto(`${fresh.address}/sign-up`);
      await expect(page.getByRole("heading", { name: "Accounts are given out here" })).toBeVisible();
      await expect(page.getByText("Ann, room 12")).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: "docs/screenshots/sign-up-closed.png" });
    } finally {
      await fresh.dispose();
    }
  },
);
