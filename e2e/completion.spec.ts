import { expect, type Locator, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { expectReadable, pixelColors } from "./readable";
import { ALL_ONLY } from "./sample";
import { createRun, keptProgram, leaveDraft } from "./stored-runs";

/* What the editor offers and finds before a program is run. */

const suggestions = (page: Page): Locator => page.locator(".suggest-widget.visible");
const option = (page: Page, name: RegExp): Locator => suggestions(page).getByRole("option", { name });

/** The editor with a program that was left there before, the cursor at its end. */
async function openWith(page: Page, language: string, id: string, code: string): Promise<Ide> {
  await leaveDraft(page, id, code, "x");
  const ide = new Ide(page);
  await ide.open();
  if (language !== "Python") await ide.choose(language);
  await toEnd(page);
  return ide;
}

async function toEnd(page: Page): Promise<void> {
  await page.locator(".monaco-editor .view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+End");
}

/** A program of several files, as one that was run before and is opened again. */
async function openFiles(
  page: Page,
  language: string,
  code: string,
  files: { path: string; content: string }[],
): Promise<Ide> {
  const ide = new Ide(page);
  await ide.open();
  const id = await createRun(page, { language, code, files });
  await ide.open(`/?fork=${id}`);
  await expect(page.locator(".monaco-editor .view-lines")).toContainText(code.split("\n")[0] ?? "");
  return ide;
}

/** Python's server is loaded when the page is idle, and reads the library at its first question. */
async function serverReady(page: Page, word: string, says: RegExp): Promise<void> {
  await expect(async () => {
    await new Ide(page).hoverWord(word);
    await expect(page.locator(".monaco-hover", { hasText: says })).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await page.mouse.move(5, 5);
}

test.describe("Python's language server", () => {
  test.describe.configure({ timeout: 120_000 });

  test("members of a module, the signature of open, and what is wrong before any run", async ({ page }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const violations: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) violations.push(message.text());
    });
    await openWith(page, "Python", "python", "import os\nprint(undefined_thing)\n");
    await expect(page.locator(".squiggly-error")).toHaveCount(1, { timeout: 60_000 });
    await new Ide(page).panel("Problems");
    const problems = page.getByRole("list", { name: "Found in main.py" });
    await expect(problems.getByRole("button")).toContainText('"undefined_thing" is not defined');
    await expect(problems.getByRole("button")).toContainText("line 2, column 7");

    await toEnd(page);
    await page.keyboard.type("os.pa", { delay: 40 });
    await expect(option(page, /^path\b/).first()).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await page.keyboard.type("open(", { delay: 40 });
    await expect(page.locator(".parameter-hints-widget.visible")).toContainText("file: FileDescriptorOrPath");
    const own = new URL(page.url()).origin;
    expect(asked.filter((url) => !url.startsWith(own) && !/^(data|blob):/.test(url))).toEqual([]);
    expect(violations).toEqual([]);
  });

  test("knows the program's other files: hover, completion, definition, and a new name in both", async ({
    page,
  }) => {
    await openFiles(page, "python", "from shapes import area\n\nprint(area(2))\n", [
      {
        path: "shapes.py",
        content: 'def area(side: int) -> int:\n    """The area of a square."""\n    return side * side\n',
      },
    ]);
    await serverReady(page, "area", /The area of a square/);
    await toEnd(page);
    await page.keyboard.type("import shapes\nshapes.", { delay: 40 });
    await expect(option(page, /^area\b/).first()).toBeVisible();
    await page.keyboard.press("Tab");
    // Its definition and its uses are in both files: seen on the spot.
    await new Ide(page).clickWord("area");
    await page.keyboard.press("Shift+F12");
    await expect(page.locator(".peekview-widget")).toContainText("shapes.py");
    await page.keyboard.press("Escape");
    await expect(page.locator(".peekview-widget")).toHaveCount(0);
    // A new name is given in both.
    await new Ide(page).clickWord("area");
    await page.keyboard.press("F2");
    await expect(page.locator(".rename-box input")).toBeFocused();
    await page.keyboard.type("surface");
    await page.keyboard.press("Enter");
    const kept = async () => JSON.stringify(await keptProgram(page, "python"));
    await expect.poll(kept).toContain("print(surface(2))");
    await expect.poll(kept).toContain("def surface(side");
  });

  test(
    "is not loaded when it is switched off, and the words are still offered",
    ALL_ONLY,
    async ({ page }) => {
      await page.addInitScript(() =>
        window.localStorage.setItem("quicksand:preferences:v1", JSON.stringify({ languageServer: false })),
      );
      const asked: string[] = [];
      page.on("request", (request) => {
        if (request.url().includes("/language-servers/")) asked.push(request.url());
      });
      await openWith(page, "Python", "python", "counter = 1\n");
      await page.keyboard.type("cou");
      await expect(option(page, /^counter/).first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      expect(asked).toEqual([]);
    },
  );
});

test(
  "its files are compressed, cached for ever, and may load nothing",
  ALL_ONLY,
  async ({ page, request }) => {
    const worker = page.waitForResponse((response) => response.url().endsWith("/worker.js.gz"));
    await new Ide(page).open();
    const url = (await worker).url();
    for (const address of [url, url.replace("worker.js", "stdlib.json")]) {
      const answer = await request.get(address);
      expect(answer.status()).toBe(200);
      const headers = answer.headers();
      expect(headers["content-encoding"]).toBe("gzip");
      expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      expect(headers["content-security-policy"]).toBe("default-src 'none'");
      expect(headers["content-type"]).toContain(address === url ? "text/javascript" : "application/json");
    }
  },
);

test(
  "TypeScript knows the program's other files, Node and the packages, and takes nothing of them for a mistake",
  ALL_ONLY,
  async ({ page }) => {
    test.setTimeout(120_000);
    const code = `import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { List } from "immutable";
import _ from "lodash";
import { double } from "./lib/double";

const pairs: number[][] = _.chunk(List([1, 2, 3]).toArray(), 2);
const answer = await fetch("data:text/plain,hello");
console.log(double(2), createHash("sha256").update(await answer.text()).digest("hex").length, readFileSync, pairs);
const wrong: string = double(2);
`;
    await openFiles(page, "typescript", code, [
      { path: "lib/double.ts", content: "export const double = (n: number): number => n * 2;\n" },
    ]);
    await expect(page.locator(".squiggly-error")).toHaveCount(1, { timeout: 60_000 });
    await new Ide(page).panel("Problems");
    await expect(page.getByRole("list", { name: "Found in main.ts" }).getByRole("button")).toContainText(
      "Type 'number' is not assignable to type 'string'",
    );
    await toEnd(page);
    await page.keyboard.type("dou", { delay: 40 });
    await expect(option(page, /^double/).first()).toBeVisible();
  },
);

test("C: keywords, library, snippets, and words of the other files", ALL_ONLY, async ({ page }) => {
  await openFiles(page, "c", '#include "mean.h"\n\nint main(void) { return 0; }\n', [
    { path: "mean.h", content: "double average_of(const double *numbers, int count);\n" },
  ]);
  await toEnd(page);
  await page.keyboard.type("ave", { delay: 40 });
  await expect(option(page, /^average_of/)).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.type("\nprint", { delay: 40 });
  await expect(option(page, /^printf/).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.type("\nvola", { delay: 40 });
  await expect(option(page, /^volatile/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.type("\nfori", { delay: 40 });
  await option(page, /^fori/).click();
  await expect(page.locator(".view-lines")).toContainText("for (int i = 0; i < count; i++) {");
});

test("Bash: words, keywords and commands, however fast they are typed", ALL_ONLY, async ({ page }) => {
  await openWith(page, "Bash", "bash", "greeting_text=hello\n");
  // Without a pause: the second word begins before the first one's suggestions are there.
  for (const [typed, offered] of [
    ["echo greet", /^greeting_text/],
    ["true; mapf", /^mapfile/],
    ["a b c unti", /^until/],
    ["x y greeti", /^greeting_text/],
  ] as const) {
    await page.keyboard.type(typed);
    await expect(option(page, offered)).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
  }
});

for (const [colorScheme, menuColor] of [
  ["light", "rgb(255, 255, 255)"],
  ["dark", "rgb(28, 26, 24)"],
] as const) {
  test.describe(colorScheme, ALL_ONLY, () => {
    test.use({ colorScheme });

    test("the suggestions are opaque and can be read", async ({ page }) => {
      await openWith(page, "Bash", "bash", "greeting_text=hello\n");
      await page.keyboard.type("gr");
      await expectReadable(suggestions(page));
      const colors = await pixelColors(suggestions(page));
      const [most] = colors;
      expect(most?.color).toBe(menuColor);
      expect(most?.share).toBeGreaterThan(0.4);
    });
  });
}
