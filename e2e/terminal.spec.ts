import { expect, type Locator, type Page, test, type WebSocketRoute } from "@playwright/test";
import { Ide } from "./ide";
import { ALL_ONLY } from "./sample";

/** What the terminal shows at the moment. */
const screen = (page: Page): Locator => page.getByRole("region", { name: "Terminal" }).locator(".xterm-rows");

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "More ways to run" }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

async function runInTerminal(ide: Ide, code: string): Promise<void> {
  await ide.write(code);
  await ide.prepareInput("");
  await choose(ide.page, "Run in terminal");
}

/** A program as one line: the editor indents what is typed below an indented line. */
const oneLine = (code: string): string => `exec(${JSON.stringify(code)})`;

/** A link whose address is behind its text, as a program in Python prints it (OSC 8). */
const link = (address: string, text: string): string =>
  `\\x1b]8;;${address}\\x1b\\\\${text}\\x1b]8;;\\x1b\\\\`;

/** Clicks a word of the screen with the mouse, as the terminal looks for its links by where the pointer is. */
async function clickWord(page: Page, word: string): Promise<void> {
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

/** The first of some words that stands in one row. */
async function wholeOf(page: Page, words: readonly string[]): Promise<string> {
  for (const word of words) {
    if ((await screen(page).locator("> div", { hasText: word }).count()) > 0) return word;
  }
  throw new Error(`None of ${words.join(", ")} stands in one row.`);
}

/** Rows and columns, as the last line with two numbers says. */
async function lastSize(page: Page): Promise<[number, number] | null> {
  const sizes = [...(await screen(page).innerText()).matchAll(/size (\d+) (\d+)/g)];
  const last = sizes.at(-1);
  return last ? [Number(last[1]), Number(last[2])] : null;
}

const CURSES = `import curses
def main(screen):
    y, x = 5, 10
    while True:
        screen.erase()
        screen.addstr(0, 0, f"the dot is at {y},{x}")
        screen.addch(y, x, "@")
        screen.refresh()
        key = screen.getch()
        if key == ord("q"): return
        y += {curses.KEY_UP: -1, curses.KEY_DOWN: 1}.get(key, 0)
        x += {curses.KEY_LEFT: -1, curses.KEY_RIGHT: 1}.get(key, 0)
curses.wrapper(main)
print("left the screen")`;

const SIZES = `trap 'echo size $(stty size)' WINCH
echo size $(stty size)
while :; do sleep 0.1; done`;

test.describe("in a window", () => {
  let ide: Ide;
  test.beforeEach(async ({ page }) => {
    ide = new Ide(page);
    await ide.open();
  });

  test("a program that draws the screen is moved through by the arrow keys, without a click before", async ({
    page,
  }) => {
    await runInTerminal(ide, oneLine(CURSES));
    await expect(screen(page)).toContainText("the dot is at 5,10");
    await expect(screen(page)).toContainText("@");
    for (const key of ["ArrowRight", "ArrowRight", "ArrowUp"]) await page.keyboard.press(key);
    await expect(screen(page)).toContainText("the dot is at 4,12");
    await page.keyboard.press("q");
    await expect(ide.status).toHaveText(/success/i);
    await expect(screen(page)).toContainText("left the screen");
    await expect(screen(page)).not.toContainText("the dot");
  });

  test("the REPL answers what is typed, has the program beside it, and ends with Ctrl-D", async ({
    page,
  }) => {
    await ide.write("def half(n): return n // 2");
    await choose(page, "REPL");
    await expect(screen(page)).toContainText(">>>");
    await page.keyboard.type("from main import half\n");
    await page.keyboard.type("half(12) * 7\n");
    await expect(screen(page)).toContainText("42");
    await page.keyboard.press("Control+d");
    await expect(ide.status).toHaveText(/success/i);
  });

  test("the program sees the size of the view, and each change of it", ALL_ONLY, async ({ page }) => {
    await ide.choose("Bash");
    await runInTerminal(ide, SIZES);
    await expect.poll(() => lastSize(page)).not.toBeNull();
    // Once the view is there the size is its own: as many columns as fit.
    const width = (await screen(page).boundingBox())?.width ?? 0;
    const pixelsOfColumn = async () => width / ((await lastSize(page))?.[1] ?? 0);
    await expect.poll(pixelsOfColumn).toBeGreaterThan(7.5);
    await expect.poll(pixelsOfColumn).toBeLessThan(10);
    const [, before] = (await lastSize(page)) ?? [0, 0];
    await page.setViewportSize({ width: 1000, height: 500 });
    await expect.poll(async () => (await lastSize(page))?.[1] ?? before).toBeLessThan(before);
    await ide.stop.click();
    await expect(ide.status).toHaveText("Stopped");
  });

  test("Ctrl-C interrupts; copying, searching and leaving have keys of their own", async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const code =
      "import time\ntry:\n    print('needle one')\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print('interrupted')\n    input()";
    await runInTerminal(ide, oneLine(code));
    await expect(screen(page)).toContainText("needle one");
    await page.keyboard.press("Control+Shift+F");
    const find = page.getByRole("textbox", { name: "Find in the terminal" });
    await expect(find).toBeFocused();
    await find.fill("no such text");
    await expect(page.getByText("Nothing matches")).toBeVisible();
    await find.fill("needle");
    await expect(page.getByText("Nothing matches")).toBeHidden();
    await page.keyboard.press("Escape");
    await expect(find).toBeHidden();
    // The match is what is selected, and nothing of this has reached the program.
    await page.keyboard.press("Control+Shift+C");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("needle");
    await expect(screen(page)).not.toContainText("interrupted");
    await page.keyboard.press("Control+c");
    await expect(screen(page)).toContainText("interrupted");
    await page.keyboard.press("Control+Shift+X");
    await expect(page.getByRole("button", { name: "Search the terminal" })).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Screen reader mode" })).toBeFocused();
    await ide.stop.click();
    await expect(ide.status).toHaveText("Stopped");
  });

  test("a lost connection is made again, with nothing missing or twice", async ({ page }) => {
    const routes: WebSocketRoute[] = [];
    await page.routeWebSocket(/\/terminal\?from=/, (route) => {
      routes.push(route);
      route.connectToServer();
    });
    // What is printed until the line is typed comes before, the rest after the break; more than the view's scrollback has no line twice.
    const code =
      "for n in range(2000): print('line', n)\ninput('typed? ')\nfor n in range(2000, 2100): print('line', n)";
    await runInTerminal(ide, code);
    await expect(screen(page)).toContainText("typed?");
    await routes[0]?.close({ code: 1012 });
    await expect.poll(() => routes.length).toBe(2);
    expect(Number(new URL(routes[1]?.url() ?? "").searchParams.get("from"))).toBeGreaterThan(15_000);
    await page.keyboard.press("Enter");
    await expect(ide.status).toHaveText(/success/i);
    await expect(screen(page)).toContainText("line 2099");
    await expect(screen(page)).toContainText("line 2085");
  });

  test(
    "a terminal whose sign-in has ended says so, and does not connect again",
    ALL_ONLY,
    async ({ page }) => {
      const routes: WebSocketRoute[] = [];
      await page.routeWebSocket(/\/terminal\?from=/, (route) => {
        routes.push(route);
        route.connectToServer();
      });
      await runInTerminal(ide, "print('still mine')\ninput()");
      await expect(screen(page)).toContainText("still mine");
      const message = "The sign-in by which this terminal was opened has ended.";
      const error = { code: "unauthorized", message, details: [] };
      // As the server does, which asks every 30 seconds.
      routes[0]?.send(JSON.stringify({ type: "error", error }));
      await routes[0]?.close({ code: 4401, reason: "ended" });
      const alert = ide.result.getByRole("alert");
      await expect(alert).toContainText("You are not signed in");
      await expect(alert).toContainText(message);
      await expect(ide.run).toBeEnabled();
      // Longer than a connection anew would take.
      await page.waitForTimeout(1_500);
      expect(routes).toHaveLength(1);
    },
  );

  test("a megabyte of output leaves the page usable, and is cut at its limit", ALL_ONLY, async ({ page }) => {
    await runInTerminal(ide, "while True: print('x' * 60)");
    await expect(ide.status).toHaveText(/output/i);
    await expect(screen(page)).toContainText("x".repeat(20));
    await runInTerminal(ide, "print('still here')");
    await expect(screen(page)).toContainText("still here");
  });

  test("a program survives a reload of the page, which shows all of it again and types to it", async ({
    page,
  }) => {
    await runInTerminal(ide, "print('before the reload')\nprint('hello', input('name? '))");
    await expect(screen(page)).toContainText("name?");
    await page.reload();
    await expect(screen(page)).toContainText("before the reload");
    await expect(ide.stop).toBeVisible();
    // The focus is there by itself.
    await page.keyboard.type("Ada\n");
    await expect(screen(page)).toContainText("hello Ada");
    await expect(ide.status).toHaveText(/success/i);
  });

  test("what a program prints is drawn, never HTML, and opens neither scripts nor plain http", async ({
    page,
  }) => {
    const code = `print("<b id=injected>bold</b> ${link("javascript:alert(1)", "script")} ${link("http://plain.example", "plain")}")`;
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await runInTerminal(ide, code);
    await expect(screen(page)).toContainText("<b id=injected>bold</b>");
    await expect(page.locator("#injected")).toHaveCount(0);
    for (const word of ["script", "plain"]) await clickWord(page, word);
    expect(asked).toEqual([]);
  });
});

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

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("it fits the screen, and keys that its keyboard lacks can be pressed", async ({ page }) => {
    const ide = new Ide(page);
    await ide.open();
    const code =
      "import time\ntry:\n    print('up')\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print('interrupted')";
    await ide.write(oneLine(code));
    await choose(page, "Run in terminal");
    await expect(screen(page)).toContainText("up");
    const keys = page.getByRole("toolbar", { name: "Keys" });
    await expect(keys.getByRole("button").first()).toBeVisible();
    for (const key of await keys.getByRole("button").all()) {
      const box = await key.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await keys.getByRole("button", { name: /interrupt/ }).tap();
    await expect(screen(page)).toContainText("interrupted");
    await expect(ide.status).toHaveText(/success/i);
  });
});
