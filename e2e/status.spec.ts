import { expect, type Page, test } from "@playwright/test";
import { type EngineProxy, engineProxy } from "../lib/sandbox/testing/engine-proxy";
import { accessViolations } from "./accessible";
import { OwnServer } from "./own-server";
import { becomeUser } from "./people";
import { ALL_ONLY } from "./sample";

const ADMIN = "ada@example.com";
let engine: EngineProxy;
let server: OwnServer;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  engine = await engineProxy();
  server = new OwnServer({ DOCKER_HOST: engine.host });
  await server.start();
});
test.afterAll(async () => {
  await server?.dispose();
  await engine?.close();
});

const overall = (page: Page) => page.getByRole("main").getByRole("status");
const part = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });

/** No axe violation, and nothing wider than the window, in both themes on a desktop and on a phone. */
async function isCleanEverywhere(page: Page, picture: string): Promise<void> {
  for (const [suffix, viewport] of [
    ["", { width: 1280, height: 800 }],
    ["-phone", { width: 390, height: 844 }],
  ] as const) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator(`html.${colorScheme}`)).toBeAttached();
      expect(await accessViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
      await page.screenshot({ path: `docs/screenshots/${picture}-${colorScheme}${suffix}.png` });
    }
  }
}

test("the status page tells by itself when Docker goes, what to do, and when it is back", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const run = await page.request.post(`${server.address}/api/editor/run`, {
    data: { language: "python", code: "print(1)" },
  });
  expect(run.status()).toBe(200);

  await page.goto(server.address);
  await page.getByRole("contentinfo").getByRole("link", { name: "Status" }).click();
  await expect(page).toHaveURL(/\/status$/);
  await expect(overall(page)).toHaveText("Everything works");
  for (const name of ["Sandboxes", "Isolation", "Languages", "Database", "Queue"])
    await expect(part(page, name)).toContainText("Works");
  await expect(page.getByText("Runs in this hour")).toBeVisible();
  await expect(page.getByRole("figure", { name: /^Runs per minute/ })).toContainText("1 run");
  await expect(page.getByRole("figure", { name: /^Until a program starts/ }).locator("canvas")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Versions" })).toHaveCount(0);
  await isCleanEverywhere(page, "status");

  await engine.stop();
  await expect(overall(page)).toHaveText("Programs cannot be run now");
  await expect(part(page, "Sandboxes")).toContainText("Does not work");
  await expect(part(page, "Sandboxes")).toContainText(/Docker is not running/);
  await expect(part(page, "Isolation")).toContainText("Cannot be told now");
  await expect(part(page, "Database")).toContainText("Works");
  await isCleanEverywhere(page, "status-docker-away");

  await engine.start();
  await expect(overall(page)).toHaveText("Everything works");
});

test(
  "a server that is gone is told as that, with what was known; and it is asked until it is back",
  ALL_ONLY,
  async ({ page }) => {
    test.setTimeout(120_000);
    await page.goto(`${server.address}/status`);
    await expect(overall(page)).toHaveText("Everything works");
    await server.kill();
    await expect(overall(page)).toHaveText("The server does not answer");
    await expect(page.getByText("What follows is what the server said when it last answered.")).toBeVisible();
    await expect(
      page.getByRole("alert").filter({ hasText: "Check that Quicksand is still running" }),
    ).toBeVisible();
    await isCleanEverywhere(page, "status-unreachable");
    await server.start();
    await expect(overall(page)).toHaveText("Everything works");
  },
);

test("an admin is told the versions", ALL_ONLY, async ({ page }) => {
  await becomeUser(page, server.address, ADMIN);
  await page.goto(`${server.address}/status`);
  await expect(overall(page)).toHaveText("Everything works");
  await expect(page.getByRole("heading", { name: "Versions" })).toHaveCount(0);
  server.grantAdmin(ADMIN);
  await expect(page.getByRole("heading", { name: "Versions" })).toBeVisible();
  await expect(page.getByText(process.versions.node)).toBeVisible();
});
