import { expect, test } from "@playwright/test";
import { ProviderServer } from "../app/testing/oauth-server";
import { shownCode } from "../lib/auth/testing/authenticator";
import { expectClean, LOOKS } from "./looks";
import { OwnServer } from "./own-server";
import { ALL_ONLY } from "./sample";

const provider = new ProviderServer();
const server = new OwnServer((address) => ({
  NEXTAUTH_URL: address,
  OIDC_ISSUER: provider.address,
  OIDC_ID: "quicksand",
  OIDC_SECRET: "secret",
  OIDC_NAME: "The School",
}));

test.beforeAll(async () => {
  await provider.start();
  await server.start();
});
test.afterAll(async () => {
  await server.dispose();
  await provider.stop();
});

test("somebody signs in with their school; an address that it has not confirmed is told in words", async ({
  page,
}) => {
  test.setTimeout(90_000);
  const email = "grace@school.example";
  provider.person = { sub: "1", email, email_verified: false, name: "Grace Hopper" };
  await page.goto(`${server.address}/sign-in?next=/settings`);
  const button = page.getByRole("button", { name: "Continue with The School" });
  await button.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "does not say that your e-mail address is confirmed",
  );
  for (const { name, colorScheme, viewport } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `docs/screenshots/oidc-${name}.png`, animations: "disabled" });
    await expectClean(page);
  }

  provider.person = { ...provider.person, email_verified: true };
  await page.goto(`${server.address}/sign-in?next=/settings`);
  await button.click();
  await expect(page).toHaveURL(`${server.address}/settings`);
  const profile = page.getByRole("region", { name: "Profile" });
  await expect(profile.getByText(email)).toBeVisible();
  await expect(profile.getByRole("listitem").filter({ hasText: "The School" })).toBeVisible();
});

test(
  "somebody without a password signs in again to confirm, with their code, and comes back to where they were",
  ALL_ONLY,
  async ({ page }) => {
    test.setTimeout(90_000);
    provider.person = { sub: "2", email: "ada@school.example", email_verified: true, name: "Ada Lovelace" };
    await page.goto(`${server.address}/sign-in?next=/settings`);
    await page.getByRole("button", { name: "Continue with The School" }).click();
    await expect(page).toHaveURL(`${server.address}/settings`);
    const part = page.getByRole("region", { name: "Two-factor sign-in", exact: true });
    await part.getByRole("button", { name: "Set up" }).click();
    const dialog = page.getByRole("dialog");
    const secret = (await dialog.locator("code").innerText()).replaceAll(" ", "");
    await dialog.getByLabel("Code of the app").fill(shownCode(secret, -1));
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await page.getByRole("button", { name: "I have kept them" }).click();

    // Ten minutes later, as the server would say it.
    const late = { error: { code: "confirmation_required", message: "Sign in again.", details: [] } };
    await page.route("**/api/keys", (route) => route.fulfill({ status: 403, json: late }), { times: 1 });
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByRole("textbox", { name: "Name" }).last().fill("nightly");
    await page.getByRole("button", { name: "Create key" }).click();
    await page
      .getByRole("dialog", { name: "Is it you?" })
      .getByRole("button", { name: "Continue with The School" })
      .click();
    await page.getByLabel("Code of your authenticator app").fill(shownCode(secret));
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(`${server.address}/settings`);
    await expect(page.getByRole("button", { name: /^Account of/ })).toBeVisible();
  },
);
