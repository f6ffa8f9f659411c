import { expect, type Page, test } from "@playwright/test";
import { Ide } from "./ide";
import { ALL_ONLY } from "./sample";
import { clickWord, link, runInTerminal, screen } from "./terminal-screen";

/** The first of some words that stands in one row. */
async function wholeOf(page: Page, words: readonly string[]): Promise<string> {
  for (const word of words) {
    if ((await screen(page).locator("> div", { hasText: word }).count()) > 0) return word;
  }
  throw new Error(`None of ${words.join(", ")} stands in one row.`);
}
test.describe("links", () => {
  /** Where the browser wanted to go; nothing leaves the machine. */
  let wanted: string[];
  let asked: string[];

  test.beforeEach(async ({ page, context }) => {
    wanted = [];
    asked = [];
    await context.route(/^https?:\/\/[a-z]+\.example\//, async (route) => {
      if (route.request().isNavigationRequest()) wanted.push(route.request().url());
      await route.fulfill({ contentType: "text/html", body: "<title>there</title>" });
    });
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      void dialog.accept();
    });
  });

  /** Clicks a word, which must open a tab of its own that knows nothing of this page. */
  async function opens(page: Page, word: string, address: string): Promise<void> {
    const opened = page.context().waitForEvent("page");
    await clickWord(page, word);
    const tab = await opened;
    await expect(tab).toHaveURL(address);
    await expect(tab).toHaveTitle("there");
    expect(await tab.evaluate(() => [window.opener, document.referrer])).toEqual([null, ""]);
    await tab.close();
    await page.bringToFront();
  }

  test(
    "https opens in a tab of its own, in plain text at once and behind a text after its address was seen; nothing else opens",
    ALL_ONLY,
    async ({ page, context }) => {
      const ide = new Ide(page);
      await ide.open();
      const numbers = Array.from({ length: 40 }, (_, at) => String(at).padStart(3, "0"));
      const long = `https://long.example/${numbers.join("-")}`;
      const lines = [
        ...["see https://seen.example/a?b=1.", "or http://plain.example/x", "or javascript:alert(7)"],
        ...[link("javascript:alert(1)", "script"), link("http://named.example/y", "named")],
        ...[link("file:///etc/passwd", "passwd"), link("https://hidden.example/doc", "hidden"), long],
      ];
      await runInTerminal(ide, `print("${lines.join("\\n")}")`);
      await expect(screen(page)).toContainText("039");
      await expect(ide.status).toHaveText(/success/i);
      for (const word of ["plain.example", "alert(7)", "script", "named", "passwd"])
        await clickWord(page, word);
      await opens(page, "seen.example", "https://seen.example/a?b=1");
      expect(asked).toEqual([]);
      // On the last of its rows; of two neighbours at most one is torn by the end of a row.
      await opens(page, await wholeOf(page, ["037", "038"]), long);
      expect(asked).toEqual([]);
      await opens(page, "hidden", "https://hidden.example/doc");
      expect(asked).toHaveLength(1);
      expect(asked[0]).toContain("https://hidden.example/doc");
      expect(wanted).toEqual(["https://seen.example/a?b=1", long, "https://hidden.example/doc"]);
      expect(context.pages()).toHaveLength(1);
    },
  );

  test(
    "an address behind a text is not opened when the person says no",
    ALL_ONLY,
    async ({ page, context }) => {
      page.removeAllListeners("dialog");
      page.on("dialog", (dialog) => {
        asked.push(dialog.message());
        void dialog.dismiss();
      });
      const ide = new Ide(page);
      await ide.open();
      // The editor closes quotation marks, and takes one after a backslash for another.
      await runInTerminal(ide, `print("${link("https://hidden.example/doc", "hidden")}.")`);
      await expect(ide.status).toHaveText(/success/i);
      await clickWord(page, "hidden");
      await expect.poll(() => asked.length).toBe(1);
      expect(wanted).toEqual([]);
      expect(context.pages()).toHaveLength(1);
    },
  );
});
