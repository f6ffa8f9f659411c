import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { accessViolations } from "./accessible";
import { Ide } from "./ide";
import { ALL_ONLY } from "./sample";
import { createRun } from "./stored-runs";

/* A program of several files: its tabs, what is brought from and to the person's machine, and where errors lead. */

const tabs = (page: Page): Locator => page.getByRole("tablist", { name: "Files of the program" });
const tab = (page: Page, name: string): Locator => tabs(page).getByRole("tab", { name });
const names = (page: Page): Promise<string[]> =>
  tabs(page)
    .getByRole("tab")
    .evaluateAll((all) => all.map((one) => one.firstElementChild?.textContent ?? ""));
const code = (page: Page): Locator => page.locator(".monaco-editor .view-lines");

async function addFile(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New file" }).click();
  await page.getByRole("textbox", { name: "Name of the new file" }).fill(name);
  await page.keyboard.press("Enter");
  await expect(tab(page, name)).toHaveAttribute("aria-selected", "true");
}

interface Dropped {
  name: string;
  content: string | Uint8Array;
}

/** Drops files onto the middle of the page, as the browser does it. */
async function drop(page: Page, ...files: Dropped[]): Promise<void> {
  const given = files.map(({ name, content }) => ({
    name,
    bytes: [...(typeof content === "string" ? strToU8(content) : content)],
  }));
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of all) transfer.items.add(new File([new Uint8Array(bytes)], name));
    return transfer;
  }, given);
  await page.dispatchEvent("main", "dragover", { dataTransfer: data });
  await expect(page.getByText("Drop to add to the program")).toBeVisible();
  await page.dispatchEvent("main", "drop", { dataTransfer: data });
  await expect(page.getByText("Drop to add to the program")).toHaveCount(0);
}

let ide: Ide;

test.beforeEach(async ({ page }) => {
  ide = new Ide(page);
  await ide.open();
});

test("a program of two files runs; each file keeps its text and its undo history", async ({ page }) => {
  await ide.write("from util import twice\nprint(twice(21))");
  await addFile(page, "util.py");
  await ide.write("def twice(n): return 2 * n");
  await tab(page, "main.py").click();
  await expect(code(page)).toContainText("from util import twice");
  await code(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("  # typed in main");
  await tab(page, "util.py").click();
  await expect(code(page)).toContainText("def twice");
  await tab(page, "main.py").click();
  await expect(code(page)).toContainText("# typed in main");
  await code(page).click();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(code(page)).not.toContainText("in main");
  await expect(code(page)).toContainText("from util import twice");
  await ide.prepareInput("x");
  await ide.run.click();
  await expect(ide.output).toContainText("42");
  // Kept over a reload.
  await page.reload();
  await ide.ready();
  expect(await names(page)).toEqual(["main.py", "util.py"]);
  expect(await accessViolations(page)).toEqual([]);
});

test(
  "a name is refused as it is typed, a file is renamed in place, deleted and brought back",
  ALL_ONLY,
  async ({ page }) => {
    await addFile(page, "util.py");
    await page.getByRole("button", { name: "New file" }).click();
    const field = page.getByRole("textbox", { name: "Name of the new file" });
    const problems: [string, RegExp][] = [
      ["../up.py", /contains `\.` or `\.\.`/],
      ["/etc/x", /is absolute/],
      ["util.py", /There is a file of this name/],
      ["main.py/x", /A file and a folder/],
    ];
    for (const [name, problem] of problems) {
      await field.fill(name);
      await expect(page.getByText(problem)).toBeVisible();
      await page.keyboard.press("Enter");
      await expect(field).toBeVisible();
    }
    await page.keyboard.press("Escape");
    await expect(field).toHaveCount(0);
    await ide.write("VALUE = 1");

    await tab(page, "util.py").focus();
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "New name of util.py" }).fill("lib/values.py");
    await page.keyboard.press("Enter");
    await expect(tab(page, "lib/values.py")).toBeFocused();
    await expect(code(page)).toContainText("VALUE = 1");

    await page.keyboard.press("Delete");
    await expect(tab(page, "main.py")).toBeFocused();
    expect(await names(page)).toEqual(["main.py"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(tab(page, "lib/values.py")).toHaveAttribute("aria-selected", "true");
    await expect(code(page)).toContainText("VALUE = 1");
  },
);

test(
  "tabs are gone through and moved by the keyboard, and the main file stays first",
  ALL_ONLY,
  async ({ page }) => {
    for (const name of ["a.txt", "b.txt", "c.txt"]) await addFile(page, name);
    await tab(page, "c.txt").focus();
    await page.keyboard.press("Alt+Shift+ArrowLeft");
    expect(await names(page)).toEqual(["main.py", "a.txt", "c.txt", "b.txt"]);
    await expect(tab(page, "c.txt")).toBeFocused();
    for (let times = 0; times < 3; times++) await page.keyboard.press("Alt+Shift+ArrowLeft");
    expect(await names(page)).toEqual(["main.py", "c.txt", "a.txt", "b.txt"]);
    await page.keyboard.press("End");
    await expect(tab(page, "b.txt")).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(tab(page, "main.py")).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Delete");
    await page.keyboard.press("F2");
    expect(await names(page)).toEqual(["main.py", "c.txt", "a.txt", "b.txt"]);
    // By the pointer.
    await tab(page, "b.txt").dragTo(tab(page, "c.txt"));
    await expect.poll(() => names(page)).toEqual(["main.py", "b.txt", "c.txt", "a.txt"]);
  },
);

test(
  "Ctrl+S downloads one file as it is, and several as a zip, from wherever the focus is",
  ALL_ONLY,
  async ({ page }) => {
    await ide.write("print('alone')");
    const alone = page.waitForEvent("download");
    await page.keyboard.press("ControlOrMeta+S");
    const single = await alone;
    expect(single.suggestedFilename()).toBe("main.py");
    expect(await readFile(await single.path(), "utf8")).toBe("print('alone')");

    await addFile(page, "lib/größe.py");
    await ide.write("GRÖSSE = '🙂'");
    await ide.panel("Input");
    await ide.stdin.focus();
    const several = page.waitForEvent("download");
    await page.keyboard.press("ControlOrMeta+S");
    const zip = await several;
    expect(zip.suggestedFilename()).toMatch(/\.zip$/);
    const entries = unzipSync(new Uint8Array(await readFile(await zip.path())));
    expect(
      Object.fromEntries(Object.entries(entries).map(([name, bytes]) => [name, strFromU8(bytes)])),
    ).toEqual({
      "main.py": "print('alone')",
      "lib/größe.py": "GRÖSSE = '🙂'",
    });
  },
);

test(
  "files are dropped anywhere; what is no text or too large is left out, with words; taken names are asked about",
  ALL_ONLY,
  async ({ page }) => {
    await ide.write("print(open('data.txt').read())");
    await drop(
      page,
      { name: "data.txt", content: "first\r\n" },
      { name: "photo.png", content: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]) },
    );
    await expect(tab(page, "data.txt")).toHaveAttribute("aria-selected", "true");
    await expect(page.getByText("photo.png is not text; a program's files are text in UTF-8.")).toBeVisible();
    await drop(page, { name: "big.txt", content: "x".repeat(1_100_000) });
    await expect(
      page.getByText(/big\.txt is too large: 1\.0 MB, and there is room for 1\.0 MB/),
    ).toBeVisible();
    expect(await names(page)).toEqual(["main.py", "data.txt"]);

    await drop(page, { name: "data.txt", content: "second" });
    const dialog = page.getByRole("dialog", { name: "There is a data.txt already" });
    await dialog.getByRole("button", { name: "Keep both" }).click();
    await expect.poll(() => names(page)).toEqual(["main.py", "data.txt", "data-2.txt"]);
    await drop(page, { name: "data.txt", content: "third" }, { name: "more.txt", content: "more" });
    await dialog.getByRole("button", { name: "Replace" }).click();
    await expect.poll(() => names(page)).toEqual(["main.py", "data.txt", "data-2.txt", "more.txt"]);
    await tab(page, "data.txt").click();
    await expect(code(page)).toHaveText("third");
    await ide.prepareInput("x");
    await ide.run.click();
    await expect(ide.output).toContainText("third");
  },
);

