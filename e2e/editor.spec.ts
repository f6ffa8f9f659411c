import { expect, type Locator, type Page, test } from "@playwright/test";
import { LANGUAGES } from "../lib/languages";
import { sampleOf } from "../lib/languages/examples";
import { Ide } from "./ide";
import { ALL_ONLY, matrix } from "./sample";
import { keptProgram, leaveDraft } from "./stored-runs";

/*
 * Each part of Monaco that the editor relies on, used as a person uses it. Its bundles by feature have been found to lack parts of what
 * they are named after, so that a part is there in the source says nothing.
 */

const PYTHON = `import os

def person_name(first, last):
    return first + " " + last

for word in ["a", "b"]:
    print(person_name(word, word))
`;

const TYPESCRIPT = `const words: string[] = ["sand"];

function shout(word: string): string {
  return word.toUpperCase();
}
console.log(words.map(shout));
`;

const pageErrors = new WeakMap<Page, Error[]>();
test.beforeEach(({ page }) => {
  const errors: Error[] = [];
  pageErrors.set(page, errors);
  page.on("pageerror", (error) => errors.push(error));
});
// A part of Monaco that cannot be loaded may show as an uncaught error only.
test.afterEach(({ page }) => {
  expect(pageErrors.get(page)).toEqual([]);
});

const suggestions = (page: Page): Locator => page.locator(".suggest-widget.visible");
const paletteInput = (page: Page): Locator => page.locator(".quick-input-widget .quick-input-box input");

/** The editor with a program that was left there before: typing it would have the editor indent it once more. */
async function openWith(page: Page, language: "Python" | "TypeScript", code: string): Promise<Ide> {
  await leaveDraft(page, language.toLowerCase(), code, "x");
  const ide = new Ide(page);
  await ide.open();
  if (language !== "Python") await ide.choose(language);
  await page
    .locator(".monaco-editor .view-lines")
    .first()
    .click({ position: { x: 400, y: 4 } });
  await page.keyboard.press("ControlOrMeta+Home");
  return ide;
}

/** The program as it is in the editor, by way of the browser's storage. */
async function expectCode(page: Page, language: string, expected: RegExp | string): Promise<void> {
  const code = async () => (await keptProgram(page, language)).code;
  if (typeof expected === "string") await expect.poll(code).toContain(expected);
  else await expect.poll(code).toMatch(expected);
}

async function pressEach(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Runs a command by its name, for those whose keys differ between systems. */
async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press("F1");
  await paletteInput(page).pressSequentially(name);
  await page.keyboard.press("Enter");
}

/** TypeScript's language service starts in a worker of several megabytes. */
async function languageServiceReady(page: Page): Promise<void> {
  await expect(async () => {
    await new Ide(page).hoverWord("shout");
    await expect(page.locator(".monaco-hover", { hasText: "function shout" })).toBeVisible({
      timeout: 5_000,
    });
  }).toPass({ timeout: 45_000 });
  await page.mouse.move(5, 5);
}

