import { expect, test } from "@playwright/test";
import { openReceiver } from "../lib/webhooks/testing/receiver";
import { OwnServer } from "./own-server";
import { becomeUser, freshEmail } from "./people";
import { ALL_ONLY } from "./sample";

// Its receiver is on this machine.
const server = new OwnServer({ QUICKSAND_WEBHOOK_TARGETS: "any" });

test.beforeAll(() => server.start());
test.afterAll(() => server.dispose());

test(
  "a run that the API's page starts is told to a webhook, which fails once, and the log of it says so",
  ALL_ONLY,
  async ({ page }) => {
    const receiver = await openReceiver();
    receiver.answer(500, 204);
    await becomeUser(page, server.address, freshEmail());

    await page.goto(`${server.address}/settings`);
    await page.getByLabel("New webhook").fill(receiver.url);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const secret = page.getByRole("dialog", { name: "Copy the secret now" });
    await expect(secret).toContainText(/whsec_[\w+/]+=*/);
    await page.keyboard.press("Escape");

    await page.goto(`${server.address}/docs/api#submitRun`);
    const endpoint = page.locator("#submitRun");
    await endpoint.locator("summary").first().click();
    await endpoint.getByRole("button", { name: "Try it" }).click();
    await endpoint.getByRole("button", { name: "Send" }).click();
    await expect(endpoint).toContainText("202 Accepted");

    await receiver.until(2);
    const [first, second] = receiver.received;
    expect(first?.headers["webhook-id"]).toBe(second?.headers["webhook-id"]);
    expect(second?.headers["webhook-signature"]).toMatch(/^v1,/);
    await page.goto(`${server.address}/settings`);
    const webhooks = page.getByRole("region", { name: "Webhooks", exact: true });
    await webhooks.getByText("Deliveries").click();
    // The receiver has it a moment before the log does.
    await expect(async () => {
      await webhooks.getByRole("button", { name: "Refresh" }).click();
      await expect(webhooks).toContainText("was delivered", { timeout: 1_000 });
    }).toPass();
    await expect(webhooks).toContainText("It answered 500.");
    await expect(webhooks).toContainText("204, taken");
    await receiver.close();
  },
);
