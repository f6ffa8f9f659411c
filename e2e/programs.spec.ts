import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { becomeUser, freshEmail } from "./people";
import { ALL_ONLY } from "./sample";
import { createRun, leaveDraft } from "./stored-runs";

const editor = (page: Page) => page.locator(".monaco-editor");
const title = (page: Page) => page.getByRole("button", { name: /^Program: / });
const rows = (page: Page) => page.getByRole("list", { name: "Programs" }).getByRole("listitem");

async function saved(page: Page): Promise<void> {
  await expect(page.getByText("Saved", { exact: true })).toBeAttached();
  await expect(page).toHaveURL(/\/p\/[\w-]{22}$/);
}

async function write(page: Page, code: string): Promise<Ide> {
  const ide = new Ide(page);
  await ide.open();
  await ide.write(code);
  await saved(page);
  return ide;
}

async function choose(page: Page, item: string): Promise<void> {
  await title(page).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** A page of the same person in another browser. */
async function elsewhere(browser: Browser, context: BrowserContext): Promise<Page> {
  const other = await browser.newContext();
  await other.addCookies(await context.cookies());
  return other.newPage();
}

test("what is typed is saved with an address and a title, and is there after reload, by its address and by Back", async ({
  page,
  browser,
  context,
}) => {
  const ide = await write(page, "import sys\n\ndef solve(n):");
  await expect(title(page)).toHaveAccessibleName("Program: def solve(n)");
  const first = page.url();
  await page.reload();
  await ide.ready();
  await expect(editor(page)).toContainText("def solve(n):");
  await choose(page, "New program");
  await expect(title(page)).toHaveAccessibleName("Program: Python sample");
  await ide.write("# Second one");
  await saved(page);
  await expect(page).not.toHaveURL(first);
  await ide.choose("Bash");
  await expect(page).toHaveURL("/");
  await page.goBack();
  await expect(editor(page)).toContainText("Second one");
  await page.goBack();
  await expect(editor(page)).toContainText("def solve(n):");
  await expect(page).toHaveURL(first);

  const other = await elsewhere(browser, context);
  await new Ide(other).open(first);
  await expect(editor(other)).toContainText("def solve(n):");
  await other.context().clearCookies();
  const response = await other.goto(first);
  expect(response?.status()).toBe(404);
  await expect(other.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  await other.context().close();
});

test("a sample is no program, and a title that was typed stays", ALL_ONLY, async ({ page }) => {
  const ide = new Ide(page);
  await ide.open();
  await ide.run.click();
  await expect(ide.status).toContainText("Success");
  const listed = async () =>
    (await (await page.request.get("/api/programs")).json()) as { programs: unknown[] };
  expect((await listed()).programs).toEqual([]);
  await ide.write("# one");
  await saved(page);
  await choose(page, "Rename");
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Mine");
  await page.keyboard.press("Enter");
  await expect(title(page)).toHaveAccessibleName("Program: Mine");
  await ide.write("# two");
  await expect.poll(async () => JSON.stringify(await listed())).toContain('"title":"Mine"');
  await expect(title(page)).toHaveAccessibleName("Program: Mine");
});

test(
  "a second tab shows what the first types; what two browsers type at once is both kept",
  ALL_ONLY,
  async ({ page, browser, context }) => {
    const ide = await write(page, "# begun here");
    const address = page.url();
    const tab = await context.newPage();
    await new Ide(tab).open(address);
    await ide.write("# typed in the first");
    await expect(editor(tab)).toContainText("typed in the first");
    await tab.close();

    const other = await elsewhere(browser, context);
    const there = new Ide(other);
    await there.open(address);
    await expect(editor(other)).toContainText("typed in the first");
    await other.context().setOffline(true);
    await there.write("# typed elsewhere");
    await expect(other.getByText("Offline, kept in this browser")).toBeAttached();
    await ide.write("# typed here again");
    await saved(page);
    const body = () =>
      page.request.get(`/api/programs/${address.split("/").at(-1)}`).then((answer) => answer.text());
    await expect.poll(body).toContain("typed here again");
    await other.context().setOffline(false);
    await expect(other.getByText("This program was changed elsewhere at the same time")).toBeVisible();
    await expect(editor(other)).toContainText("typed elsewhere");
    await saved(other);
    await page.goto("/programs");
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).filter({ hasText: "(other tab)" })).toHaveCount(1);
    expect(await body()).toContain("typed here again");
    await other.context().close();
  },
);

