import { expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { ALL_ONLY } from "./sample";

/* What a program printed: in its order, with its errors marked, and there again after a reload. */

let ide: Ide;

test.beforeEach(async ({ page }) => {
  ide = new Ide(page);
  await ide.open();
});

/**
 * Writes in turns, with pauses that let two pipes tell their order also while every processor is busy, when the engine may come to one of
 * them 50 ms later than to the other. How near they tell it on a quiet machine is measured: `npm run bench -- order`.
 */
const TURNS = `import sys, time
print("one", flush=True)
time.sleep(0.4)
print("two", file=sys.stderr, flush=True)
time.sleep(0.4)
print("three")
`;

const ASKS = `name = input("Name? ")
print("Hi", name)
print("Bye", input("More? "))
`;

const liveInput = (page: Page) => page.getByRole("textbox", { name: "Program input" });
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test("output and errors stand in the order in which they were written, and are copied as they are seen", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await ide.runProgram(TURNS, "x");
  await expect(ide.status).toHaveText("Success");
  await expect(ide.output).toContainText(/one\s*two\s*three/);
  // Told apart by a name for screen readers and by a bar, not by colour alone.
  await expect(ide.errors).toHaveText("two");
  await expect(ide.errors).toHaveCSS("border-left-style", "solid");
  const copy = page.getByRole("button", { name: "Copy output" });
  await copy.click();
  await expect.poll(() => copied(page)).toBe("one\ntwo\nthree\n");

  await page.getByRole("radio", { name: "Errors" }).check();
  await expect(ide.output).not.toContainText("three");
  await copy.click();
  await expect.poll(() => copied(page)).toBe("two\n");
  await page.getByRole("radio", { name: "Output" }).check();
  await expect(ide.errors).toHaveCount(0);
  const downloaded = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download output" }).click();
  const stream = await (await downloaded).createReadStream();
  const bytes = await stream.toArray();
  expect(Buffer.concat(bytes).toString()).toBe("one\nthree\n");

  const { runs } = (await (await page.request.get("/api/runs")).json()) as { runs: { id: string }[] };
  const id = runs[0]?.id ?? "";
  await page.goto(`/r/${id}`);
  await expect(ide.output).toContainText(/one\s*two\s*three/);
  await expect(ide.errors).toHaveText("two");
  expect(await (await page.request.get(`/r/${id}/raw?part=all`)).text()).toBe("one\ntwo\nthree\n");
});

test(
  "a compiler's warnings are folded away when the program ran, and open when it did not",
  ALL_ONLY,
  async ({ page }) => {
    const compiler = page.getByRole("region", { name: "Compiler", exact: true });
    const fold = compiler.getByRole("button", { name: /^Compiler/ });
    await ide.choose("C++");
    await ide.runProgram('#include <cstdio>\n#warning careful here\nint main() { puts("ran"); }', "x");
    await expect(ide.output).toContainText("ran");
    await expect(fold).toHaveAttribute("aria-expanded", "false");
    await expect(compiler).not.toContainText("careful here");
    await fold.press("Enter");
    await expect(compiler).toContainText("careful here");
    await ide.runProgram("int main() { return x; }", "x");
    await expect(ide.status).toHaveText("Compile error");
    await expect(fold).toHaveAttribute("aria-expanded", "true");
  },
);

test("the last result is there again after a reload and after Back, until it is cleared", async ({
  page,
}) => {
  await ide.runProgram(TURNS, "x");
  await expect(ide.status).toHaveText("Success");
  const restored = async () => {
    await expect(ide.status).toHaveText("Success");
    await expect(ide.output).toContainText(/one\s*two\s*three/);
    await expect(ide.errors).toHaveText("two");
  };
  await page.reload();
  await restored();
  await page.goto("/history");
  await page.goBack();
  await ide.ready();
  await restored();
  await page.getByRole("button", { name: "Clear" }).click();
  await page.reload();
  await ide.ready();
  await expect(ide.result).toContainText("Run the program to see its output");
});

test("a running program survives a reload, with what was typed in its place, and takes input after it", async ({
  page,
}) => {
  await ide.runProgram(ASKS);
  await liveInput(page).fill("Ada");
  await liveInput(page).press("Enter");
  await expect(ide.output).toContainText("More?");
  await page.reload();
  await expect(ide.output).toContainText(/Name\? Ada\s*Hi Ada\s*More\?/);
  await expect(ide.stop).toBeVisible();
  await liveInput(page).fill("soon");
  await liveInput(page).press("Enter");
  await expect(ide.status).toHaveText("Success");
  await expect(ide.output).toContainText("Bye soon");
  const { runs } = (await (await page.request.get("/api/runs")).json()) as { runs: unknown[] };
  expect(runs).toHaveLength(1);
});

test(
  "the focus goes where a program waits for input, comes from there to its output, and is never lost",
  ALL_ONLY,
  async ({ page }) => {
    await ide.write(ASKS);
    await ide.prepareInput("");
    await page.locator(".monaco-editor .view-lines").first().click();
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(liveInput(page)).toBeFocused();
    await page.keyboard.type("Ada\nsoon\n");
    await expect(ide.output).toContainText("Bye soon");
    await expect(page.getByRole("region", { name: "Result text" })).toBeFocused();

    await ide.run.click();
    await expect(ide.output).toContainText("Name?");
    await ide.stop.click();
    await expect(ide.status).toHaveText("Stopped");
    await expect(page.locator("body")).not.toBeFocused();
  },
);

test("who goes on typing code keeps the focus while a program waits", ALL_ONLY, async ({ page }) => {
  await ide.write(ASKS);
  await ide.prepareInput("");
  await page.locator(".monaco-editor .view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(liveInput(page)).toBeVisible();
  await page.keyboard.press("ControlOrMeta+End");
  await expect(page.getByText("The program may be waiting for input.")).toBeVisible();
  await page.keyboard.type("# more code");
  await expect(page.locator(".monaco-editor")).toContainText("# more code");
  await expect(liveInput(page)).toHaveValue("");
  await ide.stop.click();
});

test("a program that reads past the end of its input is told how much there was", ALL_ONLY, async () => {
  await ide.runProgram(ASKS, "Ada");
  await expect(ide.status).toHaveText("Error");
  await expect(ide.result).toContainText("The program asked for more input than there was: 1 line.");
});

test("a megabyte of output is all there, and the page goes on answering", ALL_ONLY, async ({ page }) => {
  await ide.runProgram("for n in range(150_000): print(n)", "x");
  await expect(ide.status).toHaveText("Success");
  await expect(ide.output).toContainText("149999");
  await ide.write("print('next')");
  await ide.run.click();
  await expect(ide.output).toContainText("next");
  await expect(page.getByRole("region", { name: "Result text" })).not.toContainText("149999");
});
