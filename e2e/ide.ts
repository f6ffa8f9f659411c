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
    this.errors = page.getByRole("region", { name: "Errors", exact: true });
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
    await this.stdin.fill(stdin);
    await this.run.click();
  }
}
