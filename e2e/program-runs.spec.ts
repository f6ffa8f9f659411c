import { expect, test } from "@playwright/test";
import { Ide } from "./ide";

test("a fresh visitor types and presses Run at once: the run is the program's, also before that is saved", async ({
  page,
}) => {
  const ide = new Ide(page);
  await ide.open();
  let goOn = () => {};
  const ran = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route("**/api/programs", async (route) => {
    if (route.request().method() === "POST") await ran;
    await route.continue();
  });
  await ide.write("print('before the save')");
  const sent = page.waitForRequest((request) => request.url().includes("/api/editor/run"));
  await ide.run.click();
  const { programId } = (await sent).postDataJSON() as { programId?: string };
  expect(programId).toMatch(/^[\w-]{22}$/);
  await expect(ide.output).toContainText("before the save");
  expect((await page.request.get(`/api/programs/${programId}`)).status()).toBe(404);
  goOn();
  await expect(page).toHaveURL(`/p/${programId}`);
  const listed = async () =>
    (
      (await (await page.request.get("/api/runs")).json()) as { runs: { id: string; programId: string }[] }
    ).runs.map((run) => run.programId);
  expect(await listed()).toEqual([programId]);
  await page.getByRole("button", { name: /^Program: / }).click();
  await page.getByRole("menuitem", { name: "Its runs" }).click();
  await expect(page.getByRole("button", { name: /Runs of one program/ })).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
});
