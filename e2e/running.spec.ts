import { expect, test } from "@playwright/test";
import { Ide } from "./ide";

let ide: Ide;

test.beforeEach(async ({ page }) => {
  ide = new Ide(page);
  await ide.open();
});

test("what a program prints is there while it still runs", async () => {
  await ide.runProgram("import time\nprint('first')\ntime.sleep(3)\nprint('second')");
  await expect(ide.output).toContainText("first");
  await expect(ide.stop).toBeVisible();
  await expect(ide.output).not.toContainText("second");
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
  const live = page.getByRole("textbox", { name: /input/i }).last();
  await live.fill("Grace");
  await live.press("Enter");
  await expect(ide.output).toContainText("Hi Grace");
  await page.getByRole("button", { name: /End input/ }).click();
  await expect(ide.status).toHaveText(/success/i);
  await expect(ide.output).toContainText("0");
});

test("Stop ends the program and keeps what it had printed", async () => {
  await ide.runProgram("import time\nprint('before')\ntime.sleep(9)");
  await expect(ide.output).toContainText("before");
  await ide.stop.click();
  await expect(ide.status).toHaveText(/cancel|stopped/i);
  await expect(ide.output).toContainText("before");
  await expect(ide.run).toBeEnabled();
});

test("a program that fails shows its exit code and what it wrote to standard error", async () => {
  await ide.runProgram("import sys\nprint('out')\nprint('oh no', file=sys.stderr)\nsys.exit(3)", "x");
  await expect(ide.errors).toContainText("oh no");
  await expect(ide.output).toContainText("out");
  await expect(ide.result).toContainText("3");
  await expect(ide.status).toHaveText(/error|failed/i);
});

test("a compile error says so, with what the compiler said", async () => {
  await ide.choose("C++");
  await ide.runProgram("int main() { return x; }", "x");
  await expect(ide.status).toHaveText(/compile/i);
  await expect(ide.result).toContainText("was not declared");
});

test("a program out of memory says so", async () => {
  await ide.runProgram("x = []\nwhile True: x.append(bytearray(8_000_000))", "x");
  await expect(ide.status).toHaveText(/memory/i);
  await expect(ide.result).toContainText("128 MB");
});

test("a program that never ends is stopped at its limit of time", async () => {
  await ide.runProgram("print('on and on')\nwhile True: pass", "x");
  await expect(ide.status).toHaveText(/time/i, { timeout: 25_000 });
  await expect(ide.output).toContainText("on and on");
  await expect(ide.result).toContainText("10 s");
});

test("a flood of output is cut at its limit, and the page stays usable", async () => {
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