test(
  "a zip of another language's program is opened as that, and Undo brings the old one back",
  ALL_ONLY,
  async ({ page }) => {
    await ide.write("print('mine')");
    const zip = zipSync({
      "game/main.c": strToU8(
        '#include "half.h"\n#include <stdio.h>\nint main(void) { printf("%d\\n", half(84)); }\n',
      ),
      "game/half.h": strToU8("int half(int);\n"),
      "game/src/half.c": strToU8("int half(int n) { return n / 2; }\n"),
    });
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "File actions" }).click();
    await page.getByRole("menuitem", { name: "Open…" }).click();
    await (await choosing).setFiles({
      name: "game.zip",
      mimeType: "application/zip",
      buffer: Buffer.from(zip),
    });
    await expect(page.getByRole("combobox", { name: "Language" })).toContainText("C17 · GCC 14.2");
    expect(await names(page)).toEqual(["main.c", "half.h", "src/half.c"]);
    await ide.ready();
    await ide.run.click();
    await expect(ide.output).toContainText("42");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("combobox", { name: "Language" })).toContainText("Python");
    await expect(code(page)).toContainText("print('mine')");
  },
);

test(
  "an error in a file beside the main one is marked there, and leads there",
  ALL_ONLY,
  async ({ page }) => {
    const id = await createRun(page, {
      language: "cpp",
      code: '#include "shape.h"\nint main() { return area(2); }\n',
      files: [
        { path: "shape.h", content: "int area(int side);\n" },
        { path: "shape.cpp", content: '#include "shape.h"\n\nint area(int side) { return sides * side; }\n' },
      ],
      stdin: "x",
    });
    await ide.open(`/?fork=${id}`);
    await expect(tab(page, "shape.cpp")).toBeVisible();
    await ide.run.click();
    await expect(ide.status).toHaveText(/compile/i);
    const problem = ide.result.getByRole("list", { name: "Problems" }).getByRole("button").first();
    await expect(problem).toContainText("shape.cpp");
    await problem.click();
    await expect(tab(page, "shape.cpp")).toHaveAttribute("aria-selected", "true");
    await expect(page.locator(".monaco-editor .squiggly-error").first()).toBeVisible();
    await expect(page.locator(".monaco-editor .view-line span", { hasText: "sides" }).first()).toBeVisible();
    await ide.panel("Problems");
    await expect(page.getByRole("region", { name: "Problems" })).toContainText("shape.cpp");
  },
);