test("offline, what is typed is kept and says so, and is saved when there is a network again", async ({
  page,
  context,
}) => {
  const ide = await write(page, "# online");
  const id = page.url().split("/").at(-1);
  await context.setOffline(true);
  await ide.write("# offline");
  await expect(page.getByText("Offline, kept in this browser")).toBeAttached();
  await context.setOffline(false);
  await saved(page);
  await expect
    .poll(async () => (await page.request.get(`/api/programs/${id}`)).text())
    .toContain("# offline");
});

test("programs are searched, renamed, duplicated, deleted with undo, opened, and lead to their runs", async ({
  page,
}) => {
  await page.goto("/programs");
  await expect(page.getByRole("heading", { name: "No programs yet" })).toBeVisible();
  const ide = await write(page, "# Needle\nprint('from a program')");
  await ide.run.click();
  await expect(ide.output).toContainText("from a program");
  await ide.choose("Bash");
  await ide.write("# Hay\necho hay");
  await saved(page);

  await page.goto("/programs");
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("textbox", { name: "Search title and code" }).fill("NEEDLE");
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Actions for Needle" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Found");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Found" })).toBeVisible();
  await page.getByRole("button", { name: "Actions for Found" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(page.getByRole("link", { name: "Found (copy)" })).toBeVisible();

  const remove = async () => {
    await page.getByRole("button", { name: "Actions for Found (copy)" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByRole("link", { name: "Found (copy)" })).toHaveCount(0);
    await expect(page.locator("body")).not.toBeFocused();
  };
  await remove();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: "Found (copy)" })).toBeVisible();
  // A toast that goes gives the focus back, which would close a menu.
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await remove();

  await page.getByRole("textbox", { name: "Search title and code" }).fill("");
  await page.getByRole("button", { name: "Language: Any language" }).click();
  await page.getByRole("menuitemradio", { name: "Bash" }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("textbox", { name: "Search title and code" }).fill("needle");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("button", { name: "Actions for Found", exact: true }).click();
  await page.getByRole("menuitem", { name: "Its runs" }).click();
  await expect(page.getByRole("button", { name: /Runs of one program/ })).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await page.goto("/programs");
  await page.getByRole("link", { name: "Found", exact: true }).click();
  await expect(editor(page)).toContainText("from a program");
  await expect(title(page)).toHaveAccessibleName("Program: Found");
});

test("drafts of before there were programs become programs, once", ALL_ONLY, async ({ page }) => {
  await page.goto("/programs");
  const draft = (code: string) => JSON.stringify({ v: 1, code, stdin: "typed", args: "" });
  await page.evaluate(
    ([python, bash]) => {
      window.localStorage.setItem("quicksand:draft:python", python);
      window.localStorage.setItem("quicksand:draft:bash", bash);
    },
    [draft("# old python"), draft("# old bash")] as const,
  );
  const ide = new Ide(page);
  await ide.open();
  await expect(editor(page)).toContainText("old python");
  await saved(page);
  await page.reload();
  await ide.ready();
  await ide.choose("Bash");
  await expect(editor(page)).toContainText("old bash");
  await page.goto("/programs");
  await expect(rows(page)).toHaveCount(2);
  const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("draft")));
  expect(left).toEqual([]);
});

