import { type Browser, expect, type Page, test } from "@playwright/test";
import { shownCode } from "../lib/auth/testing/authenticator";
import { type Mailbox, openMailbox } from "../lib/mail/testing/mailbox";
import { OwnServer } from "./own-server";
import { becomeUser, freshEmail, PASSWORD, signInStatus } from "./people";
import { ALL_ONLY } from "./sample";

const NEW_PASSWORD = "quite another passphrase";
let mailbox: Mailbox;
let server: OwnServer;

test.beforeAll(async () => {
  mailbox = await openMailbox();
  server = new OwnServer((address) => ({
    SMTP_URL: mailbox.url,
    SMTP_FROM: "Quicksand <noreply@example.org>",
    NEXTAUTH_URL: address,
  }));
  await server.start();
});
test.afterAll(async () => {
  await server.dispose();
  await mailbox.close();
});

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const another = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();

/** The link of a mail, as somebody clicks on it. */
async function open(page: Page, email: string, subject: RegExp): Promise<void> {
  const { text } = await mailbox.take(email, subject);
  const link = /http:\S+#\S+/.exec(text)?.[0];
  if (link === undefined) throw new Error(`There is no link in: ${text}`);
  await page.goto(link);
}

async function signInBy(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${server.address}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

test("an address is proven by the link in the mail, and a forgotten password is chosen anew by another", async ({
  page,
  browser,
}) => {
  const email = freshEmail();
  await becomeUser(page, server.address, email);
  await page.goto(`${server.address}/settings`);
  await expect(section(page, "Profile")).toContainText("Not confirmed yet");
  await open(page, email, /Confirm your e-mail address/);
  await expect(page).toHaveURL(`${server.address}/verify-email`);
  await page.getByRole("button", { name: "This address is mine" }).click();
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();

  const elsewhere = await another(browser);
  await elsewhere.goto(`${server.address}/sign-in`);
  await elsewhere.getByRole("link", { name: "Forgot your password?" }).click();
  await elsewhere.getByLabel("E-mail").fill(email);
  await elsewhere.getByRole("button", { name: "Send the link" }).click();
  await expect(elsewhere.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
  await open(elsewhere, email, /Choose another password/);
  const field = elsewhere.getByLabel("New password");
  await field.fill("password1");
  await elsewhere.getByRole("button", { name: "Change password" }).click();
  await expect(field).toHaveAccessibleDescription(/^The new password is one of the most common passwords/);
  await field.fill(NEW_PASSWORD);
  await elsewhere.getByRole("button", { name: "Change password" }).click();
  await expect(elsewhere.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
  await page.goto(`${server.address}/history`);
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  await signInBy(elsewhere, email, NEW_PASSWORD);
  await expect(elsewhere.getByRole("button", { name: /^Account of/ })).toBeVisible();
  await elsewhere.goto(`${server.address}/reset-password#an-old-link`);
  await elsewhere.getByLabel("New password").fill(NEW_PASSWORD);
  await elsewhere.getByRole("button", { name: "Change password" }).click();
  await expect(elsewhere.getByRole("heading", { name: "This link does not work" })).toBeVisible();
});

test("a session elsewhere is seen and ended, and a key takes the password again when that was long ago", async ({
  page,
  browser,
}) => {
  const email = freshEmail();
  await becomeUser(page, server.address, email);
  const elsewhere = await another(browser);
  expect(await signInStatus(elsewhere, server.address, email, PASSWORD)).toBe(200);
  await page.goto(`${server.address}/settings#sessions`);
  const rows = section(page, "Sessions").getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "this one" })).toContainText("from 127.0.0.x, used just now");
  await rows.filter({ hasNotText: "this one" }).getByRole("button", { name: /^End/ }).click();
  await expect(rows).toHaveCount(1);
  await elsewhere.goto(`${server.address}/history`);
  await expect(elsewhere.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();

  // Ten minutes later, as the server would say it.
  const late = { error: { code: "confirmation_required", message: "Give it again.", details: [] } };
  await page.route("**/api/keys", (route) => route.fulfill({ status: 403, json: late }), { times: 1 });
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("textbox", { name: "Name" }).last().fill("nightly");
  await page.getByRole("button", { name: "Create key" }).click();
  const question = page.getByRole("dialog", { name: "Is it you?" });
  const field = question.getByLabel("Your password", { exact: true });
  await field.fill("not the password");
  await question.getByRole("button", { name: "Confirm" }).click();
  await expect(field).toHaveAccessibleDescription(/not the account's password/);
  await field.fill(PASSWORD);
  await question.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("dialog", { name: "Copy your key now" })).toBeVisible();
});

test(
  "with an authenticator app a sign-in takes a second step, and a recovery code stands in for the phone",
  ALL_ONLY,
  async ({ page, browser }) => {
    const email = freshEmail();
    await becomeUser(page, server.address, email);
    await page.goto(`${server.address}/settings#two-factor`);
    const part = section(page, "Two-factor sign-in");
    await part.getByRole("button", { name: "Set up" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("img", { name: /QR code/ })).toBeVisible();
    const secret = (await dialog.locator("code").innerText()).replaceAll(" ", "");
    const code = dialog.getByLabel("Code of the app");
    await code.fill(shownCode(secret, 20));
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await expect(code).toHaveAccessibleDescription(/^The code is wrong/);
    await code.fill(shownCode(secret, -1));
    await dialog.getByRole("button", { name: "Turn on" }).click();
    const kept = page.getByRole("dialog", { name: "Keep your recovery codes" });
    await expect(kept.getByRole("listitem")).toHaveCount(10);
    const recovery = await kept.getByRole("listitem").allInnerTexts();
    await kept.getByRole("button", { name: "I have kept them" }).click();
    await expect(part).toContainText("10 of 10 are left");

    const elsewhere = await another(browser);
    for (const typed of [shownCode(secret), recovery[0] ?? ""]) {
      await elsewhere.context().clearCookies();
      await signInBy(elsewhere, email, PASSWORD);
      await elsewhere.getByLabel("Code of your authenticator app").fill(typed);
      await elsewhere.getByRole("main").getByRole("button", { name: "Sign in" }).click();
      await expect(elsewhere.getByRole("button", { name: /^Account of/ })).toBeVisible();
    }
    await page.reload();
    await expect(part).toContainText("9 of 10 are left");
  },
);
