import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectClean, LOOKS } from "./looks";
import { OwnServer } from "./own-server";
import { becomeUser } from "./people";
import { createRunAt } from "./stored-runs";

const ADMIN = "admin@example.com";
const OWNER = "owner@example.com";
const server = new OwnServer();

test.beforeAll(() => server.start());
test.afterAll(() => server.dispose());

/** A picture in every look, with no axe violation and nothing wider than the window. `part` is scrolled to. */
async function looksGood(page: Page, name: string, part?: Locator): Promise<void> {
  const before = page.viewportSize();
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize(look.viewport);
    await part?.evaluate((element) => element.scrollIntoView());
    await page.screenshot({ path: `docs/screenshots/${name}-${look.name}.png`, animations: "disabled" });
    await expectClean(page);
  }
  if (before) await page.setViewportSize(before);
}

test("a guest reports a shared run, an admin takes it down by the keyboard, its owner reads why, and it is restored", async ({
  page: guest,
  browser,
}) => {
  test.setTimeout(120_000);
  const another = async () => (await browser.newContext()).newPage();
  const [owner, admin] = [await another(), await another()];
  await becomeUser(owner, server.address, OWNER);
  await becomeUser(admin, server.address, ADMIN);
  server.grantAdmin(ADMIN);
  const id = await createRunAt(server.address, owner, "print('Buy now!')", {
    title: "Cheap watches",
    visibility: "public",
  });

  await guest.goto(`${server.address}/r/${id}`);
  await guest.getByRole("button", { name: "Report" }).click();
  await guest.getByRole("button", { name: "Send report" }).click();
  await expect(guest.getByRole("dialog").getByRole("alert")).toHaveText("Choose what is wrong with it.");
  await guest.getByRole("radio", { name: "Spam or fraud" }).check();
  await guest.getByLabel("What should they know?").fill("The same on every page.");
  await looksGood(guest, "report");
  await guest.getByRole("button", { name: "Send report" }).click();
  await expect(guest.getByRole("dialog", { name: "Thank you" })).toBeVisible();

  await admin.goto(`${server.address}/admin`);
  const reports = admin.getByRole("region", { name: "Reports", exact: true });
  await expect(reports.getByText("The same on every page.")).toBeVisible();
  await looksGood(admin, "reports", reports);
  await reports.getByRole("button", { name: "Take down Cheap watches" }).focus();
  await admin.keyboard.press("Enter");
  const dialog = admin.getByRole("dialog", { name: "Take this run down?" });
  // What was reported is suggested.
  await expect(dialog.getByRole("radio", { name: "Spam or fraud" })).toBeChecked();
  await dialog.getByLabel("A note for its owner").fill("No advertisements here, please.");
  await dialog.getByRole("button", { name: "Take down" }).press("Enter");
  await expect(reports.getByText("Nothing is reported.")).toBeVisible();
  await expect(admin.getByRole("region", { name: "Audit log" })).toContainText(
    `${ADMIN} took down a run of ${OWNER}`,
  );

  for (const address of [`/r/${id}`, `/embed/${id}`]) {
    const gone = await guest.goto(`${server.address}${address}`);
    expect(gone?.status(), address).toBe(410);
    await expect(guest.getByRole("heading", { name: "This run was taken down" })).toBeVisible();
  }
  await looksGood(guest, "gone");

  const own = await owner.goto(`${server.address}/r/${id}`);
  expect(own?.status()).toBe(200);
  await expect(owner.getByRole("region", { name: "This run was taken down" })).toContainText(
    "No advertisements here, please.",
  );
  await expect(owner.getByRole("button", { name: "Share" })).toHaveCount(0);
  await looksGood(owner, "taken-down");
  await owner.goto(`${server.address}/history`);
  await expect(owner.getByRole("listitem").filter({ hasText: "Cheap watches" })).toContainText("Taken down");

  await reports.getByRole("radio", { name: "Decided" }).check();
  await reports.getByRole("button", { name: "Restore Cheap watches" }).click();
  await expect(reports.getByText("and restored since")).toBeVisible();
  expect((await guest.goto(`${server.address}/r/${id}`))?.status()).toBe(200);

  const log = admin.getByRole("region", { name: "Audit log" });
  await log.getByLabel("Kind of entry").selectOption("admin_run_restored");
  await expect(log.getByRole("listitem")).toHaveCount(1);
  await expect(log.getByRole("listitem")).toContainText(/127\.0\.0\.1, Chrome \d+ on Linux/);
  await looksGood(admin, "audit", log);
  await log.getByRole("button", { name: "Export" }).click();
  const download = admin.waitForEvent("download");
  await log.getByRole("menuitem", { name: "CSV" }).click();
  expect((await download).suggestedFilename()).toBe("quicksand-audit.csv");
});