test("a link holds the whole program, which a stranger gets as their own and which is not run by itself", async ({
  page,
  browser,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const ide = await write(page, "print('from a link')");
  await ide.prepareInput("its input");
  await choose(page, "Copy link with the program");
  await expect(page.getByText("Link with the program copied")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/#p=1\./);

  const stranger = await (await browser.newContext()).newPage();
  const sent: string[] = [];
  stranger.on("request", (request) => {
    if (request.method() !== "GET") sent.push(new URL(request.url()).pathname);
  });
  const theirs = new Ide(stranger);
  await theirs.open();
  await theirs.write("# what was here");
  await saved(stranger);
  await stranger.goto(link);
  await expect(editor(stranger)).toContainText("from a link");
  await theirs.expectInput("its input");
  await expect(stranger).toHaveURL("/");
  expect(sent.filter((path) => path.includes("run"))).toEqual([]);
  await stranger.goto("/#p=1.broken");
  await expect(stranger.getByText("The program in this link cannot be read")).toBeVisible();
  await expect(editor(stranger)).toContainText("from a link");
  await stranger.goto("/programs");
  await expect(rows(stranger)).toHaveCount(1);
  await stranger.getByRole("link", { name: "what was here" }).click();
  await expect(editor(stranger)).toContainText("what was here");
  await stranger.context().close();
});

test(
  "a start link gives everybody their own copy of a shared run, and none of a private one",
  ALL_ONLY,
  async ({ page, browser }) => {
    const code = "# Exercise 1\nprint(input())";
    const run = await createRun(
      page,
      { language: "python", code, stdin: "given\n", files: [{ path: "help.py", content: "x = 1" }] },
      { visibility: "unlisted" },
    );
    const hidden = await createRun(page, { language: "python", code: "# secret" });
    const pupil = await (await browser.newContext()).newPage();
    const ide = new Ide(pupil);
    await ide.open(`/new?from=${run}`);
    await expect(editor(pupil)).toContainText("Exercise 1");
    await ide.panel("Input");
    await expect(ide.stdin).toHaveValue(/given/);
    await expect(pupil.getByText("help.py")).toBeVisible();
    await saved(pupil);
    await ide.write("# Solved");
    await saved(pupil);
    expect(await (await page.request.get(`/api/runs/${run}`)).text()).toContain("Exercise 1");
    await ide.open(`/new?from=${hidden}`);
    await expect(pupil.getByText("The program to begin with cannot be opened")).toBeVisible();
    await expect(editor(pupil)).toContainText("Solved");
    await pupil.context().close();
  },
);

test("a guest's programs are the account's after the sign-up", ALL_ONLY, async ({ page, baseURL }) => {
  await write(page, "# as a guest");
  const address = page.url();
  await becomeUser(page, baseURL ?? "", freshEmail());
  await page.goto("/programs");
  await page.getByRole("link", { name: "as a guest" }).click();
  await expect(page).toHaveURL(address);
  await expect(editor(page)).toContainText("as a guest");
});

test("an old draft that was left by a visit is in the editor and saved", ALL_ONLY, async ({ page }) => {
  await leaveDraft(page, "python", "print(input())", "kept input");
  const ide = new Ide(page);
  await ide.open();
  await expect(editor(page)).toContainText("print(input())");
  await ide.panel("Input");
  await expect(ide.stdin).toHaveValue("kept input");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("programs are listed, renamed and opened without sideways scrolling", ALL_ONLY, async ({ page }) => {
    await page.request.post("/api/programs", {
      data: { language: "python", code: `# ${"A very long title of a program ".repeat(4)}` },
    });
    await page.goto("/programs");
    await expect(rows(page)).toHaveCount(1);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    const box = await page.getByRole("button", { name: /^Actions for/ }).boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await page.getByRole("button", { name: /^Actions for/ }).tap();
    await page.getByRole("menuitem", { name: "Rename" }).tap();
    await page.getByRole("textbox", { name: "Title", exact: true }).fill("Short");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Short" }).tap();
    await expect(page).toHaveURL(/\/p\//);
    await new Ide(page).ready();
    // Where there is no room for the title, what can be done with the program is in the menu.
    await page.getByRole("button", { name: "Menu" }).tap();
    await expect(page.getByRole("menuitem", { name: "Duplicate" })).toBeVisible();
    await page.getByRole("menuitem", { name: "New program" }).tap();
    await expect(page).toHaveURL("/");
  });
});
