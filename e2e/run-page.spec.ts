import { expect, test } from "@playwright/test";
import { createRun } from "./stored-runs";

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a run's page shows its code and its result", async ({ page }) => {
    const code = "print('\\033[31mhello\\033[0m <b id=injected>bold</b>')";
    const id = await createRun(page, { language: "python", code }, { title: "<i id=injected>Title</i>" });
    await page.goto(`/r/${id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("<i id=injected>Title</i>");
    await expect(page.getByRole("region", { name: "Code" }).locator(".hljs-string")).toBeVisible();
    const output = page.getByRole("region", { name: "Output", exact: true });
    await expect(output).toHaveText(/hello <b id=injected>bold<\/b>/);
    await expect(output.locator("span", { hasText: "hello" })).toHaveCSS("color", "rgb(191, 43, 43)");
    await expect(page.locator("#injected")).toHaveCount(0);
  });
});

test("only a public run is for search engines, and no run's address goes along to other sites", async ({
  page,
}) => {
  const id = await createRun(page, { language: "bash", code: "echo hi" });
  const robots = page.locator('meta[name="robots"]');
  for (const visibility of ["private", "unlisted", "public"]) {
    await page.request.patch(`/api/runs/${id}`, { data: { visibility } });
    const answer = await page.goto(`/r/${id}`);
    expect(answer?.headers()["referrer-policy"]).toBe("no-referrer");
    await expect(robots).toHaveAttribute(
      "content",
      visibility === "public" ? "index, follow" : "noindex, nofollow",
    );
  }
  await expect(page.locator('meta[property="og:image"]')).toHaveAttribute(
    "content",
    /\/r\/.+opengraph-image/,
  );
  const image = await page.request.get(`/r/${id}/opengraph-image`);
  expect(image.headers()["content-type"]).toBe("image/png");
});

test("a private run and one that never was are one and the same to somebody else", async ({
  page,
  request,
}) => {
  const id = await createRun(page, { language: "bash", code: "echo secret" });
  const absent = "A".repeat(id.length);
  for (const path of ["/r/ID", "/embed/ID", "/r/ID/raw", "/r/ID/opengraph-image"]) {
    const hidden = await request.get(path.replace("ID", id));
    const nothing = await request.get(path.replace("ID", absent));
    expect(hidden.status(), path).toBe(404);
    expect(nothing.status(), path).toBe(404);
    const bare = (text: string) => text.replaceAll(id, "ID").replaceAll(absent, "ID").length;
    expect(bare(await hidden.text()), path).toBe(bare(await nothing.text()));
  }
});

test("an embed can be framed by any site, sets no cookie, and takes its theme from the address", async ({
  page,
  request,
}) => {
  const id = await createRun(page, { language: "bash", code: "echo framed" }, { visibility: "unlisted" });
  const answer = await request.get(`/embed/${id}`);
  expect(answer.headers()["content-security-policy"]).toContain("frame-ancestors *");
  expect(answer.headers()["set-cookie"]).toBeUndefined();
  expect((await request.get(`/r/${id}`)).headers()["content-security-policy"]).toContain(
    "frame-ancestors 'none'",
  );
  const surface = page.locator("header");
  await page.goto(`/embed/${id}?theme=dark`);
  await expect(surface).toHaveCSS("background-color", "rgb(21, 20, 19)");
  await page.goto(`/embed/${id}?theme=light`);
  await expect(surface).toHaveCSS("background-color", "rgb(255, 255, 255)");
});