test("words of the program are offered while they are typed, and Tab accepts one", async ({ page }) => {
  await openWith(page, "Python", PYTHON);
  await page.keyboard.press("ControlOrMeta+End");
  // Escape only closes.
  await page.keyboard.type("fir");
  await expect(suggestions(page).getByRole("option", { name: /^first/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(suggestions(page)).toHaveCount(0);
  await expectCode(page, "python", /\nfir$/);
  await page.keyboard.press("Enter");
  // As fast as a person: when a second word begins before the first one's are found, Monaco offers nothing until the next key.
  await page.keyboard.type("os.pers", { delay: 60 });
  await expect(suggestions(page).getByRole("option", { name: /^person_name/ })).toBeVisible();
  await page.keyboard.press("Tab");
  await expectCode(page, "python", "\nos.person_name");
  // The arrows choose, Enter accepts.
  await page.keyboard.press("Enter");
  await page.keyboard.type("la");
  await expect(suggestions(page).getByRole("option", { name: /^last/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expectCode(page, "python", /\nos\.person_name\nlast$/);
});

test(
  "Enter after a word that is complete begins a new line, whatever is offered",
  ALL_ONLY,
  async ({ page }) => {
    await openWith(page, "Python", "word = 1\n");
    await page.keyboard.press("ControlOrMeta+End");
    // Offered by itself, with the rest of the word and Enter typed at once; and asked for.
    await page.keyboard.type("wor", { delay: 60 });
    await expect(
      suggestions(page)
        .getByRole("option", { name: /^word\b/ })
        .first(),
    ).toBeVisible();
    await page.keyboard.type("d\nx\nword");
    await pressEach(page, "Control+Space");
    await expect(
      suggestions(page)
        .getByRole("option", { name: /^word\b/ })
        .first(),
    ).toBeVisible();
    await pressEach(page, "Enter");
    await page.keyboard.type("y");
    await expectCode(page, "python", "\nword\nx\nword\ny");
  },
);

for (const language of LANGUAGES.filter(({ core }) => core)) {
  test(
    `${language.name}: the sample has colours, and a word of it is completed`,
    matrix(language.id === "python"),
    async ({ page }) => {
      const code = sampleOf(language).code.replace(/(["'`]).*?\1|^\s*#.*|\/\/.*/gm, "");
      const words = code.match(/\b[a-z]{5,}\b/gi) ?? [];
      const ide = new Ide(page);
      await ide.open();
      await ide.choose(language.name);
      await page.locator(".monaco-editor .view-lines").first().click();
      await page.keyboard.press("ControlOrMeta+End");
      await page.keyboard.press("Enter");
      await page.keyboard.type((words[0] ?? "").slice(0, 3));
      const offered = suggestions(page).getByRole("option", { name: new RegExp(`^${words[0]}\\b`) });
      await expect(offered.first()).toBeVisible({ timeout: 30_000 });
      // Text, keywords or names, strings or comments.
      const colors = () =>
        page
          .locator(".monaco-editor .view-line span:not(:has(*))")
          .evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);
      await expect.poll(colors).toBeGreaterThanOrEqual(3);
    },
  );
}

test("TypeScript: members are offered with their parameters, types are told, names go to their place", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const ide = await openWith(page, "TypeScript", TYPESCRIPT);
  await languageServiceReady(page);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("words.pus");
  await expect(suggestions(page).getByRole("option", { name: /^push/ })).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.type("(");
  await expect(page.locator(".parameter-hints-widget.visible")).toContainText(
    "push(...items: string[]): number",
  );
  await page.keyboard.type('"x");');
  await expectCode(page, "typescript", '\nwords.push("x");');

  await ide.clickWord("shout");
  await page.keyboard.press("F12");
  // The language service answers from its worker: a key before it does belongs to where the cursor is, and gives the way up.
  await expect(page.locator(".monaco-editor .active-line-number")).toHaveText("3");
  await page.keyboard.type("/**/");
  await expectCode(page, "typescript", "function /**/shout");
});

test("TypeScript: a name is changed everywhere, and its places are listed", ALL_ONLY, async ({ page }) => {
  test.setTimeout(120_000);
  const ide = await openWith(page, "TypeScript", TYPESCRIPT);
  await languageServiceReady(page);
  await ide.clickWord("shout");
  await page.keyboard.press("Shift+F12");
  await expect(page.locator(".peekview-widget")).toContainText("shout");
  await page.keyboard.press("Escape");
  await expect(page.locator(".peekview-widget")).toHaveCount(0);
  await page.keyboard.press("F2");
  await expect(page.locator(".rename-box input")).toBeFocused();
  await page.keyboard.type("whisper");
  await page.keyboard.press("Enter");
  await expectCode(page, "typescript", /function whisper[\s\S]*words\.map\(whisper\)/);
});

test(
  "TypeScript: mistakes are marked, F8 goes to them and says what they are, and a fix is offered",
  ALL_ONLY,
  async ({ page }) => {
    test.setTimeout(120_000);
    await openWith(
      page,
      "TypeScript",
      `${TYPESCRIPT}const total: number = words;\nconst lenght = words.lenght;\n`,
    );
    await expect(page.locator(".squiggly-error").first()).toBeVisible({ timeout: 45_000 });
    await page.keyboard.press("F8");
    const marker = page.locator(".marker-widget");
    await expect(marker).toContainText("Type 'string[]' is not assignable to type 'number'.");
    await page.keyboard.press("F8");
    await expect(marker).toContainText("Property 'lenght' does not exist");
    await page.keyboard.press("Escape");
    await expect(marker).toHaveCount(0);
    await page.keyboard.press("ControlOrMeta+.");
    await page.getByText("Change spelling to 'length'").click();
    await expectCode(page, "typescript", "words.length;");
  },
);

test("TypeScript: symbols are listed to go to, and the program is formatted", ALL_ONLY, async ({ page }) => {
  test.setTimeout(120_000);
  await openWith(page, "TypeScript", TYPESCRIPT.replace("  return", "      return"));
  await languageServiceReady(page);
  await page.keyboard.press("ControlOrMeta+Shift+O");
  await paletteInput(page).pressSequentially("shout");
  await page.keyboard.press("Enter");
  await runCommand(page, "Format Document");
  await expectCode(page, "typescript", "\n    return word");
});

test("text is found and replaced", ALL_ONLY, async ({ page }) => {
  await openWith(page, "Python", PYTHON);
  await page.keyboard.press("ControlOrMeta+F");
  const find = page.locator(".find-widget.visible");
  await page.keyboard.type("word");
  await expect(find.locator(".matchesCount")).toHaveText("1 of 3");
  await page.keyboard.press("Enter");
  await expect(find.locator(".matchesCount")).toHaveText("2 of 3");
  await page.keyboard.press("Escape");
  await expect(find).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+H");
  await page.locator(".find-widget .replace-part textarea").fill("letter");
  await page.locator(".find-widget .replace-part textarea").press("ControlOrMeta+Alt+Enter");
  await expectCode(page, "python", 'for letter in ["a", "b"]:\n    print(person_name(letter, letter))');
});

test(
  "blocks are folded, brackets matched, words highlighted, and links left alone",
  ALL_ONLY,
  async ({ page }) => {
    const ide = await openWith(page, "Python", `${PYTHON}# https://example.com\n`);
    await pressEach(page, "ArrowDown", "ArrowDown", "End");
    await page.keyboard.press("ControlOrMeta+Shift+[");
    await expect(page.getByText('return first + " " + last')).toHaveCount(0);
    await page.keyboard.press("ControlOrMeta+Shift+]");
    await expect(page.locator(".view-line", { hasText: "return first" })).toBeVisible();
    await page.keyboard.press("ArrowLeft");
    await expect(page.locator(".bracket-match").first()).toBeVisible();
    await ide.clickWord("first");
    await expect(
      page.locator(".wordHighlight, .wordHighlightText, .wordHighlightStrong").first(),
    ).toBeVisible();
    await expect(page.locator(".detected-link")).toHaveCount(0);
  },
);

test(
  "several places are edited at once, lines are commented, moved and copied",
  ALL_ONLY,
  async ({ page }) => {
    const ide = await openWith(page, "Python", PYTHON);
    await ide.clickWord("word", { clickCount: 2 });
    await pressEach(page, "ControlOrMeta+D", "ControlOrMeta+D");
    await page.keyboard.type("w");
    await expectCode(page, "python", 'for w in ["a", "b"]:\n    print(person_name(w, w))');
    await pressEach(page, "Escape", "ControlOrMeta+Home", "ControlOrMeta+/");
    await expectCode(page, "python", /^# import os\n/);
    await pressEach(page, "Alt+ArrowDown");
    await expectCode(page, "python", /^\n# import os\n/);
    await runCommand(page, "Copy Line Down");
    await expectCode(page, "python", /^\n# import os\n# import os\n/);
    await pressEach(page, "ControlOrMeta+Shift+K");
    await expectCode(page, "python", /^\n# import os\ndef/);
    await pressEach(page, "ControlOrMeta+Z", "ControlOrMeta+Z", "ControlOrMeta+Z", "ControlOrMeta+Z");
    await expectCode(page, "python", /^import os\n\n/);
  },
);

test(
  "a line is gone to by its number, and every command is found by its name",
  ALL_ONLY,
  async ({ page }) => {
    await openWith(page, "Python", PYTHON);
    await page.keyboard.press("ControlOrMeta+G");
    await paletteInput(page).pressSequentially("4");
    await page.keyboard.press("Enter");
    await page.keyboard.type("#");
    await expectCode(page, "python", /\n#? {4}#?return first/);
    await runCommand(page, "Run the Program");
    await expect(new Ide(page).status).toHaveText(/Success|Error/);
  },
);

test(
  "selections grow and shrink by what belongs together, and carets move what is selected",
  ALL_ONLY,
  async ({ page }) => {
    const ide = await openWith(page, "Python", "value = call(alpha, beta)\n");
    await ide.clickWord("alpha");
    await pressEach(page, "Shift+Alt+ArrowRight", "Shift+Alt+ArrowRight", "Delete");
    await expectCode(page, "python", /^value = call\(\)\n/);
    await pressEach(page, "ControlOrMeta+Z", "ControlOrMeta+Home", "Shift+ArrowRight");
    await runCommand(page, "Move Selected Text Right");
    await expectCode(page, "python", /^avlue/);
  },
);

test("a character that only looks like another is marked", ALL_ONLY, async ({ page }) => {
  // A Cyrillic letter in a name.
  await openWith(page, "Python", "n\u0430me = 1\nprint(name)\n");
  await expect(page.locator(".unicode-highlight").first()).toBeVisible();
});
