import { type Browser, expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { OwnServer } from "./own-server";
import { becomeUser, freshEmail, PASSWORD, signInStatus } from "./people";
import { ALL_ONLY } from "./sample";
import { createRunAt } from "./stored-runs";

const ADMIN = "admin@example.com";
const server = new OwnServer();
const MAIN_PROGRAM = { language: "python", code: "print(6 * 7)" };

test.beforeAll(() => server.start());
test.afterAll(() => server.dispose());

async function another(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const choose = (page: Page, group: string, choice: string) =>
  page.getByRole("group", { name: group }).getByRole("radio", { name: choice }).check();

async function openSettings(page: Page): Promise<void> {
  await page.goto(`${server.address}/settings`);
  await expect(section(page, "Your data")).toBeVisible();
}

async function expectEditor(page: Page, { fontSize }: { fontSize: string }): Promise<void> {
  await new Ide(page).open(server.address);
  await expect(page.locator(".monaco-editor .view-line").first()).toHaveCSS("font-size", fontSize);
  await expect(page.locator("html")).toHaveClass(/dark/);
  // The handle between two panes above each other lies.
  await expect(page.getByRole("separator", { name: "Resize editor and output" })).toHaveAttribute(
    "aria-orientation",
    "horizontal",
  );
}

async function setUpEditor(page: Page): Promise<void> {
  await openSettings(page);
  await choose(page, "Theme", "Dark");
  await choose(page, "Output", "Below");
  await choose(page, "Tab width", "2");
  await page.getByRole("button", { name: "Larger" }).click({ clickCount: 6 });
  await expect(section(page, "Editor").getByText("20 px")).toBeVisible();
}

test("a guest's preferences take effect at once and survive a reload", async ({ page }) => {
  await setUpEditor(page);
  await expect(page.locator("html")).toHaveClass(/dark/);
  await expectEditor(page, { fontSize: "20px" });
  await page.reload();
  await expectEditor(page, { fontSize: "20px" });
  // The header's menu and the settings are one and the same.
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitemradio", { name: "Light" }).click();
  await openSettings(page);
  await expect(page.getByRole("radio", { name: "Light" })).toBeChecked();
});

test("Vim's and Emacs' keys work in the editor", ALL_ONLY, async ({ page }) => {
  await openSettings(page);
  await choose(page, "Key map", "Vim");
  const ide = new Ide(page);
  await ide.open(server.address);
  await expect(page.getByText("--NORMAL--")).toBeVisible();
  await page.locator(".monaco-editor .view-lines").first().click();
  await page.keyboard.type("ggdGiprint('by vim')");
  await page.keyboard.press("Escape");
  await page.keyboard.type("yyp");
  await page.keyboard.press("Control+Enter");
  await expect(ide.output).toHaveText(/by vim\s*by vim/);

  await openSettings(page);
  await choose(page, "Key map", "Emacs");
  await ide.open(server.address);
  await expect(page.getByText("--NORMAL--")).toHaveCount(0);
  await page.locator(".monaco-editor .view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+End");
  for (const key of ["Control+a", "Control+k", "Control+y", "Enter", "Control+y"]) {
    await page.keyboard.press(key);
  }
  await expect(page.locator(".monaco-editor .view-lines").first()).toHaveText(/by\svim.*by\svim.*by\svim/s);
});

test(
  "a user's preferences follow them into another browser, and a guest's come back after signing out",
  ALL_ONLY,
  async ({ page, browser }) => {
    const email = freshEmail();
    await openSettings(page);
    await choose(page, "Tab width", "8");
    await becomeUser(page, server.address, email);
    const saved = page.waitForResponse((answer) => answer.url().endsWith("/api/account/preferences"));
    await setUpEditor(page);
    expect((await saved).status()).toBe(200);
    await expectEditor(page, { fontSize: "20px" });

    const elsewhere = await another(browser);
    expect(await signInStatus(elsewhere, server.address, email, PASSWORD)).toBe(200);
    await expectEditor(elsewhere, { fontSize: "20px" });
    await openSettings(elsewhere);
    await expect(elsewhere.getByRole("group", { name: "Tab width" }).getByLabel("2")).toBeChecked();

    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
    await openSettings(page);
    await expect(page.getByRole("group", { name: "Tab width" }).getByLabel("8")).toBeChecked();
    await expect(page.locator("html")).not.toHaveClass(/dark/);
  },
);

test(
  "what the account does not take over is told, kept, and sent with the next page",
  ALL_ONLY,
  async ({ page }) => {
    await becomeUser(page, server.address, freshEmail());
    await page.route("**/api/account/preferences", (route) => route.abort());
    await openSettings(page);
    await choose(page, "Tab width", "8");
    await expect(page.getByText("Your account did not take the preferences over")).toBeVisible();
    await page.unroute("**/api/account/preferences");
    const saved = page.waitForResponse((answer) => answer.url().endsWith("/api/account/preferences"));
    await openSettings(page);
    expect(await (await saved).json()).toMatchObject({ tabWidth: 8 });
  },
);

test("the name is changed in its place, and an empty one is refused", ALL_ONLY, async ({ page }) => {
  await becomeUser(page, server.address, freshEmail());
  await openSettings(page);
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill(" ");
  await expect(name).toHaveAccessibleDescription("The name is empty; type one.");
  await name.fill("Ada Lovelace");
  await name.press("Enter");
  await expect(page.getByText("Name saved")).toBeVisible();
  await expect(page.getByRole("button", { name: "Account of Ada Lovelace" })).toBeVisible();
});

test("the password is changed here, with the current one", ALL_ONLY, async ({ page }) => {
  const email = freshEmail();
  await becomeUser(page, server.address, email);
  await openSettings(page);
  await expect(page.getByRole("region", { name: "Profile" })).toContainText(/Ways to sign in\s*Password/);
  await page.getByRole("button", { name: "Change password" }).click();
  const form = page.getByRole("form", { name: "Change password" });
  const current = form.getByLabel("Current password");
  await current.fill("not the password");
  await form.getByLabel("New password").fill("another long password");
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(current).toHaveAccessibleDescription("The current password is not the account's password.");
  await current.fill(PASSWORD);
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Password changed")).toBeVisible();
  await expect(form).toHaveCount(0);
  expect(await signInStatus(page, server.address, email, "another long password")).toBe(200);
});

test("an API key is made, shown once, used by a program, and revoked", async ({ page }) => {
  await becomeUser(page, server.address, freshEmail());
  await openSettings(page);
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("nightly tests");
  await dialog.getByText("Limits of its own").click();
  await dialog.getByLabel("Runs a day").fill("1");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const key = await dialog.getByLabel("Key", { exact: true }).inputValue();
  expect(key).toMatch(/^qs_/);
  await expect(dialog.getByText(`Authorization: Bearer ${key}`)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(key)).toHaveCount(0);

  const asProgram = () =>
    fetch(`${server.address}/api/editor/run`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(MAIN_PROGRAM),
    });
  const used = await asProgram();
  expect(used.status).toBe(200);
  expect(await used.json()).toMatchObject({ status: "success", output: { stdout: "42\n" } });
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: "nightly tests" });
  await expect(row).toContainText("just now");
  await expect(row).toContainText("At most 1 run a day");
  expect((await asProgram()).status, "the key has a ceiling of its own").toBe(429);

  await row.getByRole("button", { name: "Revoke nightly tests" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("No keys yet")).toBeVisible();
  expect((await asProgram()).status).toBe(401);
});

