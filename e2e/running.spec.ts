import { expect, type Locator, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { ALL_ONLY } from "./sample";
import { createRun } from "./stored-runs";

let ide: Ide;

test.beforeEach(async ({ page }) => {
  ide = new Ide(page);
  await ide.open();
});

/** The field to type to the running program. */
const liveInput = (page: Page): Locator => page.getByRole("textbox", { name: "Program input" });

/** In `npm test`, those that are run with the server on another Node, too. */
const ON_EACH_NODE = { tag: "@node" };

test("what a program prints is there while it still runs", ON_EACH_NODE, async ({ page }) => {
  await ide.runProgram("print('first')\ninput()\nprint('second')");
  await expect(ide.output).toContainText("first");
  await expect(ide.stop).toBeEnabled();
  await expect(ide.output).not.toContainText("second");
  await liveInput(page).press("Enter");
  await expect(ide.output).toContainText("second");
  await expect(ide.status).toHaveText(/success/i);
});

test("a line that is typed while the program runs reaches it, and so does the end of the input", async ({
  page,
}) => {
  await ide.runProgram(
    "name = input('Name? ')\nprint('Hi ' + name)\nimport sys\nprint(len(sys.stdin.read()))",
  );
  await expect(ide.output).toContainText("Name?");
  await liveInput(page).fill("Grace");
  await liveInput(page).press("Enter");
  await expect(ide.output).toContainText("Hi Grace");
  await page.getByRole("button", { name: /End input/ }).click();
  await expect(ide.status).toHaveText(/success/i);
  await expect(ide.output).toContainText("0");
});

test(
  "of lines that are pasted while the program runs each arrives as its line, and the last waits for Enter",
  ALL_ONLY,
  async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await ide.runProgram("for _ in range(4): print('got', repr(input()))");
    await expect(liveInput(page)).toBeVisible();
    await page.evaluate(() => navigator.clipboard.writeText("one\ntwo\r\n\nfour"));
    await liveInput(page).press("ControlOrMeta+V");
    await expect(ide.output).toContainText(/got 'one'\s*got 'two'\s*got ''/);
    await expect(ide.output).not.toContainText("got 'four'");
    await expect(liveInput(page)).toHaveValue("four");
    await liveInput(page).press("Enter");
    await expect(ide.output).toContainText("got 'four'");
    await expect(ide.status).toHaveText(/success/i);
  },
);

test(
  "what stands in the live field goes with the end of the input, as a line",
  ALL_ONLY,
  async ({ page }) => {
    await ide.runProgram("import sys\nprint(repr(sys.stdin.read()))");
    await liveInput(page).pressSequentially("last");
    await page.getByRole("button", { name: /End input/ }).click();
    await expect(ide.output).toContainText(String.raw`'last\n'`);
  },
);

test("input typed on the page ends with a newline and has LF alone; the API's is taken as it is", async ({
  page,
}) => {
  const code = "import sys\nprint(repr(sys.stdin.buffer.read()))";
  await ide.runProgram(code, "1 2\n60");
  await expect(ide.output).toContainText(String.raw`b'1 2\n60\n'`);
  const id = await createRun(page, { language: "python", code, stdin: "1\r\n2" });
  const { output } = (await (await page.request.get(`/api/runs/${id}`)).json()) as {
    output: { stdout: string };
  };
  expect(output.stdout).toBe(`${String.raw`b'1\r\n2'`}\n`);
  // The same run, brought into the page and run there.
  await page.goto(`/?fork=${id}`);
  await ide.expectInput("1\n2");
  await ide.run.click();
  await expect(ide.output).toContainText(String.raw`b'1\n2\n'`);
});

test("Stop ends the program and keeps what it had printed", ON_EACH_NODE, async () => {
  await ide.runProgram("print('before')\ninput()");
  await expect(ide.output).toContainText("before");
  await ide.stop.click();
  await expect(ide.status).toHaveText("Stopped");
  await expect(ide.output).toContainText("before");
  await expect(ide.run).toBeEnabled();
});

test(
  "Stop before the run has an id ends it once it has one, and says so meanwhile",
  ALL_ONLY,
  async ({ page }) => {
    let letThrough = () => {};
    const stopped = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route("**/api/editor/run*", async (route) => {
      await stopped;
      await route.continue();
    });
    await ide.runProgram("print('before')\ninput()");
    await ide.stop.click();
    await expect(ide.status).toHaveText("Stopping…");
    letThrough();
    await expect(ide.status).toHaveText("Stopped");
    const { runs } = (await (await page.request.get("/api/runs")).json()) as { runs: { status: string }[] };
    expect(runs.map(({ status }) => status)).toEqual(["cancelled"]);
  },
);

test("characters of more than one column are overwritten whole", ALL_ONLY, async () => {
  await ide.runProgram("print('🙂🙂🙂', end='\\r')\nprint('8🚀')", "x");
  await expect(ide.output).toContainText("8🚀 🙂");
});

test("a program that fails shows its exit code and what it wrote to standard error", async () => {
  await ide.runProgram("import sys\nprint('out')\nprint('oh no', file=sys.stderr)\nsys.exit(3)", "x");
  await expect(ide.errors).toContainText("oh no");
  await expect(ide.output).toContainText("out");
  await expect(ide.result).toContainText("3");
  await expect(ide.status).toHaveText(/error|failed/i);
});

test("a compile error says so, with what the compiler said", ON_EACH_NODE, async () => {
  await ide.choose("C++");
  await ide.runProgram("int main() { return x; }", "x");
  await expect(ide.status).toHaveText(/compile/i);
  await expect(ide.result).toContainText("was not declared");
});

test("a program out of memory says so", ALL_ONLY, async () => {
  await ide.runProgram("x = []\nwhile True: x.append(bytearray(8_000_000))", "x");
  await expect(ide.status).toHaveText(/memory/i);
  await expect(ide.result).toContainText("128 MB");
});

test("a program that never ends is stopped at its limit of time", ALL_ONLY, async () => {
  await ide.runProgram("print('on and on')\nwhile True: pass", "x");
  await expect(ide.status).toHaveText(/time/i, { timeout: 25_000 });
  await expect(ide.output).toContainText("on and on");
  await expect(ide.result).toContainText("10 s");
});

test("a flood of output is cut at its limit, and the page stays usable", ON_EACH_NODE, async () => {
  await ide.runProgram("while True: print('x' * 200)", "x");
  await expect(ide.status).toHaveText(/output/i);
  await ide.write("print('still here')");
  await ide.run.click();
  await expect(ide.output).toContainText("still here");
});

test("colours are shown, other escapes are neutralised, and output is never HTML", async ({ page }) => {
  const escapes =
    "\\x1b[31mred\\x1b[0m \\x1b]8;;http://evil.example\\x07link\\x1b]8;;\\x07 \\x1b]0;title\\x07<b id=injected>bold</b>";
  await ide.runProgram(`print("${escapes}")`, "x");
  await expect(ide.output).toContainText("red link <b id=injected>bold</b>");
  await expect(page.locator("#injected")).toHaveCount(0);
  await expect(ide.output.locator("a")).toHaveCount(0);
});
