import type { Locator, Page } from "@playwright/test";
import type { Ide } from "./ide";

/** What the terminal shows at the moment. */
export const screen = (page: Page): Locator =>
  page.getByRole("region", { name: "Terminal" }).locator(".xterm-rows");

export async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "More ways to run" }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

export async function runInTerminal(ide: Ide, code: string): Promise<void> {
  await ide.write(code);
  await ide.prepareInput("");
  await choose(ide.page, "Run in terminal");
}

/** A program as one line: the editor indents what is typed below an indented line. */
export const oneLine = (code: string): string => `exec(${JSON.stringify(code)})`;

/** A link whose address is behind its text, as a program in Python prints it (OSC 8). */
export const link = (address: string, text: string): string =>
  `\\x1b]8;;${address}\\x1b\\\\${text}\\x1b]8;;\\x1b\\\\`;
/** Clicks a word of the screen with the mouse, as the terminal looks for its links by where the pointer is. */
export async function clickWord(page: Page, word: string): Promise<void> {
  const at = await screen(page).evaluate((rows, wanted) => {
    const walker = document.createTreeWalker(rows, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const index = node.textContent?.indexOf(wanted) ?? -1;
      if (index < 0) continue;
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + wanted.length);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    throw new Error(`"${wanted}" is not on the screen.`);
  }, word);
  await page.mouse.move(at.x, at.y + 40);
  await page.mouse.move(at.x, at.y, { steps: 4 });
  await page.mouse.click(at.x, at.y);
}
