import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { createRun } from "./stored-runs";

/* A program in another site's page that readers can change and run. */

let site: Server;
let html = "";

test.beforeAll(async () => {
  site = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(html);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
});

test.afterAll(() => new Promise((resolve) => site.close(resolve)));

/** Another site than the server's own, to the browser. */
const siteUrl = () => `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;

test("an embedded program can be changed and run, as a guest and not as who owns it", async ({
  page,
  baseURL,
}) => {
  const program = { language: "python", code: "print('as shared', input())", stdin: "one\n" };
  const id = await createRun(page, program, { visibility: "unlisted" });
  html = `<!doctype html><title>A course</title><iframe src="${baseURL}/embed/${id}?edit=1&amp;theme=dark" title="Program" width="700" height="520"></iframe>`;
  const cookies: Promise<string | undefined>[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/editor/run"))
      cookies.push(request.allHeaders().then(({ cookie }) => cookie));
  });
  await page.goto(siteUrl());
  const frame = page.frameLocator("iframe");
  const result = frame.getByRole("region", { name: "Result" });
  await expect(result).toContainText("as shared one");
  const code = frame.getByRole("textbox", { name: "Code" });
  await code.fill("print('changed', input())");
  await frame.getByRole("textbox", { name: "Standard input" }).fill("two");
  await frame.getByRole("button", { name: "Run" }).click();
  await expect(result.getByRole("status")).toHaveText("Success");
  await expect(result).toContainText("changed two");
  expect(await Promise.all(cookies)).toEqual([undefined]);
  // Nothing of it is the owner's, whose cookie this browser has.
  const { runs } = (await (await page.request.get(`${baseURL}/api/runs`)).json()) as {
    runs: { id: string }[];
  };
  expect(runs.map((run) => run.id)).toEqual([id]);

  await frame.getByRole("button", { name: "Reset" }).click();
  await expect(code).toHaveValue(program.code);
});

test("in a page of its own it runs as a guest, too; Stop ends it, and Tab leaves the code after Escape", async ({
  page,
}) => {
  const program = { language: "python", code: "import time" };
  const id = await createRun(page, program, { visibility: "unlisted" });
  // A browser that has the page long before its scripts.
  await page.route("**/_next/static/**/*.js", async (route) => {
    await setTimeout(500);
    await route.continue();
  });
  await page.goto(`/embed/${id}?edit=1`, { waitUntil: "commit" });
  const code = page.getByRole("textbox", { name: "Code" });
  await expect(code).toBeEditable();
  await code.press("ControlOrMeta+End");
  await code.press("Enter");
  await code.pressSequentially("while True:");
  await code.press("Enter");
  await code.press("Tab");
  await code.pressSequentially("time.sleep(1)");
  await expect(code).toHaveValue("import time\nwhile True:\n    time.sleep(1)");
  await code.press("Escape");
  await code.press("Tab");
  await expect(code).not.toBeFocused();
  await page.getByRole("button", { name: "Run" }).click();
  const stop = page.getByRole("button", { name: "Stop" });
  await expect(page.getByRole("status")).toHaveText("Running…");
  await stop.click();
  await expect(page.getByRole("status")).toHaveText("Stopped");
  await expect(page.getByRole("button", { name: "Run" })).toBeFocused();
  const { runs } = (await (await page.request.get("/api/runs")).json()) as { runs: { id: string }[] };
  expect(runs.map((run) => run.id)).toEqual([id]);
});

test("the embed code has what was chosen for it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const id = await createRun(page, { language: "bash", code: "echo hi" }, { visibility: "unlisted" });
  await page.goto(`/r/${id}`);
  await page.getByRole("button", { name: "Embed" }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByRole("checkbox", { name: /change it and run it/ }).check();
  await page.getByRole("button", { name: "Copy embed code" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain(`/embed/${id}?theme=dark&amp;edit=1"`);
});
