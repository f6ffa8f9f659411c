import { type Browser, expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { OwnServer } from "./own-server";
import { becomeUser, freshEmail, PASSWORD, signInStatus } from "./people";
import { ALL_ONLY } from "./sample";

const FREE_RUNS = 3;
const server = new OwnServer({
  QUICKSAND_PLANS: JSON.stringify({
    guest: { runsPerDay: 500, runsPerMinute: 500 },
    free: { runsPerDay: FREE_RUNS },
  }),
});

// Not a whole-hour offset from UTC, so that a time in the wrong zone is noticed.
test.use({ timezoneId: "Asia/Kolkata" });
test.beforeAll(() => server.start());
test.afterAll(() => server.dispose());

const accountButton = (page: Page) => page.getByRole("button", { name: /^Account of/ });
const signInLink = (page: Page) => page.getByRole("banner").getByRole("link", { name: "Sign in" });
const runsInHistory = (page: Page) => page.getByRole("listitem").filter({ has: page.getByRole("checkbox") });

async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
}

async function tryToSignIn(page: Page, email: string, password: string): Promise<void> {
  await fillIn(page, email, password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

async function another(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** At the editor, and at the address of its program where that has one. */
async function expectEditor(page: Page): Promise<void> {
  await expect(page).toHaveURL(
    (url) => url.origin === server.address && /^\/(p\/[\w-]{22})?$/.test(url.pathname),
  );
}

test("a guest's runs come along into the account, the quota says when to come back, and signing out hides them", async ({
  page,
}) => {
  test.setTimeout(150_000);
  const ide = new Ide(page);
  await ide.open(server.address);
  await ide.runProgram("print('as a guest')", "x");
  await expect(ide.output).toContainText("as a guest");

  await signInLink(page).click();
  await page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
  await expect(page.getByText("What you have run in this browser comes with you")).toBeVisible();
  await page.getByLabel("Name").fill("Ada Lovelace");
  await fillIn(page, freshEmail(), PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(accountButton(page)).toBeVisible();
  await expectEditor(page);

  await accountButton(page).click();
  await expect(page.getByRole("menu", { name: "Account" })).toContainText("Free plan");
  await page.getByRole("menuitem", { name: "History" }).click();
  await expect(runsInHistory(page)).toHaveCount(1);
  await expect(runsInHistory(page)).toContainText("as a guest");

  await ide.open(server.address);
  for (let run = 1; run <= FREE_RUNS; run++) {
    await ide.runProgram(`print('as a user', ${run})`, "x");
    await expect(ide.output).toContainText(`as a user ${run}`);
  }
  await expect(page.getByText(/^No runs left today, more (tomorrow )?at 05:30$/)).toBeVisible();
  await ide.run.click();
  const refusal = ide.result.getByRole("alert");
  await expect(refusal).toContainText("Today's runs are used up");
  await expect(refusal).toContainText(`All ${FREE_RUNS} runs of today on the free plan are used`);
  // 00:00 UTC by the viewer's clock, and not in the server's words.
  await expect(refusal).toContainText(/You can run programs again (tomorrow )?at 05:30\./);
  await expect(refusal).not.toContainText("UTC");
  await expect(ide.result.getByRole("timer")).toHaveText(/^in \d+ (h \d\d min|min \d\d s)$/);
  await expect(page.getByRole("button", { name: "Try again" })).toBeDisabled();
  await expect(page.getByText(/^No runs left today/)).toBeVisible();

  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(signInLink(page)).toBeVisible();
  // What the program printed; the draft in the editor belongs to the browser and stays.
  await expect(page.locator(".monaco-editor .view-line").first()).toBeVisible();
  await expect(page.getByText(`as a user ${FREE_RUNS}`)).toHaveCount(0);
  await page.goto(`${server.address}/history`);
  await expect(page.getByText("Nothing was run yet")).toBeVisible();
  const kept = await page.request.get(`${server.address}/api/runs`);
  expect(((await kept.json()) as { runs: unknown[] }).runs).toEqual([]);
});

test("a wrong password and an address without an account are told in the same words", async ({ page }) => {
  const email = freshEmail();
  await page.request.post(`${server.address}/api/account`, { data: { email, password: PASSWORD } });
  await page.goto(`${server.address}/sign-in`);
  const problem = page.getByRole("main").getByRole("alert");
  for (const tried of [email, freshEmail()]) {
    await page.reload();
    await tryToSignIn(page, tried, "not the password");
    await expect(problem).toHaveText("The e-mail address or the password is wrong.");
  }
  await expect(page.getByLabel("E-mail")).not.toHaveValue("");
  await expect(signInLink(page)).toHaveCount(0);
});

test("after some wrong passwords the page counts down to when to try again", ALL_ONLY, async ({ page }) => {
  const email = freshEmail();
  // The page first: on a busy machine it takes longer to come than one has to wait after these.
  await page.goto(`${server.address}/sign-in`);
  for (let attempt = 0; attempt < 7; attempt++) {
    await signInStatus(page, server.address, email, "not the password");
  }
  await tryToSignIn(page, email, "not the password");
  const problem = page.getByRole("main").getByRole("alert");
  await expect(problem).toContainText("There were too many wrong passwords.You can try again");
  await expect(page.getByRole("main").getByRole("timer")).toContainText(/\d+ s to go/);
  const button = page.getByRole("main").getByRole("button", { name: "Sign in" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(problem).toContainText("You can try again now.", { timeout: 30_000 });
  await expect(button).toHaveAttribute("aria-disabled", "false");
});

test(
  "signing up with an address that may be taken says what helps, and not whether it is",
  ALL_ONLY,
  async ({ page }) => {
    const email = freshEmail();
    await page.request.post(`${server.address}/api/account`, { data: { email, password: PASSWORD } });
    await page.goto(`${server.address}/sign-up?next=/history`);
    await fillIn(page, email, "another long password");
    await page.getByRole("button", { name: "Sign up" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText(
      "If you already have an account with this address, sign in with its password",
    );
    await page.getByRole("link", { name: "sign in with its password" }).click();
    // The address comes along, and so does where to go.
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`${server.address}/history`);
    await expect(accountButton(page)).toBeVisible();
  },
);

test("fields say what is wrong with them, and the first one is gone to", async ({ page }) => {
  await page.goto(`${server.address}/sign-up`);
  await page.getByRole("button", { name: "Sign up" }).click();
  const email = page.getByLabel("E-mail");
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription("Type your e-mail address.");
  await fillIn(page, "nonsense", "short");
  await page.keyboard.press("Enter");
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription(/^This is no e-mail address/);
  const password = page.getByLabel("Password", { exact: true });
  await expect(password).toHaveAccessibleDescription("The password has 5 characters; use at least 8.");
  await password.fill("long enough");
  await expect(password).toHaveAccessibleDescription(/^At least 8 characters/);
  await page.getByRole("button", { name: "Show the password" }).click();
  await expect(password).toHaveAttribute("type", "text");
});

test("a form is sent once, however often it is submitted meanwhile", ALL_ONLY, async ({ page }) => {
  const sent: string[] = [];
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/account", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    sent.push(route.request().postData() ?? "");
    await held;
    await route.continue();
  });
  await page.goto(`${server.address}/sign-up`);
  await fillIn(page, freshEmail(), PASSWORD);
  const button = page.getByRole("main").getByRole("button", { name: "Sign up" });
  await button.evaluate((element: HTMLButtonElement) => {
    // In one tick, before React has rendered anything.
    element.form?.requestSubmit();
    element.form?.requestSubmit();
  });
  await expect(button).toHaveAttribute("aria-busy", "true");
  await page.getByLabel("Password", { exact: true }).press("Enter");
  answer();
  await expect(accountButton(page)).toBeVisible();
  expect(sent).toHaveLength(1);
});

test("nobody is sent to another site after signing in", async ({ page }) => {
  const email = freshEmail();
  await page.request.post(`${server.address}/api/account`, { data: { email, password: PASSWORD } });
  await page.goto(`${server.address}/sign-in?next=//elsewhere.example/path`);
  await tryToSignIn(page, email, PASSWORD);
  await expect(accountButton(page)).toBeVisible();
  await expectEditor(page);
  // Who is signed in already goes on at once.
  await page.goto(`${server.address}/sign-in?next=/history`);
  await expect(page).toHaveURL(`${server.address}/history`);
});

test("a password that is changed ends the sessions elsewhere", ALL_ONLY, async ({ page, browser }) => {
  const email = freshEmail();
  await becomeUser(page, server.address, email);
  const elsewhere = await another(browser);
  expect(await signInStatus(elsewhere, server.address, email, PASSWORD)).toBe(200);
  await elsewhere.goto(`${server.address}/history`);
  await expect(accountButton(elsewhere)).toBeVisible();

  const changed = await page.request.post(`${server.address}/api/account/password`, {
    data: { currentPassword: PASSWORD, newPassword: `${PASSWORD}, another` },
  });
  expect(changed.status()).toBe(200);
  await elsewhere.reload();
  await expect(signInLink(elsewhere)).toBeVisible();
  await page.goto(`${server.address}/history`);
  await expect(accountButton(page)).toBeVisible();
});

test("nothing in the header moves when it is known who the viewer is", ALL_ONLY, async ({ page }) => {
  await becomeUser(page, server.address, freshEmail());
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/account", async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto(`${server.address}/history`);
  const theme = page.getByRole("button", { name: "Theme" });
  await expect(page.getByText("Nothing was run yet")).toBeVisible();
  await expect(accountButton(page)).toHaveCount(0);
  await expect(signInLink(page)).toHaveCount(0);
  const before = await theme.boundingBox();
  answer();
  await expect(accountButton(page)).toBeVisible();
  expect(await theme.boundingBox()).toEqual(before);
});
