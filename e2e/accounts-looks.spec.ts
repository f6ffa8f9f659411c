import { expect, test } from "@playwright/test";
import { Ide } from "./ide";
import { expectClean, lookedAt } from "./looks";
import { OwnServer } from "./own-server";
import { becomeUser, freshEmail } from "./people";

const server = new OwnServer({
  QUICKSAND_PLANS: JSON.stringify({ free: { runsPerDay: 2 } }),
  // Never contacted: only the buttons are tested.
  GITHUB_ID: "id",
  GITHUB_SECRET: "secret",
  GOOGLE_ID: "id",
  GOOGLE_SECRET: "secret",
  NEXTAUTH_URL: "http://127.0.0.1",
  // Nobody listens: mail is offered, and whatever is sent is lost.
  SMTP_URL: "smtp://127.0.0.1:9",
  SMTP_FROM: "noreply@example.org",
});

test.beforeAll(() => server.start());
test.afterAll(() => server.dispose());

for (const { name, colorScheme, viewport } of lookedAt("light")) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test("signing in and up, the account's menu and a refused run have no accessibility violation and fit", async ({
      page,
    }) => {
      test.setTimeout(120_000);
      for (const place of ["sign-in", "sign-up"]) {
        await page.goto(`${server.address}/${place}`);
        await expect(page.getByRole("button", { name: "Continue with GitHub" })).toBeVisible();
        await expectClean(page);
        await page.screenshot({ path: `docs/screenshots/${place}-${name}.png` });
        await page.getByLabel("E-mail").fill("nonsense");
        await page.keyboard.press("Enter");
        await expect(page.getByText("This is no e-mail address")).toBeVisible();
        await expectClean(page);
      }
      await page.goto(`${server.address}/forgot-password`);
      await expect(page.getByRole("button", { name: "Send the link" })).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/forgot-password-${name}.png` });
      await page.goto(`${server.address}/reset-password#a-link`);
      await expect(page.getByLabel("Revoke my API keys too")).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/reset-password-${name}.png` });
      await page.goto(`${server.address}/verify-email#a-link`);
      await expect(page.getByRole("button", { name: "This address is mine" })).toBeVisible();
      await expectClean(page);
      await page.goto(`${server.address}/sign-in#a-ticket`);
      await expect(page.getByLabel("Code of your authenticator app")).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/second-step-${name}.png` });
      await page.goto(`${server.address}/sign-in?error=OAuthAccountNotLinked`);
      await expect(page.getByText("There is already an account with this e-mail address,")).toBeVisible();
      await expectClean(page);

      await becomeUser(page, server.address, freshEmail());
      const first = { language: "python", code: "print('the first')" };
      const kept = await page.request.post(`${server.address}/api/editor/run`, { data: first });
      expect(kept.status()).toBe(200);
      const ide = new Ide(page);
      await ide.open(server.address);
      await ide.runProgram("print('the last')", "x");
      await expect(ide.output).toContainText("the last");
      await ide.run.click();
      await expect(page.getByText("Today's runs are used up")).toBeVisible();
      await expectClean(page);
      await page.screenshot({ path: `docs/screenshots/quota-${name}.png` });
      await page.getByRole("button", { name: /^Account of/ }).click();
      await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
      await expectClean(page);
    });
  });
}