test("an account is deleted with everything of it, after its address and password were typed", async ({
  page,
}) => {
  const email = freshEmail();
  await becomeUser(page, server.address, email);
  const kept = await page.request.post(`${server.address}/api/editor/run`, { data: MAIN_PROGRAM });
  const { id } = (await kept.json()) as { id: string };
  await openSettings(page);
  await page.getByRole("button", { name: "Delete account…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Your e-mail address").fill("somebody.else@example.com");
  await dialog.getByLabel("Your password").fill("not the password");
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(dialog.getByLabel("Your e-mail address")).toHaveAccessibleDescription(/^This is not /);
  await dialog.getByLabel("Your e-mail address").fill(email);
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(dialog.getByLabel("Your password")).toHaveAccessibleDescription(
    /is not the account's password/,
  );
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(page).toHaveURL(`${server.address}/`);
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  expect((await page.request.get(`${server.address}/api/runs/${id}`)).status()).toBe(404);
  expect(await signInStatus(page, server.address, email, PASSWORD)).toBe(401);
});

test(
  "an admin suspends a user, whose session then no longer works, and it is in the log",
  ALL_ONLY,
  async ({ page, browser }) => {
    const email = freshEmail();
    const theirs = await another(browser);
    await becomeUser(theirs, server.address, email);
    await theirs.goto(`${server.address}/admin`);
    await expect(theirs.getByText("There is nothing at this address")).toBeVisible();

    await becomeUser(page, server.address, ADMIN);
    server.grantAdmin(ADMIN);
    await page.goto(`${server.address}/admin`);
    await page.getByLabel("Search address and name").fill(email);
    const rows = section(page, "Accounts").getByRole("row");
    const row = rows.filter({ hasText: email });
    await expect(rows).toHaveCount(2);
    await row.getByRole("button", { name: /^Plan of/ }).click();
    await page.getByRole("menuitemradio", { name: "Pro plan" }).click();
    await expect(row.getByRole("button", { name: /Pro plan$/ })).toBeVisible();

    await row.getByRole("button", { name: /^Actions for/ }).click();
    await page.getByRole("menuitem", { name: "Suspend…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
    await expect(row).toContainText("suspended");
    await expect(section(page, "Audit log")).toContainText(`${ADMIN} suspended ${email}`);
    await expect(section(page, "Audit log")).toContainText("free → pro");

    const account = await theirs.request.get(`${server.address}/api/account`);
    expect(await account.json()).toMatchObject({ kind: "guest", user: null });
    expect(await signInStatus(theirs, server.address, email, PASSWORD)).not.toBe(200);

    // Not to oneself: somebody must be left to undo it.
    await page.getByLabel("Search address and name").fill(ADMIN);
    await expect(rows.filter({ hasText: "you" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Actions for/ })).toHaveCount(0);
  },
);

test(
  "the narrowest phones scroll the settings down only, with runs in their chart",
  ALL_ONLY,
  async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await createRunAt(server.address, page, "print(1)", { title: "one" });
    await page.goto(`${server.address}/settings`);
    await expect(page.locator(".uplot canvas")).toBeVisible();
    const sideways = () => {
      const main = document.querySelector("main");
      return main ? main.scrollWidth - main.clientWidth : null;
    };
    expect(await page.evaluate(sideways)).toBe(0);
  },
);
