import { expect, type Locator, type Page } from "@playwright/test";

/** Page object of the IDE. */
export class Ide {
  readonly page: Page;
  readonly run: Locator;
  readonly stop: Locator;
  readonly status: Locator;
  readonly output: Locator;
  readonly errors: Locator;
  readonly result: Locator;
  readonly stdin: Locator;

  constructor(page: Page) {
    this.page = page;
    this.run = page.getByRole("button", { name: "Run", exact: true });
    this.stop = page.getByRole("button", { name: "Stop", exact: true });
    this.result = page.getByRole("region", { name: "Result", exact: true });
    this.status = this.result.getByRole("status");
    this.output = page.getByRole("region", { name: "Output", exact: true });
    this.errors = this.output.getByRole("group", { name: "Errors", exact: true });
    this.stdin = page.getByRole("textbox", { name: "Standard input" });
  }

  async open(url = "/"): Promise<void> {
    await this.page.goto(url);
    await this.ready();
  }

  /** Waits for the editor and the list of languages. */
  async ready(): Promise<void> {
    await expect(this.page.locator(".monaco-editor .view-line").first()).toBeVisible();
    await expect(this.run).toBeEnabled();
  }

  async choose(language: string): Promise<void> {
    await this.page.getByRole("combobox", { name: "Language" }).click();
    await this.page.getByRole("combobox", { name: "Find by name" }).fill(language);
    await this.page.getByRole("option").first().click();
    await expect(this.page.getByRole("combobox", { name: "Language" })).toContainText(language);
    await this.ready();
  }

  /** Chooses a panel, beside the editor or as a screen of its own. */
  async panel(name: "Output" | "Tests" | "Input" | "Problems" | "Files"): Promise<void> {
    await this.page.getByRole("tab", { name: new RegExp(`^${name}\\b`) }).click();
  }

  /** Puts text into the standard input that is prepared for the run. */
  async prepareInput(stdin: string): Promise<void> {
    await this.panel("Input");
    await this.stdin.fill(stdin);
  }

  /** The prepared standard input is this text. */
  async expectInput(stdin: string): Promise<void> {
    await this.panel("Input");
    await expect(this.stdin).toHaveValue(stdin);
  }

  /** Replaces the program, like pasting over it. */
  async write(code: string): Promise<void> {
    await this.page.locator(".monaco-editor .view-lines").first().click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(code);
  }

  /** Writes a program and its input and runs it; with empty input the run is interactive. */
  async runProgram(code: string, stdin = ""): Promise<void> {
    await this.write(code);
    await this.prepareInput(stdin);
    await this.run.click();
  }

  /**
   * The middle of a word in the editor, at its last place, once it stays there: what closes between two lines moves those
   * below it in a later frame. By coordinates: Monaco draws neighbouring words of one colour as one element.
   */
  async wordPosition(word: string): Promise<{ x: number; y: number }> {
    const lines = this.page.locator(".monaco-editor .view-line", { hasText: word });
    let last = await lines.last().evaluate(middleOfWord, word);
    for (;;) {
      await this.page.evaluate(twoFrames);
      const position = await lines.last().evaluate(middleOfWord, word);
      if (position.x === last.x && position.y === last.y) return position;
      last = position;
    }
  }

  async clickWord(
    word: string,
    options: { button?: "left" | "right"; clickCount?: number } = {},
  ): Promise<void> {
    const { x, y } = await this.wordPosition(word);
    await this.page.mouse.click(x, y, options);
  }

  /** Moves away and there again, so that the editor notices it also when the pointer was there already. */
  async hoverWord(word: string): Promise<void> {
    const { x, y } = await this.wordPosition(word);
    await this.page.mouse.move(x, y + 60);
    await this.page.mouse.move(x, y, { steps: 4 });
  }
}

/** Runs in the page. */
function middleOfWord(line: Element, word: string): { x: number; y: number } {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let found: DOMRect | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.textContent?.lastIndexOf(word) ?? -1;
    if (at === -1) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + word.length);
    found = range.getBoundingClientRect();
  }
  if (!found) throw new Error(`"${word}" is not within one element of the line.`);
  return { x: found.x + found.width / 2, y: found.y + found.height / 2 };
}

/** Runs in the page: the next frame has been drawn when the one after it begins. */
function twoFrames(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
